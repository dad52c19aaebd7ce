import { hostPaths } from "../../src/plan/hostPaths.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import { edited, runningWith, tunnelConfig, unitPath, type HostMutation } from "./hostMutation.js";

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

const shortTag = "s/TLS_AES_128_GCM_SHA256$/TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_8_SHA256/";

/** A node's tunnel that runs with another configuration than the one that is there. */
export function nodeTunnelMutations(engine: TunnelEngine): readonly Omit<HostMutation, "on">[] {
  const path = tunnelConfig(engine);
  const tunnelWith = (script: string): ReturnType<typeof runningWith> =>
    runningWith("tunnel", path, `sed -i '${script}' ${path}`);
  const { olderToo, olderOnly, anybody } = weaker[engine];
  const { admitted } = hostPaths;
  return [
    { control: "tls", what: "run the tunnel with TLS 1.2 as well", ...tunnelWith(olderToo) },
    {
      control: "tls",
      what: "run the tunnel with TLS 1.2 only",
      // No suite of TLS 1.3 is left, and the older version refuses in other words who has no certificate.
      also: ["mutual-authentication", "transmission-integrity"],
      ...tunnelWith(olderOnly),
    },
    {
      control: "transmission-integrity",
      what: "run the tunnel with a cipher whose tag is short",
      ...tunnelWith(shortTag),
    },
    {
      control: "mutual-authentication",
      what: "run the tunnel for whoever has no certificate",
      ...tunnelWith(anybody),
    },
    {
      control: "mutual-authentication",
      what: "admit one more client",
      ...edited(
        admitted,
        `sed 's/web[.]client/eve.client/' ${admitted} >/run/mutated && cat /run/mutated >>${admitted}`,
      ),
    },
    {
      control: "tls",
      what: "run Redis with a network",
      ...runningWith("redis", unitPath("redis"), `sed -i '/^PrivateNetwork=/d' ${unitPath("redis")}`),
    },
  ];
}
