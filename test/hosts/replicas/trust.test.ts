import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pMap from "p-map";
import { said } from "../../../lab/scenario/attack.js";
import { strangersCertificates } from "../../../lab/scenario/attacks/certificates.js";
import { authorities, type Authorities } from "../../../lab/scenario/identities.js";
import { tlsClient } from "../../../lab/scenario/tls.js";
import { clientCertificate, serverCertificate } from "../../../src/plan/certificates.js";
import { redisPort, replicationPort, sentinelPort } from "../../../src/plan/ports.js";
import { describeOver } from "../../support/dimensions.js";
import { asRootOf, receptionOf, stolenFrom, type Place, type Reception, type Stolen } from "./callers.js";
import { nodeAt, settled } from "../../../lab/replicas/nodes.js";
import { replicasFixture, type ReplicasFixture } from "./openFixture.js";

const ports = [redisPort, replicationPort, sentinelPort] as const;

const [answered, notListed, away] = ["is answered", "is not on its list", "does not get there"] as const;

/** Whose key is stolen. */
const stolenNode = 2;

interface Caller {
  readonly who: string;
  readonly shows: "web" | "peer";
  readonly from: "the app host" | "beside the app host" | "beside a node" | "a node's place";
  /** By Redis for clients, Redis for peers, and Sentinel. */
  readonly receptions: readonly Reception[];
}

/** Each is the others' control case: who does not get to a service in one row, or is not admitted to it, is answered there in another. */
const callers: readonly Caller[] = [
  { who: "an application", shows: "web", from: "the app host", receptions: [answered, away, answered] },
  {
    who: "a thief of an application's key",
    shows: "web",
    from: "a node's place",
    receptions: [away, notListed, answered],
  },
  { who: "a thief of a node's key", shows: "peer", from: "a node's place", receptions: [away, answered, answered] },
  { who: "a thief of a node's key", shows: "peer", from: "beside a node", receptions: [away, away, away] },
  {
    who: "a thief of a node's key",
    shows: "peer",
    from: "beside the app host",
    receptions: [notListed, away, answered],
  },
];

describeOver(["tunnel"], "who gets to which service of a cache with replicas", ({ tunnel: engine }) => {
  let fixture: ReplicasFixture;
  let folder: string;
  let identities: Readonly<Record<Caller["shows"], Stolen>>;
  let places: Readonly<Record<Caller["from"], Place>>;
  let known: Authorities;
  /** Of each caller at each node. All call at once: who does not get there waits for long. */
  let came: Reception[][][];
  before(async () => {
    fixture = await replicasFixture(engine);
    await settled(fixture);
    folder = mkdtempSync(join(tmpdir(), "replicas-trust-"));
    known = await authorities(await fixture.stack.exportStack(), folder);
    identities = {
      web: await stolenFrom(fixture, fixture.app, folder),
      peer: await stolenFrom(fixture, nodeAt(fixture, stolenNode), folder),
    };
    places = {
      "the app host": asRootOf(fixture.app),
      "beside the app host": await fixture.neighbour(fixture.app, "a stranger"),
      "beside a node": await fixture.neighbour(nodeAt(fixture, 1), "a stranger"),
      "a node's place": await fixture.neighbour(nodeAt(fixture, 1), "one of its own"),
    };
    came = await Promise.all(
      callers.map(({ from, shows }) =>
        Promise.all(
          fixture.nodes.map(({ privateIp: address }) =>
            Promise.all(ports.map((port) => receptionOf(places[from], { address, port }, identities[shows]))),
          ),
        ),
      ),
    );
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [row, { who, shows, from, receptions }] of callers.entries()) {
    it(`${who} from ${from}: ${ports.map((port, index) => `${port} ${receptions[index] ?? ""}`).join(", ")}`, () => {
      // No node is among its own peers.
      const isOwn = (index: number): boolean => shows === "peer" && index === stolenNode;
      const expected = fixture.nodes.map((_, index) =>
        receptions.map((one) => (one === answered && isOwn(index) ? notListed : one)),
      );
      assert.deepEqual(came[row], expected);
    });
  }

  const listed = {
    [redisPort]: clientCertificate("sessions", "web").dnsName,
    [replicationPort]: serverCertificate("sessions", "sessions-2", "").dnsName,
    [sentinelPort]: serverCertificate("sessions", "sessions-2", "").dnsName,
  };
  for (const port of ports) {
    it(`a stranger, whatever certificate they make up: ${port} refuses the handshake, or ends it without a byte`, async () => {
      const place = places[port === replicationPort ? "a node's place" : "beside the app host"];
      const { privateIp } = nodeAt(fixture, 0);
      const tried = await pMap(
        strangersCertificates(listed[port]),
        async ({ what, refusal, options }) => {
          const shown = await options({ authorities: known, folder });
          const { stdout, ...rest } = await tlsClient("", port)(place, privateIp, shown);
          const text = said({ stdout, ...rest });
          return { what, isRefused: stdout === "" && refusal.test(text), text };
        },
        { concurrency: 4 },
      );
      assert.ok(tried.length > 10);
      assert.deepEqual(
        tried.filter(({ isRefused }) => !isRefused),
        [],
      );
    });
  }
});
