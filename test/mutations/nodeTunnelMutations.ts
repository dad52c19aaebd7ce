import { hostPaths } from "../../src/host/hostPaths.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import { edited, runningWith, tunnelConfig, unitPath, type Restart } from "./hostChange.js";
import { appHost, node, type MutationThere } from "./hostMutation.js";

/** How each engine's configuration is weakened: scripts for sed(1). */
const weaker: Readonly<Record<TunnelEngine, { olderToo: string; olderOnly: string; anybody: string }>> = {
  haproxy: {
    olderToo: "s/ssl-min-ver TLSv1.3/ssl-min-ver TLSv1.2/",
    olderOnly: "s/ssl-min-ver TLSv1.3/ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2/",
    anybody: "s/verify required/verify none/",
  },
  stunnel: {
    olderToo: "s/^sslVersionMin = .*/sslVersionMin = TLSv1.2/",
    olderOnly: "s/^sslVersionMin = .*/sslVersion = TLSv1.2/",
    anybody: "s/^verifyChain = yes/verifyChain = no/; /^include/d",
  },
};

const withShortTag = "s/TLS_AES_128_GCM_SHA256$/TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_8_SHA256/";

/** What the app host sees of the node's tunnel. */
export const checksFromAppHost = {
  refusesAnybody: appHost.check("mutual-authentication", "sessions-0 refuses whoever shows no certificate"),
  speaks13: appHost.check("tls", "sessions-0 speaks TLS 1.3"),
  refuses12: appHost.check("tls", "sessions-0 refuses TLS 1.2"),
  cipher: appHost.check("transmission-integrity", "sessions-0 chooses an authenticated cipher"),
  shortTag: appHost.check("transmission-integrity", "sessions-0 refuses one whose authentication is cut short"),
} as const;

/** A node's tunnel that runs with another configuration than the one that is there. */
export function nodeTunnelMutations(engine: TunnelEngine): readonly MutationThere[] {
  const path = tunnelConfig(engine);
  const tunnelWith = (script: string): Restart => runningWith("tunnel", path, `sed -i '${script}' ${path}`);
  const { olderToo, olderOnly, anybody } = weaker[engine];
  const { speaks13, refuses12, refusesAnybody, cipher, shortTag } = checksFromAppHost;
  const { admitted } = hostPaths;
  return [
    {
      what: "run the tunnel with TLS 1.2 as well",
      breaks: [refuses12],
      change: tunnelWith(olderToo),
      ofTunnel: true,
    },
    {
      what: "run the tunnel with TLS 1.2 only",
      // No suite of TLS 1.3 is left, and the older version refuses in other words who has no certificate.
      breaks: [speaks13, refuses12, refusesAnybody, cipher, shortTag],
      change: tunnelWith(olderOnly),
      alone: "What else the tunnel takes would be refused for its version.",
      ofTunnel: true,
    },
    {
      what: "run the tunnel with a cipher whose tag is short",
      breaks: [shortTag],
      change: tunnelWith(withShortTag),
      ofTunnel: true,
    },
    {
      what: "run the tunnel for whoever has no certificate",
      breaks: [refusesAnybody],
      change: tunnelWith(anybody),
      ofTunnel: true,
    },
    {
      what: "admit one more client",
      breaks: [node.check("mutual-authentication", "the clients on the list, and no other, are admitted")],
      change: edited(
        admitted,
        `sed 's/web[.]client/eve.client/' ${admitted} >/run/mutated && cat /run/mutated >>${admitted}`,
      ),
    },
    {
      what: "run Redis with a network",
      breaks: [node.check("tls", "Redis has no network")],
      change: runningWith("redis", unitPath("redis"), `sed -i '/^PrivateNetwork=/d' ${unitPath("redis")}`),
    },
  ];
}
