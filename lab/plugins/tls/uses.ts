import * as x509 from "../../x509/x509.js";

const { KeyUsageFlags, ExtendedKeyUsage } = x509;

const keyUsages: Record<string, x509.KeyUsageFlags> = {
  digital_signature: KeyUsageFlags.digitalSignature,
  content_commitment: KeyUsageFlags.nonRepudiation,
  key_encipherment: KeyUsageFlags.keyEncipherment,
  data_encipherment: KeyUsageFlags.dataEncipherment,
  key_agreement: KeyUsageFlags.keyAgreement,
  cert_signing: KeyUsageFlags.keyCertSign,
  crl_signing: KeyUsageFlags.cRLSign,
  encipher_only: KeyUsageFlags.encipherOnly,
  decipher_only: KeyUsageFlags.decipherOnly,
};

const extendedKeyUsages: Record<string, string> = {
  any_extended: "2.5.29.37.0",
  server_auth: ExtendedKeyUsage.serverAuth,
  client_auth: ExtendedKeyUsage.clientAuth,
  code_signing: ExtendedKeyUsage.codeSigning,
  email_protection: ExtendedKeyUsage.emailProtection,
  timestamping: ExtendedKeyUsage.timeStamping,
  ocsp_signing: ExtendedKeyUsage.ocspSigning,
};

export const allowedUses = [...Object.keys(keyUsages), ...Object.keys(extendedKeyUsages)];

/** The extensions that say what a certificate may be used for. */
export function usageExtensions(uses: readonly string[]): x509.Extension[] {
  const flags = uses.reduce<x509.KeyUsageFlags | 0>((sum, use) => sum | (keyUsages[use] ?? 0), 0);
  const extended = uses.map((use) => extendedKeyUsages[use]).filter((oid) => oid !== undefined);
  return [
    ...(flags === 0 ? [] : [new x509.KeyUsagesExtension(flags, true)]),
    ...(extended.length === 0 ? [] : [new x509.ExtendedKeyUsageExtension(extended, false)]),
  ];
}
