import { encodeLines } from "./encode";

/** A client as Redis knows it. */
export interface RedisUser {
  readonly name: string;
  /** Each password that is accepted, as SHA-256: the node need not know them in clear. */
  readonly passwordsSha256: readonly string[];
}

/** Every key, every channel and every command but the one that says who may do what; locked commands are gone for all. */
const rights = "~* &* +@all -acl";

const nobody = "default reset off";

/**
 * The users of Redis (redis.io, "ACL"): one for each client and none for who names none. Redis reads it at its start;
 * when it changes, `apply-users` has the running Redis take it.
 */
export function redisUsersConf(users: readonly RedisUser[]): string {
  return encodeLines([
    ["user", nobody],
    ...users.map(({ name, passwordsSha256 }): [string, string] => {
      const hashes = passwordsSha256.map((hash) => `#${hash}`).join(" ");
      return ["user", `${name} reset on ${hashes} ${rights}`];
    }),
  ]);
}

/** What each line of it must be (extended regular expression). */
export const redisUsersLine = `user (${nobody}|[a-z][a-z0-9-]* reset on( #[0-9a-f]{64}){1,3} ${literally(rights)})`;

function literally(text: string): string {
  return text.replaceAll(/[*+]/g, "[$&]");
}
