import { createHash, generateKeyPair } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { promisify } from "node:util";
import sshpk from "sshpk";
import type { Unwrap } from "@pulumi/pulumi";
import type { PrivateKeyArgs } from "@pulumi/tls";
import { oneOf } from "../framework/kinds.js";
import { resourceType } from "../framework/resourceType.js";

type Inputs = Unwrap<PrivateKeyArgs>;

const generate = promisify(generateKeyPair);
const curves: Record<string, string> = { P256: "prime256v1", P384: "secp384r1" };

/** A key pair in the notations of the official provider. */
export const privateKey = resourceType<Inputs>({
  properties: {
    algorithm: oneOf("ECDSA", "ED25519", "RSA"),
    ecdsaCurve: oneOf(...Object.keys(curves)),
    rsaBits: "number",
  },
  required: ["algorithm"],
  replaceOn: "every",
  secretOutputs: ["privateKeyOpenssh", "privateKeyPem", "privateKeyPemPkcs8"],
  async create(inputs) {
    const key = await generateKey(inputs);
    const pkcs8 = key.export({ type: "pkcs8", format: "pem" }) as string;
    const ssh = sshpk.parsePrivateKey(pkcs8, "pem");
    const publicKeyOpenssh = `${ssh.toPublic().toString("ssh").split(" ").slice(0, 2).join(" ")}\n`;
    const blob = Buffer.from(publicKeyOpenssh.split(" ")[1] ?? "", "base64");
    const outputs = {
      // What is not given has the official default in the outputs.
      ecdsaCurve: inputs.ecdsaCurve ?? "P224",
      rsaBits: inputs.rsaBits ?? 2048,
      privateKeyPem: traditionalPem(key),
      privateKeyPemPkcs8: pkcs8,
      privateKeyOpenssh: `${ssh.toString("ssh-private").trimEnd()}\n`,
      publicKeyPem: ssh.toPublic().toString("pem").trimEnd() + "\n",
      publicKeyOpenssh,
      publicKeyFingerprintMd5: createHash("md5")
        .update(blob)
        .digest("hex")
        .replace(/..(?!$)/g, "$&:"),
      publicKeyFingerprintSha256: `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`,
    };
    return { id: createHash("sha1").update(outputs.publicKeyPem).digest("hex"), outputs };
  },
});

async function generateKey({ algorithm, ecdsaCurve, rsaBits = 2048 }: Inputs): Promise<KeyObject> {
  if (algorithm === "ED25519") return (await generate("ed25519")).privateKey;
  if (algorithm === "RSA") {
    if (!Number.isInteger(rsaBits) || rsaBits < 2048 || rsaBits > 4096) {
      throw new Error(`rsaBits is ${rsaBits}, must be from 2048 to 4096`);
    }
    return (await generate("rsa", { modulusLength: rsaBits })).privateKey;
  }
  const namedCurve = curves[ecdsaCurve ?? "P224"];
  if (namedCurve === undefined) {
    throw new Error(`Give ecdsaCurve (${Object.keys(curves).join(", ")}): the default, P224, is too weak for us`);
  }
  return (await generate("ec", { namedCurve })).privateKey;
}

/** The format that has the algorithm in its first line, where there is one. */
function traditionalPem(key: KeyObject): string {
  const formats = { rsa: "pkcs1", ec: "sec1" } as const;
  const type = key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "ec" ? key.asymmetricKeyType : undefined;
  return key.export({ type: type === undefined ? "pkcs8" : formats[type], format: "pem" }) as string;
}
