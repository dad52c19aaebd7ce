import { createPrivateKey, createPublicKey, webcrypto } from "node:crypto";
import type { KeyObject } from "node:crypto";

type Algorithm = webcrypto.EcKeyImportParams | webcrypto.RsaHashedImportParams | webcrypto.Algorithm;

export interface SigningKeys {
  pair: webcrypto.CryptoKeyPair;
  /** As the official provider names it. */
  algorithm: "ECDSA" | "RSA" | "ED25519";
  /** The hash to sign with belongs to the key: SHA-384 for P-384, else SHA-256. */
  signing: webcrypto.Algorithm | webcrypto.EcdsaParams;
  /** The public key as DER, to compare. */
  spki: Buffer;
}

/** Reads a private key in any of the usual PEM formats, for signing certificates. */
export async function signingKeys(pem: string): Promise<SigningKeys> {
  const key = readKey(pem);
  const { algorithm, params, signing } = algorithmOf(key);
  const pkcs8 = key.export({ type: "pkcs8", format: "der" });
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey("pkcs8", pkcs8, params, false, ["sign"]),
    webcrypto.subtle.importKey("spki", spki, params, true, ["verify"]),
  ]);
  return { pair: { privateKey, publicKey }, algorithm, signing, spki };
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // The library's own message could quote the text.
    throw new Error("The private key is no unencrypted private key in PEM format");
  }
}

function algorithmOf(key: KeyObject): Pick<SigningKeys, "algorithm" | "signing"> & { params: Algorithm } {
  const curve = key.asymmetricKeyDetails?.namedCurve ?? "";
  const curves: Record<string, [string, string]> = {
    prime256v1: ["P-256", "SHA-256"],
    secp384r1: ["P-384", "SHA-384"],
    secp521r1: ["P-521", "SHA-512"],
  };
  const known = curves[curve];
  if (key.asymmetricKeyType === "ec" && known !== undefined) {
    const [namedCurve, hash] = known;
    return {
      algorithm: "ECDSA",
      params: { name: "ECDSA", namedCurve },
      signing: { name: "ECDSA", hash },
    };
  }
  if (key.asymmetricKeyType === "rsa") {
    const params = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    return { algorithm: "RSA", params, signing: params };
  }
  if (key.asymmetricKeyType === "ed25519") {
    return { algorithm: "ED25519", params: { name: "Ed25519" }, signing: { name: "Ed25519" } };
  }
  throw new Error(`Cannot sign with a key of type ${key.asymmetricKeyType ?? "(none)"} ${curve}`);
}
