import assert from "node:assert/strict";
import type { Host } from "../../../lab/hosts/index.js";
import { markJournal } from "../../../lab/scenario/journal.js";
import { waitFor } from "../../../lab/until.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { sentinelUser } from "../../../src/host/redisUsers.js";
import { unitNames } from "../../../src/host/units.js";
import { redisPort } from "../../../src/plan/ports.js";
import { shell } from "../cache/onHost.js";
import { loopbackAddress, nodeAt, settled } from "../../../lab/replicas/nodes.js";
import { describeOnReplicas, replicasFixture, type ReplicasFixture } from "./openFixture.js";
import { allHave, fill, leadsElsewhere } from "./values.js";

const { redis, sentinel, tunnel } = unitNames;

const waits = /waiting for Sentinel to have another node take over: this one is empty, and others have values\./;
const unknown = "waiting for another node to say whether it has values.";
const follows = /starting as a replica of 127\.82\.0\.\d\./;
const leads = "starting as the primary: no other node has a value.";

/** SIGKILL, of which systemd makes a restart a second later. */
const kill = (host: Host, units: readonly string[]): Promise<string> =>
  shell(host, `systemctl kill --kill-whom=all --signal=KILL ${units.join(" ")}`);

/** Redis is killed and stays away for so long: how long is the fault itself. */
async function keepDown(host: Host, seconds: number): Promise<void> {
  const dropIn = `/run/systemd/system/${redis}.d`;
  await shell(
    host,
    [
      `mkdir -p ${dropIn} && printf '[Service]\\nRestart=no\\n' >${dropIn}/stays-down.conf && systemctl daemon-reload`,
      `systemctl kill --kill-whom=all --signal=KILL ${redis}`,
      `until systemctl is-failed --quiet ${redis}; do sleep 0.05; done`,
      `sleep ${seconds}`,
      // First of all: to read units again takes seconds on a machine that is busy.
      `systemctl start --no-block ${redis}; rm -r ${dropIn} && systemctl daemon-reload`,
    ].join("\n"),
  );
}

/** A Sentinel that knows nothing of what was before. */
const forget = (host: Host): Promise<string> =>
  shell(host, `systemctl stop ${sentinel}; rm -rf ${hostPaths.sentinelFolder}/*; systemctl start ${sentinel}`);

describeOnReplicas([], "a node of a cache with replicas whose Redis begins anew", (choice) => {
  let fixture: ReplicasFixture;
  let round = 0;
  before(async () => {
    fixture = await replicasFixture(choice);
  });

  /** Does something to the primary, and finds all values again, on every node. */
  const keepsAllWhile = async (
    strike: (primary: Host, places: { primary: number; replicas: number[] }) => Promise<unknown>,
  ): Promise<{ leader: number; former: number; said: string }> => {
    const keys = await fill(fixture, `guard-${round++}`, 300);
    const places = await settled(fixture);
    const host = nodeAt(fixture, places.primary);
    const told = await markJournal(host);
    await strike(host, places);
    await waitFor(
      "the primary's Redis has begun anew",
      async () => follows.test(await told()) || (await told()).includes(leads),
    );
    const { primary: leader } = await settled(fixture);
    await allHave(fixture, keys);
    return { leader, former: places.primary, said: await told() };
  };

  for (const [seconds, says] of [
    [0, waits],
    [1, waits],
    [10, follows],
  ] as const) {
    it(`follows another, which has all values, when its Redis was the primary's and was away for ${seconds} s`, async () => {
      const { leader, former, said } = await keepsAllWhile((host) => keepDown(host, seconds));
      assert.notEqual(leader, former);
      assert.match(said, says);
      assert.match(said, follows);
      assert.ok(!said.includes(leads));
    });
  }

  it("follows another when Redis, Sentinel and the tunnel of the primary are killed together", async () => {
    const { leader, former, said } = await keepsAllWhile((host) => kill(host, [redis, sentinel, tunnel]));
    assert.notEqual(leader, former);
    assert.ok(!said.includes(leads));
  });

  it("follows the one that has values when the primary's Redis and a replica's are killed together", async () => {
    let survivor = -1;
    const { leader, said } = await keepsAllWhile(async (host, { replicas: [first = 0, second = 0] }) => {
      survivor = second;
      await Promise.all([host, nodeAt(fixture, first)].map((one) => kill(one, [redis])));
    });
    assert.equal(leader, survivor);
    assert.ok(!said.includes(leads));
  });

  it("tells a Redis that stands still from one that is not there, also where the tunnel takes it for away", async () => {
    const { replicas } = await settled(fixture);
    const [still = 0, asking = 0] = replicas;
    const node = nodeAt(fixture, still);
    const signal = (name: string): Promise<string> =>
      shell(node, `systemctl kill --kill-whom=main --signal=${name} ${redis}`);
    const ask = `echo PING | ${hostPaths.scriptsFolder}/ask-peer ${loopbackAddress(still)} ${redisPort} ${sentinelUser}`;
    const asked = async (): Promise<readonly [number, string]> => {
      const { exitCode, stdout } = await nodeAt(fixture, asking).exec(["sh", "-c", ask]);
      return [exitCode, stdout.trim()];
    };
    const told = await markJournal(node);
    await signal("STOP");
    // HAProxy refuses applications once its checks are not answered; stunnel has none.
    if (choice.tunnel === "haproxy")
      await waitFor("its tunnel takes it for away", async () => (await told()).includes("Server redis/redis is DOWN"));
    const whileStill = await asked();
    await signal("CONT");
    await settled(fixture);
    assert.deepEqual(
      [whileStill, await asked()],
      [
        [124, ""],
        [0, "OK\nPONG"],
      ],
    );
  });

  it("waits for those whose Redis stands still when the primary's is killed, and follows one that has all values", async () => {
    const { leader, former, said } = await keepsAllWhile(async (host, { replicas }) => {
      const others = replicas.map((index) => nodeAt(fixture, index));
      const signal = (name: string): Promise<unknown> =>
        Promise.all(others.map((one) => shell(one, `systemctl kill --kill-whom=main --signal=${name} ${redis}`)));
      const told = await markJournal(host);
      await signal("STOP");
      await kill(host, [redis]);
      await waitFor("the guard has looked at them", async () => {
        const now = await told();
        return now.includes(unknown) || now.includes(leads);
      });
      await signal("CONT");
    });
    assert.notEqual(leader, former);
    assert.ok(said.includes(unknown) && !said.includes(leads));
  });

  it("leads, empty, when no node has a value any more: all were killed at once", async () => {
    await fill(fixture, `guard-${round++}`, 300);
    const told = await Promise.all(fixture.nodes.map((node) => markJournal(node)));
    await Promise.all(fixture.nodes.map((node) => kill(node, [redis])));
    await waitFor("one begins as the primary", async () =>
      (await Promise.all(told.map((tells) => tells()))).some((said) => said.includes(leads)),
    );
    await settled(fixture);
    await allHave(fixture, 0);
    assert.equal(await fill(fixture, "after", 10), 10);
  });

  const sentinels = (which: string, of: (primary: number) => readonly number[]): void => {
    it(`keeps its values, and the primary that it has, while ${which}: by its file the first node leads`, async () => {
      const primary = await leadsElsewhere(fixture, 0);
      const keys = await fill(fixture, `guard-${round++}`, 300);
      await Promise.all(of(primary).map((index) => forget(nodeAt(fixture, index))));
      await waitFor("every Sentinel names the primary again", async () => {
        const named = await Promise.all(
          fixture.nodes.map((node) => node.exec([`${hostPaths.scriptsFolder}/find-primary`])),
        );
        return named.every(({ stdout }) => stdout.trim() === loopbackAddress(primary));
      });
      assert.equal((await settled(fixture)).primary, primary);
      await allHave(fixture, keys);
    });
  };
  sentinels("the first node's Sentinel begins anew", () => [0]);
  sentinels("two of three Sentinels begin anew at once", (primary) => [0, 1, 2].filter((index) => index !== primary));
  sentinels("all Sentinels begin anew at once", () => [0, 1, 2]);
});
