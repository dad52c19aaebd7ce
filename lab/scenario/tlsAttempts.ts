import { serverCertificate } from "../../src/plan/certificates.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import { redisPort } from "../../src/plan/ports.js";
import type { ExecResult, Host, Probe } from "../hosts/index.js";
import { judged, stranger, type Attempt } from "./attempt.js";
import type { Identity, Strangers } from "./strangers.js";

interface TlsScene {
  readonly appHost: Host;
  readonly node: Host;
  readonly neighbour: Probe;
  readonly strangers: Strangers;
}

/** Tries to get through to Redis on the tunnel's port, each time with one thing wrong. */
export async function withoutTheRightCertificate(scene: TlsScene): Promise<Attempt[]> {
  const { neighbour, appHost, node, strangers } = scene;
  const { privateIp } = node;
  const ping = "PING over TLS with";
  const plain = await plaintext(neighbour, privateIp);
  const bare = await tlsPing(neighbour, privateIp, []);
  // The server is known, so that openssl has nothing to print but how it ends.
  const { dnsName } = serverCertificate("sessions", node.name, privateIp);
  const authority = ["-CAfile", strangers.authorityFile, "-servername", dnsName];
  const shown = (identity: Identity): Promise<ExecResult> =>
    tlsPing(neighbour, privateIp, [...authority, ...identityOptions(identity)]);
  const unlisted = await shown(strangers.unlisted);
  const other = await shown(strangers.otherAuthority);
  const reverse = await tlsPing(node, privateIp, ownCertificate);
  const old = await tlsPing(appHost, privateIp, [...ownCertificate, "-tls1_2"]);
  return [
    judged(stranger, "PING in plaintext", plain, /reset by peer|^nothing/),
    judged(stranger, "PING over TLS without a certificate", bare, /alert certificate required/),
    judged(stranger, `${ping} a certificate of the cache's CA that is not on the list`, unlisted, notListed),
    judged(stranger, `${ping} a client's name in a certificate of another CA`, other, /alert unknown ca/),
    judged("root on the node", `${ping} the server's certificate`, reverse, /alert unsupported certificate/),
    judged("root on the app host", "PING over TLS 1.2 with the certificate", old, /alert protocol version/),
  ];
}

/** stunnel ends the handshake, HAProxy the connection. */
const notListed = /alert|^nothing/;

/** Options of openssl s_client on a host, as root: the certificate that its tunnel shows. */
export const ownCertificate = identityOptions({
  certificateFile: hostPaths.certificate,
  privateKeyFile: hostPaths.privateKey,
});

function identityOptions({ certificateFile, privateKeyFile }: Identity): string[] {
  return ["-cert", certificateFile, "-key", privateKeyFile];
}

function plaintext(probe: Probe, address: string): Promise<ExecResult> {
  const script = `exec 3<>/dev/tcp/${address}/${redisPort}; printf 'PING\\r\\n' >&3; timeout 3 head -c 64 <&3`;
  return probe.exec(["bash", "-c", script], { timeoutMs: 6000 });
}

/** Sends PING over TLS; a client that is let through to Redis gets its NOAUTH, as no password is sent. */
export function tlsPing(
  from: Probe | Host,
  address: string,
  options: readonly string[],
): Promise<ExecResult> {
  const client = `openssl s_client -quiet -verify_quiet -connect ${address}:${redisPort} "$@"`;
  // Redis closes after QUIT, and with it s_client ends.
  const script = `printf 'PING\\r\\nQUIT\\r\\n' | ${client}`;
  return from.exec(["bash", "-c", script, "sh", ...options], { timeoutMs: 8000 });
}
