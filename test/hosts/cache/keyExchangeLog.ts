import type { Host } from "../../../lab/hosts/index.js";
import { classicalGroup, hybridGroup } from "../../../src/plan/keyExchange.js";
import type { TunnelEngine } from "../../../src/plan/tunnel.js";
import { shell } from "./onHost.js";

/** How the log of each end on Debian 13 tells of a connection, as docs/tunnel.md says: stunnel's on a node does not. */
export const exchangeLines: Readonly<Record<TunnelEngine, ExchangeLines>> = {
  haproxy: {
    hybridAtNode: new RegExp(`bytes out, ${hybridGroup}$`, "m"),
    hybridAtApp: new RegExp(`bytes out, .*, ${hybridGroup}$`, "m"),
    classical: new RegExp(`bytes out, (.*, )?${classicalGroup}$`, "m"),
  },
  stunnel: {
    hybridAtApp: /No peer temporary key received/,
    classical: new RegExp(`Peer temporary key: ${classicalGroup}, 253 bits`),
  },
};

interface ExchangeLines {
  readonly hybridAtNode?: RegExp;
  readonly hybridAtApp: RegExp;
  readonly classical: RegExp;
}

/** A connection from the application through both ends, to its end: Redis's answer to who gives no password. */
export function throughBoth(appHost: Host): Promise<string> {
  const call = "printf 'PING\\r\\nQUIT\\r\\n' >&3; timeout 50 cat <&3 | tr -d '\\r'";
  return shell(appHost, `exec 3<>/dev/tcp/127.0.0.1/6379; ${call}`);
}
