import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { execa } from "execa";
import type { BaseImage } from "./image/baseImage.js";
import { debianHostNames } from "./image/recipe.js";

/** A certificate for all that the lab's internet serves, of the authority that only the test hosts trust. */
export async function issueCertificate(
  { authority }: BaseImage,
  region: string,
  folder: string,
): Promise<{ certificate: string; privateKey: string }> {
  const certificate = join(folder, "internet.pem");
  const privateKey = join(folder, "internet-key.pem");
  const aws = [
    "*.amazonaws.com",
    `*.${region}.amazonaws.com`,
    "*.s3.amazonaws.com",
    `*.s3.${region}.amazonaws.com`,
  ];
  const names = [...aws, ...debianHostNames].map((name) => `DNS:${name}`).join(",");
  const extensions = join(folder, "internet.cnf");
  writeFileSync(
    extensions,
    `subjectAltName=${names}\nextendedKeyUsage=serverAuth\nbasicConstraints=critical,CA:false\n`,
  );
  const request = "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=lab".split(" ");
  const { stdout: csr } = await execa("openssl", [...request, "-keyout", privateKey]);
  const signing = [
    "x509",
    "-req",
    "-days",
    "30",
    "-CA",
    authority.certificate,
    "-CAkey",
    authority.privateKey,
  ];
  await execa("openssl", [...signing, "-extfile", extensions, "-out", certificate], { input: csr });
  return { certificate, privateKey };
}
