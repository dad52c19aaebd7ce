import { aclRules, type LockedCommand } from "../plan/commands";
import { encodeLines } from "./encode";

/** A client as Redis knows it. */
export interface RedisUser {
  readonly name: string;
  /** Each password that is accepted, as SHA-256: the node need not know them in clear. */
  readonly passwordsSha256: readonly string[];
}

const nobody = "default reset off";

/**
 * The users of Redis (redis.io, "ACL"): one for each client and none for who names none. Redis reads it at its start;
 * when it changes, `apply-users` has the running Redis take it.
 */
export function redisUsersConf(users: readonly RedisUser[], commands: readonly LockedCommand[]): string {
  return encodeLines([
    ["user", nobody],
    ...users.map(({ name, passwordsSha256 }): [string, string] => {
      const hashes = passwordsSha256.map((hash) => `#${hash}`).join(" ");
      return ["user", `${name} reset on ${hashes} ${rights(commands)}`];
    }),
  ]);
}

/** What each line of it must be (extended regular expression). */
export function redisUsersLine(commands: readonly LockedCommand[]): string {
  return `user (${nobody}|[a-z][a-z0-9-]* reset on( #[0-9a-f]{64}){1,3} ${literally(rights(commands))})`;
}

/** Every key, every channel, and the commands that are not locked. */
function rights(commands: readonly LockedCommand[]): string {
  return `~* &* ${aclRules(commands)}`;
}

function literally(text: string): string {
  return text.replaceAll(/[*+|]/g, "[$&]");
}
