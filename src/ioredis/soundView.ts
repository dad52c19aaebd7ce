import type { Redis } from "ioredis";
import { noSoundView } from "./noNode";

type Callback = (error: Error | null, slots?: unknown) => void;
type Ask = (question: string) => Promise<unknown>;

/**
 * Has a connection by which ioredis asks who has which slots fail where its node doesn't know: one that is cut off from most of the others
 * still names an old primary, and one that has just begun names nobody. ioredis believes the first that answers, and asks the next
 * where one fails.
 */
export function withSoundView<Client extends Redis>(client: Client): Client {
  const ask = client.cluster.bind(client) as unknown as Ask;
  const value = (question: string, callback: Callback): void => {
    void Promise.all([ask("INFO"), ask(question)])
      .then(([info, slots]): unknown => {
        const knows = String(info).includes("cluster_state:ok") && Array.isArray(slots) && slots.length > 0;
        if (!knows) throw new Error(noSoundView);
        return slots;
      })
      .then((slots) => {
        callback(null, slots);
      }, callback);
  };
  return Object.defineProperty(client, "cluster", { value, enumerable: false });
}
