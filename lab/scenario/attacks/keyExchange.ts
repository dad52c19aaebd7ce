import { classicalGroup, hybridGroup, hybridReleases } from "../../../src/plan/keyExchange.js";
import { said, type Attack, type AttackSuite, type Step } from "../attack.js";
import { takeHybridAlone } from "../hybridAlone.js";
import { ownCertificate, tlsPing } from "../tls.js";

/** Who has all that a client has, but would exchange keys in a way that somebody who records it can undo on a later day. */
export const keyExchange: AttackSuite = {
  title: "Key exchange",
  dependsOn: ["tunnel"],
  releases: hybridReleases,
  open: takeHybridAlone,
  attacks: [
    offering(`${classicalGroup} alone`, classicalGroup),
    offering("every group but the hybrid one", `${classicalGroup}:P-256:X448:P-384:P-521`),
  ],
};

function offering(words: string, groups: string): Attack {
  return {
    who: "root",
    from: "the app host",
    what: `offer ${words} with the client's own certificate, where the cache has \`requireHybridKeyExchange\``,
    refusal: /alert handshake failure/,
    attempt: pingBy(groups),
    controlCase: { what: hybridGroup, success: /-NOAUTH Authentication required/, attempt: pingBy(hybridGroup) },
  };
}

function pingBy(groups: string): Step {
  return async ({ appHost, node }) =>
    said(await tlsPing(appHost, node.privateIp, [...ownCertificate, "-groups", groups]));
}
