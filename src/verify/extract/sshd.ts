import { leftOut, type Said } from "./entry";

/**
 * The lines of sshd(8) of OpenSSH 9.2, with `LogLevel VERBOSE`. Each is matched from its beginning to its end, since strangers choose the names in
 * some: what they type can't end a line, and a greedy name leaves the address that sshd itself wrote behind it.
 */
const patterns: readonly (readonly [pattern: RegExp, said: (groups: Readonly<Record<string, string>>) => Said])[] = [
  [
    /^Accepted publickey for (?<who>[a-z_][a-z0-9_-]*) from (?<from>\S+) port \d+ ssh2: (?<key>[A-Z0-9-]+ SHA256:\S+)$/,
    ({ who = "", from = "", key = "" }) => ({ kind: "sign-in", who, from, what: `signed in with the key ${key}` }),
  ],
  // No other way is open; should one be, it is seen.
  [
    /^Accepted (?<way>[a-z/-]+) for (?<who>[a-z_][a-z0-9_-]*) from (?<from>\S+) port \d+ ssh2/,
    ({ way = "", who = "", from = "" }) => ({ kind: "sign-in", who, from, what: `signed in by ${way}` }),
  ],
  [
    /^Disconnected from user (?<who>[a-z_][a-z0-9_-]*) (?<from>\S+) port \d+$/,
    ({ who = "", from = "" }) => ({ kind: "sign-in", who, from, what: "signed out" }),
  ],
  [
    /^Failed (?<way>[a-z/-]+) for (?<who>[a-z_][a-z0-9_-]*) from (?<from>\S+) port \d+ ssh2(: (?<key>[A-Z0-9-]+ SHA256:\S+))?$/,
    ({ way = "", who = "", from = "", key }) =>
      refusal(who, from, `${way} refused${key === undefined ? "" : `: ${key}`}`),
  ],
  [
    /^(error: )?maximum authentication attempts exceeded for (?<who>[a-z_][a-z0-9_-]*) from (?<from>\S+) port \d+ ssh2( \[preauth\])?$/,
    ({ who = "", from = "" }) => refusal(who, from, "too many attempts"),
  ],
  [
    /^(Failed [a-z/-]+ for invalid user|Invalid user|(error: )?maximum authentication attempts exceeded for invalid user) .*from (?<from>\S+) port \d+( ssh2.*)?$/,
    ({ from = "" }) => refusal(leftOut, from, "no such account"),
  ],
  [
    /^User .* from (?<from>\S+) not allowed because (?<why>[A-Za-z ]+)$/,
    ({ from = "", why = "" }) => refusal(leftOut, from, `the account may not sign in: ${why}`),
  ],
  [
    /^Connection (closed|reset) by authenticating user (?<who>[a-z_][a-z0-9_-]*) (?<from>\S+) port \d+ \[preauth\]$/,
    ({ who = "", from = "" }) => refusal(who, from, "gone before it had signed in"),
  ],
  [
    /^Unable to negotiate with (?<from>\S+) port \d+: (?<why>no matching [a-z ]+ found)\. Their offer: /,
    ({ from = "", why = "" }) => refusal("", from, why),
  ],
  [
    /^banner exchange: Connection from (?<from>\S+) port \d+: (?<why>[a-z ]+)$/,
    ({ from = "", why = "" }) => refusal("", from, `no SSH client: ${why}`),
  ],
];

function refusal(who: string, from: string, what: string): Said {
  return { kind: "refusal", who, from, what };
}

/** What a line of sshd says; none where it says nothing that is asked for. */
export function sshdSaid(line: string): Said | undefined {
  for (const [pattern, said] of patterns) {
    const groups = pattern.exec(line)?.groups;
    if (groups !== undefined) return said(groups);
  }
  return undefined;
}
