import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Identity } from "./identity.js";

/** A certificate and its private key as files of this machine, for programs that take no others. */
export interface IdentityFiles {
  readonly certificateFile: string;
  readonly privateKeyFile: string;
}

export function writeIdentity(folder: string, name: string, identity: Identity): IdentityFiles {
  const files = {
    certificateFile: join(folder, `${name}.pem`),
    privateKeyFile: join(folder, `${name}-key.pem`),
  };
  writeFileSync(files.certificateFile, `${identity.certificate.trimEnd()}\n`);
  writeFileSync(files.privateKeyFile, `${identity.privateKey.trimEnd()}\n`, { mode: 0o600 });
  return files;
}

export function readIdentity({ certificateFile, privateKeyFile }: IdentityFiles): Identity {
  return {
    certificate: readFileSync(certificateFile, "utf8"),
    privateKey: readFileSync(privateKeyFile, "utf8"),
  };
}
