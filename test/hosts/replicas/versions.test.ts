import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { engineProgram, engines } from "../../../src/plan/engine.js";
import { admittedConf } from "../../../src/host/admitted.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { clientCertificate } from "../../../src/plan/certificates.js";
import { releases } from "../../../src/plan/operatingSystem.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { unitNames } from "../../../src/host/units.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { handsOver, loopbackAddress, nodeAt, settled } from "../../../lab/replicas/nodes.js";
import { cacheName, client } from "../../../lab/replicas/program.js";
import type { Host } from "../../../lab/hosts/index.js";
import { waitFor } from "../../../lab/until.js";
import { amiss, nothingAmiss, whileWriting, told } from "../../../lab/replicas/writes.js";
import { describeOver, seed } from "../../support/dimensions.js";
import { journal, shell } from "../cache/onHost.js";
import { readSecret, refresh, secretArn, type Status } from "../rotation/onHosts.js";
import { replicasChoices, replicasFixture, type ReplicasFixture } from "./openFixture.js";

/** Comes with the change. */
const guest = "guest";

const nodes = ["sessions-0", "sessions-1", "sessions-2"];

/** The last tests of their hosts: one of them is enough, and another server than the others expect is on its nodes afterwards. */
const older = replicasChoices(["tunnel"]).filter(({ operatingSystem }) => operatingSystem === "debian-12");

describeOver(
  ["tunnel"],
  "a cache with replicas that goes to another release and another tunnel",
  (choice) => {
    // Each of the two in turn, by a digit of the seed that no dimension has.
    const engine =
      engines[(Math.floor(seed / 97) + tunnelEngines.indexOf(choice.tunnel)) % engines.length] ?? engines[0];
    const { server, title } = engineProgram(engine);
    // The app host keeps the tunnel that it has.
    const tunnel = tunnelEngines.find((other) => other !== choice.tunnel) ?? choice.tunnel;
    let fixture: ReplicasFixture;
    before(async () => {
      fixture = await replicasFixture(choice);
      await settled(fixture);
    });

    it(`is on ${releases["debian-13"].title} with ${title} and ${tunnel} after one pulumi up: no value is lost, and with the documented options no operation fails, where an older node follows a newer one meanwhile; a node that waits for its turn takes a new client, also into its own tunnel, and none raises an alarm`, async () => {
      await newerLeadsOlder(fixture);
      const { outcome } = await whileWriting(fixture, "patient", async () => {
        const alarms = watchAlarms(fixture);
        const waiting = [1, 2].map((index) => nodeAt(fixture, index));
        const both = [
          fixture.changeNodes({ operatingSystem: "debian-13", engine, tunnel, clients: [client, guest] }),
          ...waiting.map((node) => takesSecret(fixture, node)),
        ] as const;
        // Whichever fails, the others end before the next test begins.
        await Promise.allSettled(both);
        const raised = alarms.stop();
        const [{ booted, gone }] = await Promise.all(both);
        assert.deepEqual([booted, gone], [nodes, nodes]);
        assert.deepEqual(raised, []);
        await settled(fixture);
      });
      console.error(`      ${told(outcome)}`);
      assert.deepEqual(amiss(outcome), nothingAmiss);
      for (const node of fixture.nodes)
        for (const program of [server, tunnelProgram(tunnel).packageName])
          assert.match(await shell(node, `pgrep -ox ${program}`), /^\d+$/, `${program} on ${node.name}`);
      // The last one was still of the release before when it came to follow the first: it went on where it was.
      const said = await journal(nodeAt(fixture, 0), "--unit", unitNames.redis);
      assert.match(said, new RegExp(`Partial resynchronization request from ${loopbackAddress(2)}:\\d+ accepted`));
      assert.doesNotMatch(said, /Partial resynchronization not accepted/);
    });
  },
  older,
);

/** A node of the release before takes what has changed of its secret, while the first one is replaced: the secret says nothing of releases, nor of tunnels. */
async function takesSecret(fixture: ReplicasFixture, node: Host): Promise<void> {
  const arn = await secretArn(node);
  await waitFor(`the secret of ${node.name} has the new client`, async () =>
    String((await readSecret(fixture, arn)).redisUsers).includes(`user ${guest} `),
  );
  await refresh(node);
  const known = await shell(node, `echo 'ACL USERS' | ${hostPaths.scriptsFolder}/ask-redis`);
  assert.ok(known.split("\n").includes(guest), `${node.name} knows ${known}`);
  const names = [client, guest].map((name) => clientCertificate(cacheName, name).dnsName);
  assert.equal(`${await shell(node, `cat ${hostPaths.admitted}`)}\n`, admittedConf(fixture.choice.tunnel, names));
  assert.match(await shell(node, "cat /etc/os-release"), /^VERSION_CODENAME=bookworm$/m);
}

/** What agents of nodes raise an alarm about from now on, new nodes' and old ones'. */
function watchAlarms(fixture: ReplicasFixture): { stop(): string[] } {
  const alarms = new Set<string>();
  const look = (): void => {
    for (const { name, liveRootFolder } of fixture.nodes) {
      const alarm = alarmIn(join(liveRootFolder, hostPaths.status));
      if (alarm !== null) alarms.add(`${name}: ${alarm}`);
    }
  };
  const timer = setInterval(look, 1000);
  return {
    stop: () => {
      clearInterval(timer);
      return [...alarms];
    },
  };
}

/** A host that has not begun, or has gone, has none. */
function alarmIn(file: string): string | null {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as Status).alarm;
  } catch {
    return null;
  }
}

/** Has the second node lead and the third be the last to take over from it: when its turn comes, the first one leads, which is newer than the third. */
async function newerLeadsOlder(fixture: ReplicasFixture): Promise<void> {
  const prefer = (index: number, priority: number): Promise<string> =>
    shell(
      nodeAt(fixture, index),
      `echo 'CONFIG SET replica-priority ${priority}' | ${hostPaths.scriptsFolder}/ask-redis`,
    );
  await prefer(1, 1);
  for (let { primary } = await settled(fixture); primary !== 1; { primary } = await settled(fixture))
    await handsOver(fixture, primary);
  await prefer(2, 200);
}
