/** The entry of a map whose keys come from the same plan: that it is missing is a fault of this library. */
export function getOrThrow<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`Nothing was planned under the name ${key}.`);
  return value;
}
