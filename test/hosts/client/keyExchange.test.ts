import assert from "node:assert/strict";
import { handshakeOptions } from "../../../lab/routes/clientKeys.js";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { classicalGroup, hybridGroup } from "../../../src/plan/keyExchange.js";
import { operatingSystems, type OperatingSystem } from "../../../src/plan/operatingSystem.js";
import { tunnelEngines, type TunnelEngine } from "../../../src/plan/tunnel.js";
import { Releases, type OpenTunnel } from "./releases.js";

/** What Redis says to who gives no password: the way is open up to it. */
const answered = /^-NOAUTH /;

type Told = "hybrid" | "classical" | undefined;

/** Which group an end's log tells of. stunnel 5.74 has no word for the hybrid one at the near end, and tells nothing on a node. */
const tells: Readonly<Record<TunnelEngine, Readonly<Record<"app" | "node", (log: string) => Told>>>> = {
  haproxy: { app: byItsName, node: byItsName },
  stunnel: {
    app: (log) => (log.includes("No peer temporary key received") ? "hybrid" : byItsKey(log)),
    node: tellsNothing,
  },
};

function tellsNothing(): Told {
  return undefined;
}

function byItsName(log: string): Told {
  const [, name] = /ms, \d+ bytes in, .*, (\w+)$/m.exec(log) ?? [];
  return name === hybridGroup ? "hybrid" : name === classicalGroup ? "classical" : undefined;
}

function byItsKey(log: string): Told {
  return log.includes(`Peer temporary key: ${classicalGroup}, 253 bits`) ? "classical" : undefined;
}

/** Each app host, each node, whose keys they exchange by, and whose logs tell it: those of Debian 13. */
const pairs: readonly (readonly [
  app: OperatingSystem,
  node: OperatingSystem,
  exchange: "hybrid" | "classical",
  logs: readonly ("app" | "node")[],
])[] = [
  ["debian-13", "debian-13", "hybrid", ["app", "node"]],
  ["debian-12", "debian-13", "classical", ["node"]],
  ["debian-13", "debian-12", "classical", ["app"]],
  ["debian-12", "debian-12", "classical", []],
];

describe("the key exchange of real tunnels", () => {
  let releases: Releases;
  before(async function () {
    this.timeout(600_000);
    await ensureDebianPackages(["iproute2", "mmdebstrap", "redis-server"]);
    releases = await Releases.open(console.log);
  });
  after(() => releases.stop());

  for (const tunnel of tunnelEngines) {
    const between = (app: OperatingSystem, node: OperatingSystem): Promise<OpenTunnel> =>
      releases.tunnel({ tunnel, operatingSystem: app }, { tunnel, operatingSystem: node });

    describe(tunnel, () => {
      for (const [app, node, exchange, ends] of pairs) {
        const logs = ends.filter((end) => tells[tunnel][end] !== tellsNothing);
        it(`is ${exchange} from ${app} to ${node}, which the logs tell of ${logs.join(" and ") || "neither"}`, async () => {
          const { answer, ...said } = await (await between(app, node)).ping();
          assert.match(answer, answered);
          const told = (["app", "node"] as const).filter((end) => tells[tunnel][end](said[end]) !== undefined);
          assert.deepEqual(told, logs, JSON.stringify(said));
          for (const end of logs) assert.equal(tells[tunnel][end](said[end]), exchange, said[end]);
        });
      }

      for (const operatingSystem of operatingSystems)
        it(`is told of no connection that never came about: the near end of ${operatingSystem} goes on where no node is there`, async () => {
          const end = { tunnel, operatingSystem };
          const { nodeLog } = await between(operatingSystem, operatingSystem);
          const near = await releases.near(end, { address: `${releases.fixture.node.address}:1`, nodeLog });
          for (let times = 0; times < 3; times += 1) {
            const { answer, app } = await near.ping(["app"]);
            assert.equal(answer, "");
            assert.equal(tells[tunnel].app(app), undefined);
          }
        });

      describe("where nothing else than the hybrid one is taken", () => {
        let strict: OpenTunnel;
        before(async () => {
          const end = { tunnel, operatingSystem: "debian-13" } as const;
          strict = await releases.tunnel(end, end, true);
        });

        it("is that between two hosts of Debian 13", async () => {
          assert.match((await strict.ping()).answer, answered);
        });

        it("lets an app host of Debian 13 in whose user data is older", async () => {
          const older = await releases.near({ tunnel, operatingSystem: "debian-13" }, strict);
          assert.match((await older.ping()).answer, answered);
        });

        it("lets no byte of an app host of Debian 12 through, and says why", async () => {
          const older = await releases.near({ tunnel, operatingSystem: "debian-12" }, strict);
          const { answer, node } = await older.ping();
          assert.equal(answer, "");
          assert.match(node, /no suitable key share/);
        });

        it("sends nothing to a node of Debian 12: the near end takes nothing else either", async () => {
          const older = await between("debian-13", "debian-12");
          const near = await releases.near({ tunnel, operatingSystem: "debian-13" }, older, true);
          assert.match((await older.ping()).answer, answered);
          assert.equal((await near.ping()).answer, "");
        });

        for (const client of operatingSystems)
          it(`lets no byte through of who offers ${classicalGroup} alone with the right certificate, and who offers the other one as well is answered (OpenSSL of ${client})`, async () => {
            const ping = (groups: readonly string[], by = client): Promise<string> =>
              releases.tlsPing(by, strict.address, [...handshakeOptions(releases.fixture), ...groups]);
            for (const group of [classicalGroup, "P-256", "X448"]) {
              const refused = await ping(["-groups", group]);
              assert.match(refused, /alert handshake failure/, group);
              assert.doesNotMatch(refused, /NOAUTH/);
            }
            assert.match(await ping(["-groups", `${classicalGroup}:${hybridGroup}`], "debian-13"), /-NOAUTH /);
          });
      });
    });
  }

  it("is the same where the two ends are made by different programs", async () => {
    const [one, other] = tunnelEngines;
    for (const [app, node] of [
      [one, other],
      [other, one],
    ] as const) {
      const end = { operatingSystem: "debian-13" } as const;
      const { answer, ...said } = await (
        await releases.tunnel({ tunnel: app, ...end }, { tunnel: node, ...end })
      ).ping();
      assert.match(answer, answered);
      assert.deepEqual(
        [tells[app].app(said.app), tells[node].node(said.node)],
        ["hybrid", tells[node].node === tellsNothing ? undefined : "hybrid"],
      );
    }
  });
});
