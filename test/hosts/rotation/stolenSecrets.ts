import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import type { Host } from "../../../lab/hosts/index.js";
import { said } from "../../../lab/scenario/attack.js";
import { shows, tlsClient, tlsListen } from "../../../lab/scenario/tls.js";
import { waitFor } from "../../../lab/until.js";
import type { IdentityFiles } from "../../../lab/x509/identityFiles.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { serverCertificate } from "../../../src/plan/certificates.js";
import { callsRedis } from "../../../src/plan/tunnel.js";
import { shell } from "../cache/onHost.js";
import { readSecret, secretArn, type SecretFields } from "./onHosts.js";
import type { RotationFixture } from "./rotationFixture.js";

/** What two hosts had when somebody read it: the whole secret of the node, and that of the client web. */
export interface Stolen {
  readonly node: SecretFields;
  readonly web: SecretFields;
}

export async function steal(fixture: RotationFixture): Promise<Stolen> {
  const [web] = fixture.apps;
  assert.ok(web);
  const read = async (host: Host): Promise<SecretFields> => readSecret(fixture, await secretArn(host));
  return { node: await read(fixture.node), web: await read(web) };
}

/** The public half of a host's key. */
export function publicKey({ certificate = "" }: SecretFields): string {
  return String(new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" }));
}

/** What is stolen opens the node, and a client's tunnel takes it for the node. */
export async function assertAccepted(fixture: RotationFixture, stolen: Stolen): Promise<void> {
  assert.match(await callAsClient(fixture, stolen), /^\+OK\s+\+PONG\s/);
  assert.match(await answerAsNode(fixture, stolen), /it is me[^]*got \d+ bytes/);
}

/** Neither does, for what its authority is; nothing comes back of what it gets otherwise. */
export async function assertRefused(fixture: RotationFixture, stolen: Stolen): Promise<void> {
  const { host, files } = await lay(fixture, stolen.web);
  assert.match(said(await tlsListen(host, fixture.node.privateIp, shows(files))), /alert unknown ca/);
  assert.doesNotMatch(await callAsClient(fixture, stolen), /OK|PONG|NOAUTH|WRONGPASS/);
  const answered = await answerAsNode(fixture, stolen);
  assert.match(answered, /refused: .*alert unknown ca/);
  assert.doesNotMatch(answered, /it is me|got/);
}

/** Authorities, and hashes of passwords, that are accepted in both. */
export function knownToBoth(one: Stolen, other: Stolen): string[] {
  const [before, after] = [one, other].map(({ node: { trusted = "", redisUsers = "" } }) => {
    const authorities = trusted.match(/-----BEGIN[^]+?-----END/g) ?? [];
    const passwords = redisUsers.match(/#[0-9a-f]{64}/g) ?? [];
    assert.ok(authorities.length > 1 && passwords.length > 1);
    return [...authorities, ...passwords];
  });
  return (before ?? []).filter((known) => after?.includes(known));
}

/** A connection as the client, with an answer on it, which stands until it is let go with another question. */
export async function holdAsClient(
  fixture: RotationFixture,
  { web }: Stolen,
  name: string,
): Promise<{ letGo: () => Promise<string> }> {
  const { host, files } = await lay(fixture, web);
  const [began, ended] = [`/run/thief/${name}.began`, `/run/thief/${name}.ended`];
  const server = ["-servername", serverName(fixture), "-connect", `${fixture.node.privateIp}:6379`];
  const client = ["openssl", "s_client", "-quiet", "-verify_quiet", ...server, ...shows(files)].join(" ");
  const script = [
    `trap '' PIPE; coproc tls { exec ${client} 2>/dev/null; }; exec {from}<&\${tls[0]} {to}>&\${tls[1]}`,
    `printf 'AUTH web %s\\r\\nPING\\r\\n' "$(<${passwordFile})" >&$to; for answer in 1 2; do read -r line <&$from; echo "$line"; done`,
    `touch ${began}; until [ -e ${ended} ]; do sleep 0.1; done`,
    `printf 'PING\\r\\nQUIT\\r\\n' >&$to; timeout 50 cat <&$from`,
  ].join("\n");
  await shell(host, `rm -f ${began} ${ended}`);
  const holding = host.exec(["bash", "-c", script], { timeoutMs: 1_800_000 });
  await waitFor("the thief's connection stands", async () => {
    return (await host.exec(["test", "-e", began])).exitCode === 0;
  });
  return {
    letGo: async () => {
      await shell(host, `touch ${ended}`);
      return (await holding).stdout.replaceAll("\r", "");
    },
  };
}

/** What the node answers to who has a client's secret and checks nothing; the thief has a place among the app hosts. */
async function callAsClient(fixture: RotationFixture, { web }: Stolen): Promise<string> {
  const { host, files } = await lay(fixture, web);
  const call = tlsClient(`AUTH web ${web.password ?? ""}\r\nPING\r\nQUIT\r\n`);
  return said(await call(host, fixture.node.privateIp, shows(files)));
}

/**
 * What an app host's tunnel, with what the host has now, makes of a server in the node's place that shows the node's
 * stolen certificate and has its key.
 */
async function answerAsNode(fixture: RotationFixture, { node }: Stolen): Promise<string> {
  const host = placeOf(fixture);
  const [folder, port, localPort] = ["/run/impostor", 7001, 6391];
  const program = tunnelProgram(fixture.choice.tunnel);
  const start = program.service(false).find(([key]) => key === "ExecStart")?.[1];
  const command = String(start).replace(program.configPath, `${folder}/tunnel.conf`);
  const server = { port, certificate: "server.pem", privateKey: "server.key" };
  await shell(host, `install -d -m 700 ${folder}`);
  for (const [name, text] of Object.entries({
    "server.pem": node.certificate ?? "",
    "server.key": node.privateKey ?? "",
    servers: `${JSON.stringify(server)}\n`,
    "tunnel.conf": program.conf(
      callsRedis([`127.0.0.1:${localPort}`], { address: "127.0.0.1", port, serverName: serverName(fixture) }),
    ),
  })) {
    await shell(host, `cat >${folder}/${name}`, text);
  }
  const run = (unit: string): string => `systemd-run --quiet --collect --unit=${unit}`;
  const listens = [port, localPort].map((one) => `ss -Hltn sport = :${one} | grep -q .`).join(" && ");
  const script = [
    `trap 'systemctl stop impostor impostor-tunnel; rm -r ${folder}' EXIT`,
    `${run("impostor")} /opt/app/node /opt/app/fakeServers.mjs ${folder}`,
    `${run("impostor-tunnel")} ${command}`,
    `timeout 600 bash -c 'until ${listens}; do sleep 0.1; done'`,
    // Refused, it may be closed before anything is written.
    `trap '' PIPE; exec 3<>/dev/tcp/127.0.0.1/${localPort}; printf 'PING\\r\\n' >&3 || true; timeout 50 head -n 1 <&3 || true`,
    `timeout 50 bash -c 'until grep -q closed ${folder}/${port}; do sleep 0.1; done'; cat ${folder}/${port}`,
  ];
  return shell(host, script.join("\n"));
}

const passwordFile = "/run/thief/password";

/** Lays a stolen secret on the host where the thief is. */
async function lay(
  fixture: RotationFixture,
  { certificate = "", privateKey = "", password = "" }: SecretFields,
): Promise<{ host: Host; files: IdentityFiles }> {
  const host = placeOf(fixture);
  const files = { certificateFile: "/run/thief/certificate.pem", privateKeyFile: "/run/thief/key.pem" };
  await shell(host, "install -d -m 700 /run/thief");
  await shell(host, `cat >${files.certificateFile}`, certificate);
  await shell(host, `cat >${files.privateKeyFile}`, privateKey);
  await shell(host, `cat >${passwordFile}`, password);
  return { host, files };
}

/** Whose addresses the node's network admits. */
function placeOf({ apps: [, worker] }: RotationFixture): Host {
  assert.ok(worker);
  return worker;
}

function serverName({ node }: RotationFixture): string {
  return serverCertificate("sessions", "sessions-0", node.privateIp).dnsName;
}
