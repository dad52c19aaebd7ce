import type { Fixture } from "./fixture.js";

/** The client's keys as files on the app machine, for programs that speak TLS themselves. */
export function clientKeys({ app, certificates }: Fixture): {
  certificate: string;
  key: string;
  authority: string;
} {
  const folder = "/run/client-keys";
  const paths = {
    certificate: `${folder}/cert.pem`,
    key: `${folder}/key.pem`,
    authority: `${folder}/ca.pem`,
  };
  app.write(paths.certificate, certificates.client.certificate);
  app.write(paths.key, certificates.client.privateKey);
  app.write(paths.authority, certificates.authority);
  return paths;
}

/** How openssl's test clients present them. */
export function handshakeOptions(fixture: Fixture): string[] {
  const { certificate, key, authority } = clientKeys(fixture);
  return ["-cert", certificate, "-key", key, "-CAfile", authority];
}
