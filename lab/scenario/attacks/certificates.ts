import { clientCertificate, serverCertificate } from "../../../src/plan/certificates.js";
import { said, type Attack, type ControlCase, type Step, type AttackSuite } from "../attack.js";
import { inDays } from "../../x509/identity.js";
import { markJournal } from "../journal.js";
import { issue, type Authorities, type Request } from "../identities.js";
import type { Scene } from "../scene.js";
import { waitFor } from "../../until.js";
import { signIn } from "./signIn.js";
import { ownCertificate, shows, tlsListen, tlsPing } from "../tls.js";

const web = clientCertificate("sessions", "web").dnsName;

/** Root on the app host takes the client's own certificate, and Redis answers that a password is needed. */
export const withTheClientsCertificate: ControlCase = {
  what: "the client's own certificate",
  success: /-NOAUTH Authentication required/,
  attempt: async ({ appHost, node }) => said(await tlsPing(appHost, node.privateIp, ownCertificate)),
};

/** Enough of such lines would push out those of the operators. */
function amongTheAudit(): Attack {
  return {
    who: "a stranger",
    from: "the app subnet",
    what: "leave a line in the journal that has the operators' audit",
    refusal: /nothing of theirs in it/,
    attempt: async ({ node, neighbour }) => {
      const { privateIp } = neighbour;
      const [told, toldElsewhere] = [await markJournal(node, "the host's"), await markJournal(node)];
      await tlsListen(neighbour, node.privateIp, []);
      await waitFor("the refusal is in a journal", async () => (await toldElsewhere()).includes(privateIp));
      return (await told()).includes(privateIp) ? "it is there" : "nothing of theirs in it";
    },
    controlCase: {
      what: "an operator who signs in",
      success: /Accepted publickey for ada/,
      attempt: async (scene) => {
        const told = await markJournal(scene.node, "the host's");
        await signIn(scene, {});
        return await told();
      },
    },
  };
}

/** Who has not the one certificate that is on the node's list. */
export const certificates: AttackSuite = {
  title: "Certificates",
  dependsOn: ["tunnel"],
  attacks: [
    ...strangersCertificates(web).map(shown),
    amongTheAudit(),
    {
      who: "root",
      from: "the node",
      what: "show the node's own server certificate",
      refusal: /alert unsupported certificate/,
      attempt: async ({ node }) => said(await tlsListen(node, node.privateIp, ownCertificate)),
      controlCase: withTheClientsCertificate,
    },
    onAppHost("web", "go to the node past the tunnel", /alert certificate required/),
    onAppHost("nobody", "go to the node past the tunnel", /alert certificate required/),
  ],
};

/** Something that a stranger shows in the handshake, and how it is refused. */
export interface Shown {
  readonly what: string;
  readonly refusal: RegExp;
  readonly options: (scene: Pick<Scene, "authorities" | "folder">) => Promise<readonly string[]>;
}

/** What strangers can show; none has the key of a certificate of the cache's authority in a name that is listed. */
export function strangersCertificates(listed: string): Shown[] {
  return [
    { what: "no certificate", refusal: /alert certificate required/, options: () => Promise.resolve([]) },
    {
      what: "the authority's certificate, which is all that they have",
      refusal: /alert certificate required/,
      options: ({ authorities }) => Promise.resolve(["-CAfile", authorities.own.certificateFile]),
    },
    certificate("a self-signed certificate", /alert unknown ca/, "none", {}),
    certificate("a self-signed certificate in a client's name", /alert unknown ca/, "none", { dnsName: listed }),
    certificate("a client's name in a certificate of another cache's CA", /alert unknown ca/, "other", {
      dnsName: listed,
    }),
    certificate("a certificate of a CA that has the name of the cache's", /alert decrypt error/, "imitation", {
      dnsName: listed,
    }),
    {
      what: "a certificate of another CA, that CA sent along",
      refusal: /alert unknown ca/,
      options: async ({ authorities: { other }, folder }) => {
        const identity = await issue(other, { dnsName: listed, usage: "clientAuth" }, folder);
        return [...shows(identity), "-cert_chain", other.certificateFile];
      },
    },
    certificate("a certificate of the cache's CA, expired", /alert certificate expired/, "own", {
      dnsName: listed,
      from: inDays(-30),
      to: inDays(-1),
    }),
    certificate("a certificate of the cache's CA, not valid yet", /alert bad certificate/, "own", {
      dnsName: listed,
      from: inDays(1),
    }),
    certificate("a server certificate of the cache's CA", /alert unsupported certificate/, "own", {
      dnsName: serverCertificate("sessions", "sessions-0", "").dnsName,
      usage: "serverAuth",
    }),
    certificate("a certificate of the cache's CA that is not on the list", notListed(), "own", {}),
    {
      what: "the CA's own certificate and key",
      refusal: /alert unsupported certificate/,
      options: ({ authorities }) => Promise.resolve(shows(authorities.own)),
    },
  ];
}

/** stunnel ends the handshake with an alert, as its own check of names fails; HAProxy completes it, and ends the connection without a byte. */
export function notListed(): RegExp {
  return /alert internal error|nothing, and the end of the connection/;
}

function shown({ what, refusal, options }: Shown): Attack {
  const attempt: Step = async (scene) =>
    said(await tlsListen(scene.neighbour, scene.node.privateIp, await options(scene)));
  return {
    who: "a stranger",
    from: "the app subnet",
    what: `show ${what}`,
    refusal,
    attempt,
    controlCase: withTheClientsCertificate,
  };
}

function certificate(
  what: string,
  refusal: RegExp,
  authority: keyof Authorities | "none",
  change: Partial<Request>,
): Shown {
  const request: Request = {
    dnsName: clientCertificate("sessions", "mallory").dnsName,
    usage: "clientAuth",
    ...change,
  };
  return {
    what,
    refusal,
    options: async ({ authorities, folder }) => {
      const signer = authority === "none" ? undefined : authorities[authority];
      const identity = await issue(signer, request, folder);
      return ["-CAfile", authorities.own.certificateFile, ...shows(identity)];
    },
  };
}

/** The app host's firewall leaves the network to its owner: who goes to the node needs the key all the same. */
function onAppHost(user: string, what: string, refusal: RegExp): Attack {
  return {
    who: `the Unix user ${user}`,
    from: "the app host",
    what,
    refusal,
    attempt: async ({ appHost, node }) => said(await tlsListen(appHost, node.privateIp, [], { user })),
    controlCase: withTheClientsCertificate,
  };
}
