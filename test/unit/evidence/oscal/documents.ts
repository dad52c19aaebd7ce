/** Every text in a document whose key is one of these, in order. */
export function textsOf(part: unknown, isOne: (key: string) => boolean): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "string" ? (isOne(key) ? [value] : []) : textsOf(value, isOne),
  );
}
