/** Makes something of each item, `width` of them at the same time; what is made is in the order of the items. */
export async function inParallel<Item, Made>(
  items: readonly Item[],
  width: number,
  make: (item: Item) => Promise<Made>,
): Promise<Made[]> {
  const waiting = [...items.entries()];
  const made: Made[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, item] = next;
      made[index] = await make(item);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return made;
}
