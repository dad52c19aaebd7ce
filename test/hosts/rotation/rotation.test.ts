import assert from "node:assert/strict";
import type { Host } from "../../../lab/hosts/index.js";
import { waitFor } from "../../../lab/until.js";
import { startLoad, type Load } from "./load.js";
import { shell } from "../cache/onHost.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { unitNames } from "../../../src/host/units.js";
import { installGuest, readSecret, refresh, secretArn, startTimers, status, stopTimers } from "./onHosts.js";
import type { Change } from "./program.js";
import {
  assertAccepted,
  assertRefused,
  holdAsClient,
  knownToBoth,
  publicKey,
  steal,
  type Stolen,
} from "./stolenSecrets.js";
import type { RotationFixture } from "./rotationFixture.js";
import { rotationFixture } from "./openFixture.js";
import { describeOver, mixedChoices } from "../../support/dimensions.js";

describeOver(
  ["tunnel"],
  "under a steady load of 500 operations a second from two clients",
  (choice) => {
    const { tunnel } = choice;
    let fixture: RotationFixture;
    let loads: Load[];
    let guest: Load;
    let node: Host;
    /** What the cache has been changed to so far: each change keeps those before it. */
    let so: Change = {};
    /** Of every generation so far. */
    const publicKeys = new Set<string>();
    /** Of the second authority, and of the third before its keys are changed. */
    let [earlier, later]: Stolen[] = [];
    let held: { letGo: () => Promise<string> }[];
    /** What each application's folder is to those who have it mounted. */
    const mounted = (): Promise<string[]> =>
      Promise.all(
        fixture.apps.map((host) => shell(host, `stat --format=%i ${hostPaths.clientFolder} ${hostPaths.clientSocket}`)),
      );
    let mountedBefore: string[];

    before(async () => {
      fixture = await rotationFixture(choice);
      node = fixture.node;
      mountedBefore = await mounted();
      await startTimers([fixture.node, ...fixture.apps]);
      // The last in a container, which has the application's folder mounted and nothing else of the host's.
      const isLast = (index: number): boolean => index === fixture.apps.length - 1;
      loads = await Promise.all(
        fixture.apps.map((host, index) => startLoad(host, `${tunnel}-${host.name}`, { inContainer: isLast(index) })),
      );
    });
    after(async () => {
      for (const load of loads) await load.stop();
      await stopTimers([node, ...fixture.apps]);
    });

    const change = async (more: Change): Promise<void> => {
      so = { ...so, ...more, rotation: { ...so.rotation, ...more.rotation } };
      const done = await fixture.change(so);
      assert.ok(Object.keys(done).length > 0);
    };
    const nothingFailed = (): void => {
      for (const load of loads) {
        const { failed, errors } = load.figures();
        assert.deepEqual([load.name, failed, errors], [load.name, 0, []]);
      }
    };
    /** Hosts look one after the other; every client connects anew, and no operation fails, after each. */
    const inOrder = async (hosts: readonly Host[]): Promise<void> => {
      for (const host of hosts) {
        await refresh(host);
        for (const load of loads) await load.connectsAgain(2);
        nothingFailed();
      }
    };
    const serverFirst = (): Promise<void> => inOrder([fixture.node, ...fixture.apps]);
    const clientsFirst = (): Promise<void> => inOrder([...fixture.apps, fixture.node]);
    const versions = (): Promise<string[]> =>
      Promise.all([fixture.node, ...fixture.apps].map(async (host) => (await status(host)).version));

    it("renews every certificate, the authority's with the same key included, and admits a third client, by the hosts' own timers", async () => {
      const before = await versions();
      await change({
        certificates: { validityHours: 2161, authorityValidityHours: 8761 },
        clients: ["web", "worker", "guest"],
      });
      await waitFor("every host has the new version", async () =>
        (await versions()).every((version, index) => version !== before[index]),
      );
      for (const load of loads) await load.connectsAgain();
      nothingFailed();
      const [, worker] = fixture.apps;
      assert.ok(worker);
      guest = await startLoad(worker, `${tunnel}-guest`, {
        connectionFile: await installGuest(fixture, worker, "guest"),
      });
      await guest.connectsAgain();
    });

    it("locks the third client out when it is taken off the list, its open connections included", async () => {
      const { version } = await status(fixture.node);
      await change({ clients: ["web", "worker"] });
      await waitFor("the node has the new list", async () => (await status(fixture.node)).version !== version);
      const failsAgain = async (): Promise<void> => {
        const { failed } = guest.figures();
        await waitFor("the guest tries and fails", () => guest.figures().failed > failed + 100);
      };
      // What it was still answered on a connection is read before that connection's end fails what waited.
      await failsAgain();
      const { lastAnswered } = guest.figures();
      await failsAgain();
      assert.equal(guest.figures().lastAnswered, lastAnswered, guest.figures().errors.join("; "));
      for (const load of loads) await load.connectsAgain();
      nothingFailed();
      await guest.stop();
    });

    const now = (): RotationFixture => ({ ...fixture, node });
    /** No host has a key that any had before. */
    const keysAreNew = async (): Promise<void> => {
      const hosts = [node, ...fixture.apps];
      const secrets = await Promise.all(hosts.map(async (host) => readSecret(fixture, await secretArn(host))));
      const keys = secrets.map(publicKey);
      assert.deepEqual(
        keys.filter((key) => publicKeys.has(key)),
        [],
      );
      for (const key of keys) publicKeys.add(key);
      assert.equal(publicKeys.size % hosts.length, 0);
    };

    it("changes the authority, and with it every host's key, the server first", async () => {
      await stopTimers([fixture.node, ...fixture.apps]);
      await keysAreNew();
      await change({ rotation: { authority: 2 } });
      await serverFirst();
      await keysAreNew();
    });

    it("changes the authority, every key and the passwords, the clients first; what was stolen before is still taken", async () => {
      earlier = await steal(fixture);
      held = [await holdAsClient(fixture, earlier, "first"), await holdAsClient(fixture, earlier, "second")];
      await change({ rotation: { authority: 3, passwords: 2 } });
      await clientsFirst();
      await keysAreNew();
      await assertAccepted(now(), earlier);
    });

    it("retires what went before, and changes every key alone", async () => {
      later = await steal(fixture);
      await change({ rotation: { retiredPasswords: 1, retiredAuthority: 2, keys: 2 } });
      await serverFirst();
      await keysAreNew();
    });

    it("refuses what was stolen before, at the node and in its place; what is in use, and what new keys alone have replaced, is taken: the control case", async () => {
      assert.ok(earlier && later);
      await assertRefused(now(), earlier);
      await assertAccepted(now(), later);
      await assertAccepted(now(), await steal(now()));
      nothingFailed();
    });

    it("has not failed a single operation", () => {
      for (const load of loads) {
        const { operations, connections, longestMs, failed } = load.figures();
        console.log(
          `        ${load.name}: ${operations} operations, ${connections} connections, longest ${longestMs} ms`,
        );
        assert.equal(failed, 0);
      }
    });

    it("has left every application's folder, and the socket in it, the same ones, with the password that is in use", async () => {
      assert.deepEqual(await mounted(), mountedBefore);
      for (const host of fixture.apps) await shell(host, `cmp ${hostPaths.password} ${hostPaths.clientPassword}`);
    });

    it("keeps the connections that a thief has opened, until the node's tunnel is restarted", async () => {
      const [first, second] = held;
      const answers = "+OK\n+PONG\n";
      assert.equal(await first?.letGo(), `${answers}+PONG\n+OK\n`);
      await shell(fixture.node, `systemctl restart ${unitNames.tunnel}`);
      assert.equal(await second?.letGo(), answers);
      for (const load of loads) await load.connectsAgain();
    });

    it("finds a node that is replaced again by itself, at its address and by its name; two generations more at once refuse all that was known before", async () => {
      const leaked = await steal(fixture);
      const nodesInConnections = (): Promise<unknown[]> =>
        Promise.all(["web", "worker"].map(async (client) => (await fixture.connection(client)).nodes));
      const before = await nodesInConnections();
      await change({
        refreshIntervalSeconds: 11,
        rotation: { authority: 5, retiredAuthority: 4, passwords: 4, retiredPasswords: 3 },
      });
      assert.deepEqual(await nodesInConnections(), before);
      for (const host of fixture.apps) await refresh(host);
      node = await fixture.replaceNode();
      assert.notEqual(node.instanceId, fixture.node.instanceId);
      for (const load of loads) {
        await load.connectsAgain();
        await waitFor(`${load.name} has every answer again`, async () => {
          const { operations, failed } = load.figures();
          await waitFor(`${load.name} goes on`, () => load.figures().operations > operations + 1000);
          return load.figures().failed === failed;
        });
      }
      await assertRefused(now(), leaked);
      const fresh = await steal(now());
      await assertAccepted(now(), fresh);
      await keysAreNew();
      assert.deepEqual(knownToBoth(leaked, fresh), []);
    });
  },
  mixedChoices(["tunnel"]),
);
