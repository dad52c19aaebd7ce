import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "../../../lab/hosts/index.js";
import { callsOf } from "../../../lab/scenario/attacks/commands.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { lockedCommands } from "../../../src/plan/commands.js";
import { engineVersion } from "../../../src/plan/engine.js";
import { redisPort, replicationPort, sentinelPort } from "../../../src/plan/ports.js";
import { readSecret, secretArn } from "../rotation/onHosts.js";
import { answersTo, asRootOf, stolenFrom, type Stolen } from "./callers.js";
import { loopbackAddress, nodeAt, settled } from "../../../lab/replicas/nodes.js";
import { describeOnReplicas, replicasFixture, type ReplicasFixture } from "./openFixture.js";
import { shell } from "../cache/onHost.js";

/** The answer of a node's own Sentinel to its peers' user. redis-cli is not used, as that of Redis 8 waits for messages after a SUBSCRIBE that was refused. */
async function saidToSentinel(node: Host, line: string): Promise<string> {
  const words = String.raw`AUTH _peer %s\r\n%s\r\n*1\r\n!\r\n`;
  const ask = [
    `read -r password <${hostPaths.peerPassword}; read -r line`,
    `exec 3<>/dev/tcp/${loopbackAddress(0)}/${sentinelPort}; printf '${words}' "$password" "$line" >&3; timeout 50 cat <&3`,
  ].join("; ");
  const [signedIn, ...answers] = (await shell(node, ask, `${line}\n`)).replaceAll("\r", "").split("\n");
  assert.equal(signedIn, "+OK");
  return answers.join("\n");
}

/** What Sentinels and the nodes' scripts say to a Sentinel, and the same in a form that changes nothing. */
const saidByPeers: readonly (readonly [string, string])[] = [
  ["SENTINEL FAILOVER main", "SENTINEL FAILOVER another"],
  ["SENTINEL SET main quorum 1", "SENTINEL SET another quorum 1"],
  ["SENTINEL CONFIG GET *", "SENTINEL CONFIG GET announce-port"],
  ["SENTINEL CONFIG SET sentinel-pass x", `SENTINEL CONFIG SET announce-port ${sentinelPort}`],
  ["SENTINEL CKQUORUM main", "SENTINEL CKQUORUM main"],
  ["SENTINEL DEBUG INFO-PERIOD 10000", "SENTINEL DEBUG"],
  [
    // A vote.
    "SENTINEL IS-MASTER-DOWN-BY-ADDR 127.82.0.1 6379 99 0123456789012345678901234567890123456789",
    "SENTINEL IS-MASTER-DOWN-BY-ADDR 127.82.0.1 6379 0 *",
  ],
  ["PUBLISH __sentinel__:hello x", "PUBLISH __sentinel__:hello x"],
  ["ACL LIST", "ACL LIST"],
  ["ACL SETUSER web on nopass +@all", "ACL SETUSER _peer"],
  ["INFO", "INFO"],
];

/** What would change who leads, or tell more, and nobody says. */
const saidByNobody = [
  "SENTINEL RESET *",
  "SENTINEL REMOVE main",
  "SENTINEL MONITOR another 127.82.0.1 6379 1",
  "SENTINEL FLUSHCONFIG",
  "SENTINEL MASTERS",
  "SENTINEL SIMULATE-FAILURE crash-after-election",
  "SENTINEL PENDING-SCRIPTS",
  "SUBSCRIBE __sentinel__:hello",
  "PSUBSCRIBE *",
  "CONFIG GET *",
  "SHUTDOWN NOSAVE",
  "DEBUG SLEEP 0",
  "CLIENT KILL TYPE normal",
  "CLIENT LIST",
  "ROLE",
];

const refusedBySentinel = [...saidByPeers.map(([line]) => line), ...saidByNobody];

describeOnReplicas([], "what an application may say to a cache with replicas", (choice) => {
  const version = engineVersion(choice);
  const locked = lockedCommands({ allowScripting: false, hasReplicas: true, version });
  let fixture: ReplicasFixture;
  let folder: string;
  let web: Stolen;
  let peer: Stolen;
  let signIn: string;
  let peerPassword: string;
  let places: { primary: number; replicas: number[] };
  before(async () => {
    fixture = await replicasFixture(choice);
    places = await settled(fixture);
    folder = mkdtempSync(join(tmpdir(), "replicas-users-"));
    web = await stolenFrom(fixture, fixture.app, folder);
    peer = await stolenFrom(fixture, nodeAt(fixture, 2), folder);
    const secret = await readSecret(fixture, await secretArn(fixture.app));
    signIn = `AUTH web ${secret.password ?? ""}`;
    peerPassword = (await readSecret(fixture, await secretArn(nodeAt(fixture, 0)))).peerPassword ?? "";
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const asApplication = (node: number, port: number, lines: readonly string[]): Promise<string> =>
    answersTo(asRootOf(fixture.app), { address: nodeAt(fixture, node).privateIp, port }, web, lines);

  it("of each Sentinel: which node is the primary, which are replicas and Sentinels, and when that changes; nothing else", async () => {
    for (const node of fixture.nodes.keys()) {
      const asked = ["SENTINEL GET-MASTER-ADDR-BY-NAME main", "SENTINEL REPLICAS main", "SENTINEL SENTINELS main"];
      const allowed = await asApplication(node, sentinelPort, [signIn, ...asked, "SUBSCRIBE +switch-master"]);
      assert.match(allowed, /^\+OK\n\*2\n[^]*\*2\n[^]*\*2\n[^]*subscribe\n\$14\n\+switch-master\n:1\n$/);
      assert.doesNotMatch(allowed, /^-/m);
      assert.ok(!allowed.includes(peerPassword));
      const refused = await asApplication(node, sentinelPort, [signIn, ...refusedBySentinel]);
      const [first, ...rest] = refused.trim().split("\n");
      assert.equal(first, "+OK");
      assert.deepEqual(
        rest.map((answer) => /^-(NOPERM|ERR unknown command) /.test(answer)),
        refusedBySentinel.map(() => true),
        refused,
      );
    }
    assert.deepEqual(await settled(fixture), places);
  });

  it("while Sentinels and the nodes' scripts may say to a Sentinel what they need, which is the control case, and no more", async () => {
    const lines = [...saidByPeers.map(([, line]) => line), ...saidByNobody];
    const answers = await Promise.all(lines.map((line) => saidToSentinel(nodeAt(fixture, 0), line)));
    const refused = answers.map((answer) => /^-(NOPERM|ERR unknown command) /.test(answer));
    assert.deepEqual(
      lines.filter((_, index) => refused[index]),
      saidByNobody,
    );
    assert.deepEqual(await settled(fixture), places);
  });

  it("of Redis, the primary or a replica: nothing that nodes say to each other, and no other locked command", async () => {
    const calls = locked.map(({ name }) => callsOf(name));
    const expected = calls.reduce((sum, { count }) => sum + count, 0);
    const names = locked.map(({ name }) => name);
    for (const name of [
      "REPLICAOF",
      "SLAVEOF",
      "PSYNC",
      "SYNC",
      "REPLCONF",
      "ROLE",
      "FAILOVER",
      "CLUSTER",
      "CLIENT PAUSE",
    ])
      assert.ok(names.includes(name), name);
    for (const [node, write] of [
      [places.primary, "+OK"],
      [places.replicas[0] ?? 0, "-READONLY "],
    ] as const) {
      const told = await asApplication(node, redisPort, [
        signIn,
        "SET users:1 x",
        ...calls.map(({ bytes }) => bytes.trimEnd()),
      ]);
      const [first, second = "", ...rest] = told.trim().split("\n");
      assert.equal(first, "+OK");
      assert.ok(second.startsWith(write), second);
      const isRefusal = (answer: string): boolean =>
        /^-(NOPERM|ERR unknown command|ERR Command not allowed inside a transaction)/.test(answer);
      const others = new Set(rest.filter((answer) => !isRefusal(answer)));
      assert.equal(rest.filter(isRefusal).length, expected);
      assert.deepEqual([...others].sort(), [
        "+OK",
        "+PONG",
        "-EXECABORT Transaction discarded because of previous errors.",
      ]);
    }
    assert.deepEqual(await settled(fixture), places);
  });

  // One Redis serves both, and its users have no place that they come from: what keeps an application from being a node is the password.
  it("as a node, if it had the password that nodes share; nobody but nodes has it", async () => {
    const asNode = ["AUTH _replica", "AUTH _sentinel"].map((words) => `${words} ${peerPassword}`);
    const [replica = "", sentinel = ""] = asNode;
    const told = await asApplication(places.primary, redisPort, [
      replica,
      "PING",
      "GET users:1",
      sentinel,
      "PING",
      "SET users:1 x",
    ]);
    assert.match(told, /^\+OK\n\+PONG\n-NOPERM .*\n\+OK\n\+PONG\n-NOPERM .*\n$/);
    for (const wrong of [`AUTH _replica ${peerPassword.slice(1)}`, signIn.replace("web", "_sentinel")])
      assert.match(await asApplication(places.primary, redisPort, [wrong]), /^-WRONGPASS .*\n$/);
    const { password = "" } = await readSecret(fixture, await secretArn(fixture.app));
    assert.ok(!JSON.stringify(await readSecret(fixture, await secretArn(fixture.app))).includes(peerPassword));
    assert.ok(!JSON.stringify(await readSecret(fixture, await secretArn(nodeAt(fixture, 0)))).includes(password));
  });

  it("with a node's key and password: no command that reads or writes values; to copy them all is what a replica is for", async () => {
    const place = await fixture.neighbour(nodeAt(fixture, 1), "one of its own");
    const service = { address: nodeAt(fixture, 0).privateIp, port: replicationPort };
    for (const user of ["_replica", "_sentinel"]) {
      const told = await answersTo(place, service, peer, [
        `AUTH ${user} ${peerPassword}`,
        "GET users:1",
        "SCAN 0",
        "DUMP users:1",
        "SET users:1 x",
      ]);
      assert.match(told, /^\+OK\n(-NOPERM .*\n){4}$/);
    }
  });
});
