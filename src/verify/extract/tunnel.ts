import { leftOut, type Said } from "./entry";

/**
 * What the tunnel's lines say of connections that it refused: HAProxy's (src/host/haproxyConf.ts) and stunnel 5.68's. stunnel tells the address in
 * another line than the reason, by the number of the connection.
 */
export function tunnelReader(): (line: string) => Said | undefined {
  const callers = new Map<string, string>();
  return (line) => haproxySaid(line) ?? stunnelSaid(line, callers);
}

function haproxySaid(line: string): Said | undefined {
  const refused = /^(?<from>\S+):\d+ refused: (?<why>.+?)( -)?$/.exec(line)?.groups;
  if (refused !== undefined) return refusal("", refused.from, handshake(refused.why ?? ""));
  // `P` and `R`: by the proxy, before a server was chosen (HAProxy's manual, "Session state at disconnection").
  const rejected = /^(?<from>\S+):\d+ (?<who>.*) PR \d+ ms, \d+ bytes in, \d+ bytes out(, \w+)?$/.exec(line)?.groups;
  if (rejected === undefined) return undefined;
  return refusal(dnsName(rejected.who), rejected.from, "the certificate's name is not on the list of clients");
}

function stunnelSaid(line: string, callers: Map<string, string>): Said | undefined {
  const {
    level,
    id = "",
    text = "",
  } = /^[\d.]+ [\d:]+ LOG(?<level>\d)\[(?<id>\d+)\]: (?<text>.*)$/.exec(line)?.groups ?? {};
  if (level === undefined) return undefined;
  const accepted = /^Service \[redis(?:-\d)?\] accepted connection from (?:(?<from>\S+):\d+|unnamed socket)$/.exec(
    text,
  );
  // Who calls an app host's socket has no address: HAProxy's word for it.
  if (accepted !== null) callers.set(id, accepted.groups?.from ?? "unix");
  const rejected = /^Rejected by CERT at depth=\d+: (.*)$/.exec(text);
  if (rejected !== null)
    return refusal(
      dnsName(/(?:^|[ /,])CN ?= ?(\S+)$/.exec(rejected[1] ?? "")?.[1]),
      callers.get(id),
      "the certificate is not accepted",
    );
  const failed = /^SSL_accept: (.+)$/.exec(text);
  return failed === null ? undefined : refusal("", callers.get(id), handshake(failed[1] ?? ""));
}

/** OpenSSL's own reason, or HAProxy's, in letters alone: neither can be chosen by who was refused. */
function handshake(why: string): string {
  const reason = /(?:^|::)([A-Za-z0-9 ()/_.-]+)$/.exec(why)?.[1] ?? leftOut;
  return `TLS handshake refused: ${reason.trim()}`;
}

/** A stranger's certificate may have any name. */
function dnsName(name = ""): string {
  return /^[a-z0-9.-]{1,253}$/.test(name) ? name : leftOut;
}

function refusal(who: string, from: string | undefined, what: string): Said {
  return { kind: "refusal", who, from: from ?? "", what };
}
