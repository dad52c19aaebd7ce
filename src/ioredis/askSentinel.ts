import { DiscreetRedis } from "./discreetRedis";

/** A Sentinel, as whom it is asked, and how it calls the nodes together. */
export interface SentinelToAsk {
  readonly path: string;
  readonly name: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/**
 * All that a Sentinel is waited for, its connection included, in milliseconds: what an application asks meanwhile still fails within
 * the half second that it is promised.
 */
const sentinelTimeoutMs = 300;

/** The address that a Sentinel names as the primary's; none where it doesn't answer in time, or not as a Sentinel does. */
export function primaryBy(sentinel: SentinelToAsk): Promise<readonly string[]> {
  return ask(sentinel, "get-master-addr-by-name", (answer) => [textsOf(answer)[0] ?? ""]);
}

/** The addresses of replicas that a Sentinel finds up, and following the primary. */
export function replicasBy(sentinel: SentinelToAsk): Promise<readonly string[]> {
  return ask(sentinel, "replicas", (answer) =>
    (Array.isArray(answer) ? answer : [])
      .map((replica) => fieldsOf(textsOf(replica)))
      .filter(isHealthy)
      .map((replica) => replica.get("ip") ?? ""),
  );
}

/** Never rejects: a Sentinel that can't be asked has no say. */
async function ask(
  { path, name, username, password }: SentinelToAsk,
  question: string,
  read: (answer: unknown) => readonly string[],
): Promise<readonly string[]> {
  const client = new DiscreetRedis({
    path,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    // It knows these commands alone: AUTH, and the question.
    enableReadyCheck: false,
    disableClientInfo: true,
    protocol: 2,
    connectTimeout: sentinelTimeoutMs,
    commandTimeout: sentinelTimeoutMs,
    disconnectTimeout: 50,
    retryStrategy: () => null,
  });
  client.on("error", () => undefined);
  try {
    return read(await client.call("SENTINEL", question, name)).filter((address) => address !== "");
  } catch {
    return [];
  } finally {
    client.disconnect();
  }
}

function textsOf(answer: unknown): string[] {
  return Array.isArray(answer) ? answer.map(String) : [];
}

/** Names and values by turns. */
function fieldsOf(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(texts.flatMap((text, index) => (index % 2 === 0 ? [[text, texts[index + 1] ?? ""] as const] : [])));
}

const away = new Set(["s_down", "o_down", "disconnected"]);

function isHealthy(replica: ReadonlyMap<string, string>): boolean {
  const flags = replica.get("flags")?.split(",") ?? [];
  return replica.get("master-link-status") === "ok" && !flags.some((flag) => away.has(flag));
}
