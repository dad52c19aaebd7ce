import { clientCertificate, serverCertificate } from "../../src/plan/certificates.js";
import { inDays, newIdentity, newPrivateKey, type Identity } from "../x509/identity.js";

/** What a cache and its client hold, in the shape that src/trust gives it: ECDSA P-256 throughout. */
export interface Certificates {
  readonly authority: string;
  readonly server: Identity;
  readonly client: Identity;
  readonly serverName: string;
}

export async function issueCertificates(): Promise<Certificates> {
  const authority = await newIdentity({ subject: "CN=Lab CA", usage: "authority" });
  const issue = (name: string, usage: "serverAuth" | "clientAuth"): Promise<Identity> =>
    newIdentity({ subject: `CN=${name}`, usage, dnsNames: [name], signedBy: authority });
  const serverName = serverCertificate("sessions", "sessions-0", "").dnsName;
  return {
    authority: authority.certificate,
    server: await issue(serverName, "serverAuth"),
    client: await issue(clientCertificate("sessions", "web").dnsName, "clientAuth"),
    serverName,
  };
}

/** The article's key and certificate. */
export function articleIdentity(): Promise<Identity> {
  const privateKey = newPrivateKey(4096);
  return newIdentity({ subject: "CN=redis", usage: "serverAuth", privateKey, to: inDays(1826) });
}
