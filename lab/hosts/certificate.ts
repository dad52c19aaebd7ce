import { newIdentity } from "../x509/identity.js";
import { readIdentity, writeIdentity, type IdentityFiles } from "../x509/identityFiles.js";
import type { LabKeys } from "./image/labKeys.js";
import { debianHostNames } from "./image/recipe.js";

/** A certificate for all that the lab's internet serves, of the authority that only the test hosts trust. */
export async function issueCertificate({ authority }: LabKeys, region: string, folder: string): Promise<IdentityFiles> {
  const aws = ["*.amazonaws.com", `*.${region}.amazonaws.com`, "*.s3.amazonaws.com", `*.s3.${region}.amazonaws.com`];
  const identity = await newIdentity({
    subject: "CN=lab",
    usage: "serverAuth",
    dnsNames: [...aws, ...debianHostNames],
    signedBy: readIdentity(authority),
  });
  return writeIdentity(folder, "internet", identity);
}
