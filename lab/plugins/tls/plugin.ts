import type { Plugin } from "../framework/resourceType.js";
import { certRequest } from "./certRequest.js";
import { locallySignedCert } from "./locallySignedCert.js";
import { privateKey } from "./privateKey.js";
import { selfSignedCert } from "./selfSignedCert.js";

export const tls: Plugin = {
  name: "tls",
  version: "5.6.1",
  configuration: {},
  resources: {
    "tls:index/certRequest:CertRequest": certRequest,
    "tls:index/locallySignedCert:LocallySignedCert": locallySignedCert,
    "tls:index/privateKey:PrivateKey": privateKey,
    "tls:index/selfSignedCert:SelfSignedCert": selfSignedCert,
  },
  functions: {},
};
