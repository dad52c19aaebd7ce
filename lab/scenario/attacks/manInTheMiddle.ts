import { readFileSync } from "node:fs";
import { clientCertificate, serverCertificate } from "../../../src/plan/certificates.js";
import { redisPort } from "../../../src/plan/ports.js";
import type { Attack, Step, AttackSuite } from "../attack.js";
import { inDays } from "../../x509/identity.js";
import type { IdentityFiles } from "../../x509/identityFiles.js";
import { issue, type Authorities, type Request } from "../identities.js";
import { listens } from "../listens.js";
import type { Scene } from "../scene.js";
import { talk } from "../talk.js";
import { impostor, socketSquatter, squatter } from "./impostor.js";

interface Server {
  readonly what: string;
  readonly refusal: RegExp;
  /** Whose signature; without one the server speaks plain text. */
  readonly authority?: keyof Authorities | "self";
  readonly change?: Partial<Request>;
  readonly maxVersion?: "TLSv1.2";
}

const right: Request = {
  dnsName: serverCertificate("sessions", "sessions-0", "").dnsName,
  usage: "serverAuth",
};

const servers: readonly Server[] = [
  { what: "the cache's name, from another CA", authority: "other", refusal: /alert unknown ca/ },
  {
    what: "the cache's name, from a CA that has the name of the cache's",
    authority: "imitation",
    refusal: /alert decrypt error/,
  },
  { what: "the cache's name, self-signed", authority: "self", refusal: /alert (unknown ca|bad certificate)/ },
  {
    what: "another node's name, from the cache's CA",
    authority: "own",
    refusal: badName(),
    change: { dnsName: serverCertificate("sessions", "sessions-1", "").dnsName },
  },
  {
    what: "a client's name, from the cache's CA",
    authority: "own",
    refusal: badName(),
    change: { dnsName: clientCertificate("sessions", "web").dnsName },
  },
  {
    what: "the cache's name, made for clients",
    authority: "own",
    change: { usage: "clientAuth" },
    refusal: /alert (unsupported certificate|bad certificate)/,
  },
  {
    what: "the cache's name, expired",
    authority: "own",
    change: { from: inDays(-30), to: inDays(-1) },
    refusal: /alert certificate expired/,
  },
  {
    what: "the cache's name, not valid yet",
    authority: "own",
    change: { from: inDays(1) },
    refusal: /alert bad certificate/,
  },
  {
    what: "the cache's name, from the cache's CA, but TLS 1.2",
    authority: "own",
    maxVersion: "TLSv1.2",
    refusal: /unsupported protocol|alert protocol version/,
  },
  { what: "no TLS at all", refusal: /refused: it speaks TLS/ },
];

const folder = "/run/man-in-the-middle";
const firstPort = 7000;
/** The one that has all it takes: nobody but the cache's own authority could make it. */
const controlPort = firstPort + servers.length;

/** Who answers in the cache's place, and waits for the password to come. */
export const manInTheMiddle: AttackSuite = {
  title: "In the cache's place",
  dependsOn: ["tunnel"],
  inTurn: true,
  open: openServers,
  attacks: [
    ...servers.map(({ what, refusal }, index): Attack => ({
      who: "a man in the middle",
      from: "the way to the node",
      what: `answer with ${what}`,
      refusal,
      attempt: askAt(firstPort + index),
      controlCase: {
        what: "the cache's name, from the cache's CA",
        success: /got \d+ bytes|PONG|it is me/,
        attempt: askAt(controlPort),
      },
    })),
    squatter,
    socketSquatter,
    impostor,
  ],
};

/** How OpenSSL ends a handshake in which nothing but the name is wrong. */
function badName(): RegExp {
  return /alert internal error/;
}

/** Leads what is meant for the node to a server, calls through the tunnel, and returns what both ends have seen. */
function askAt(port: number): Step {
  return async (scene) => {
    const { appHost, node } = scene;
    const to = `ip daddr ${node.privateIp} tcp dport ${redisPort} redirect to :${port};`;
    const table = `table ip middle { chain output { type nat hook output priority -100; ${to} }; }\n`;
    await appHost.exec(["nft", "--file", "/dev/stdin"], { input: table });
    try {
      await appHost.exec(["rm", "-f", `${folder}/${port}`]);
      const answer = (await talk(scene, ["PING\r\n"], { password: false })).join("");
      const seen = `until grep -q closed ${folder}/${port}; do sleep 0.05; done; cat ${folder}/${port}`;
      const { stdout } = await appHost.exec(["timeout", "50", "sh", "-c", seen]);
      return `${answer}\n${stdout}`;
    } finally {
      await appHost.exec(["nft", "delete", "table", "ip", "middle"]);
    }
  };
}

async function openServers(scene: Scene): Promise<() => Promise<void>> {
  const { appHost } = scene;
  await appHost.exec(["install", "-d", "-m", "700", folder]);
  const lay = (name: string, content: string): Promise<unknown> =>
    appHost.exec(["sh", "-c", `umask 077; cat >${folder}/${name}`], { input: content });
  const lines = [];
  for (const [index, server] of [...servers, controlCase].entries()) {
    const identity = await identityOf(scene, server);
    const port = firstPort + index;
    if (identity === undefined) {
      lines.push({ port });
      continue;
    }
    await lay(`${port}.pem`, readFileSync(identity.certificateFile, "utf8"));
    await lay(`${port}.key`, readFileSync(identity.privateKeyFile, "utf8"));
    lines.push({
      port,
      certificate: `${port}.pem`,
      privateKey: `${port}.key`,
      maxVersion: server.maxVersion,
    });
  }
  await lay("servers", lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const run = ["systemd-run", "--quiet", "--collect", "--unit=man-in-the-middle"];
  await appHost.exec([...run, "/opt/app/node", "/opt/app/fakeServers.mjs", folder]);
  await listens(appHost, controlPort);
  return async () => {
    await appHost.exec(["systemctl", "stop", "man-in-the-middle"]);
    await appHost.exec(["rm", "-r", folder]);
  };
}

const controlCase: Server = { what: "everything right", authority: "own", refusal: /$^/ };

async function identityOf(scene: Scene, { authority, change }: Server): Promise<IdentityFiles | undefined> {
  if (authority === undefined) return undefined;
  const signer = authority === "self" ? undefined : scene.authorities[authority];
  return issue(signer, { ...right, ...change }, scene.folder);
}
