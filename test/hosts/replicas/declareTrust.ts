import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pMap from "p-map";
import type { Host } from "../../../lab/hosts/index.js";
import type { ReplicasFixture } from "../../../lab/replicas/openReplicas.js";
import { said } from "../../../lab/scenario/attack.js";
import { strangersCertificates } from "../../../lab/scenario/attacks/certificates.js";
import { authorities, type Authorities } from "../../../lab/scenario/identities.js";
import { tlsClient } from "../../../lab/scenario/tls.js";
import { clientCertificate, serverCertificate } from "../../../src/plan/certificates.js";
import { busPort, redisPort, replicationPort } from "../../../src/plan/ports.js";
import { asRootOf, receptionOf, stolenFrom, tries, type Place, type Reception, type Stolen } from "./callers.js";

export const [answered, notListed, away] = ["is answered", "is not on its list", "does not get there"] as const;

export interface Caller {
  readonly who: string;
  readonly shows: "web" | "peer";
  readonly from: "the app host" | "beside the app host" | "beside a node" | "a node's place";
  /** By each service. */
  readonly receptions: readonly Reception[];
}

/** Who calls which services of a cache's nodes. */
export interface Trust {
  /** A cache of which all nodes are well. */
  readonly open: () => Promise<ReplicasFixture>;
  readonly ports: readonly number[];
  /** Each is the others' control case: who does not get to a service in one row, or is not admitted to it, is answered there in another. */
  readonly callers: readonly Caller[];
  /** Whose key is stolen. */
  readonly stolenNode: string;
  /** Beside which strangers are. */
  readonly besideNode: string;
}

export function declareTrust({ open, ports, callers, stolenNode, besideNode }: Trust): void {
  let fixture: ReplicasFixture;
  let folder: string;
  let identities: Readonly<Record<Caller["shows"], Stolen>>;
  let places: Readonly<Record<Caller["from"], Place>>;
  let known: Authorities;
  /** Of each caller at each node. All call at once: who does not get there waits for long. */
  let came: Reception[][][];
  const triesOf = async (count: number): Promise<void> => {
    for (const place of Object.values<Place>(places)) assert.equal((await place.exec(tries(count))).exitCode, 0);
  };
  before(async () => {
    fixture = await open();
    const node = (name: string): Host => {
      const found = fixture.nodes.find((one) => one.name === name);
      assert.ok(found, name);
      return found;
    };
    folder = mkdtempSync(join(tmpdir(), "replicas-trust-"));
    known = await authorities(await fixture.stack.exportStack(), folder);
    identities = {
      web: await stolenFrom(fixture, fixture.app, folder),
      peer: await stolenFrom(fixture, node(stolenNode), folder),
    };
    places = {
      "the app host": asRootOf(fixture.app),
      "beside the app host": await fixture.neighbour(fixture.app, "a stranger"),
      "beside a node": await fixture.neighbour(node(besideNode), "a stranger"),
      "a node's place": await fixture.neighbour(node(besideNode), "one of its own"),
    };
    await triesOf(3);
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
  after(async () => {
    await triesOf(6);
    rmSync(folder, { recursive: true });
  });

  for (const [row, { who, shows, from, receptions }] of callers.entries()) {
    it(`${who} from ${from}: ${ports.map((port, index) => `${port} ${receptions[index] ?? ""}`).join(", ")}`, () => {
      // No node is among its own peers.
      const isOwn = (name: string): boolean => shows === "peer" && name === stolenNode;
      const expected = fixture.nodes.map(({ name }) =>
        receptions.map((one) => (one === answered && isOwn(name) ? notListed : one)),
      );
      assert.deepEqual(came[row], expected);
    });
  }

  const listed = (port: number): string =>
    port === redisPort
      ? clientCertificate("sessions", "web").dnsName
      : serverCertificate("sessions", stolenNode, "").dnsName;
  for (const port of ports) {
    it(`a stranger, whatever certificate they make up: ${port} refuses the handshake, or ends it without a byte`, async () => {
      const place = places[[replicationPort, busPort].includes(port) ? "a node's place" : "beside the app host"];
      const privateIp = fixture.nodes[0]?.privateIp ?? "";
      const tried = await pMap(
        strangersCertificates(listed(port)),
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
}
