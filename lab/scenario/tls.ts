import { serverCertificate } from "../../src/plan/certificates.js";
import { judgingNobody } from "../../src/evidence/tunnelCommands.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import { redisPort } from "../../src/plan/ports.js";
import type { ExecOptions, ExecResult, Host } from "../hosts/index.js";
import type { IdentityFiles } from "../x509/identityFiles.js";

/** Options of openssl s_client that show a certificate. */
export function shows({ certificateFile, privateKeyFile }: IdentityFiles): string[] {
  return ["-cert", certificateFile, "-key", privateKeyFile];
}

/** Options of openssl s_client on a host, as root: the certificate that its tunnel shows. */
export const ownCertificate = shows({
  certificateFile: hostPaths.certificate,
  privateKeyFile: hostPaths.privateKey,
});

/**
 * Sends PING over TLS; a client that is let through to Redis gets its NOAUTH, as no password is sent. Redis closes after QUIT, and
 * with it s_client ends.
 */
export const tlsPing = tlsClient("PING\r\nQUIT\r\n");

/**
 * Shakes hands and only listens, until the server ends it. In TLS 1.3 the server judges a client's certificate when the
 * client has finished: one that writes may meet the reset behind the alert before it has read the alert.
 */
export const tlsListen = tlsClient("");

/** Writes something over TLS, as who checks nothing of the server, and hears what comes back; by default on Redis's port. */
export function tlsClient(input: string, port: number = redisPort) {
  return (
    from: Pick<Host, "exec">,
    address: string,
    options: readonly string[],
    execOptions: ExecOptions = {},
  ): Promise<ExecResult> => {
    const { dnsName } = serverCertificate("sessions", "sessions-0", address);
    const client = [
      "openssl",
      "s_client",
      "-quiet",
      "-verify_quiet",
      ...judgingNobody.split(" "),
      "-servername",
      dnsName,
    ];
    const command = [...client, "-connect", `${address}:${port}`, ...options];
    return from.exec(command, { input, timeoutMs: 30_000, ...execOptions });
  };
}
