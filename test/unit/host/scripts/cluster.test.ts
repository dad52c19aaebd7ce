import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { statSync, utimesSync } from "node:fs";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import type { ScriptName } from "../../../../src/host/scripts.js";
import { membersSum } from "../../../../src/plan/clusterHealth.js";
import { ScriptHost, type Ended } from "../../../support/scriptHost.js";

const password = "ab".repeat(16);
const largestValueBytes = 32 * 1024 ** 2;

type Place = `${number}-${number}`;
const address = (place: Place): string => `127.82.0.${Number(place[0]) * 6 + Number(place[2]) + 1}`;
const id = (place: Place): string => place.replace("-", "").padEnd(40, "f");

/** What one node says of another. */
interface Said {
  /** As Redis writes it; `master` where nothing is said. */
  readonly flags?: string;
  readonly follows?: Place;
  readonly epoch?: number;
  readonly slots?: string;
  /** The list of members that it goes by. */
  readonly list?: string;
}
type Nodes = Readonly<Partial<Record<Place, Said>>>;

function nodesLines(nodes: Nodes): string {
  return Object.entries(nodes)
    .map(([at, { flags, follows, epoch = 0, slots = "", list } = {}]) => {
      const place = at as Place;
      const kind = follows === undefined ? "master" : "slave";
      const name = list === undefined ? "" : `,${list}`;
      const words = [id(place), `${address(place)}:6379@16379${name}`, flags ?? kind];
      return [...words, follows === undefined ? "-" : id(follows), 0, 0, epoch, "connected", slots].join(" ").trimEnd();
    })
    .map((line) => `${line}\n`)
    .join("");
}

function membersLines(places: readonly Place[]): string {
  return places.map((place) => `${place} ${address(place)} ${id(place)}\n`).join("");
}

const three: readonly Place[] = ["0-0", "0-1", "1-0", "1-1", "2-0", "2-1"];
const four: readonly Place[] = [...three, "3-0", "3-1"];
const nameOf = (places: readonly Place[]): string =>
  `members-${createHash("sha256").update(membersLines(places)).digest("hex").slice(0, 16)}`;

/** Three shards as they are formed. */
const formed: Nodes = {
  "0-0": { epoch: 100, slots: "0-5460" },
  "0-1": { follows: "0-0", epoch: 100 },
  "1-0": { epoch: 99, slots: "5461-10921" },
  "1-1": { follows: "1-0", epoch: 99 },
  "2-0": { epoch: 98, slots: "10922-16383" },
  "2-1": { follows: "2-0", epoch: 98 },
};

describe("scripts of a node of a cluster", () => {
  let host: ScriptHost;
  beforeEach(() => {
    host = new ScriptHost();
    host.write(`${hostPaths.runFolder}/secret/peer-password`, `${password}\n`);
    host.standIn("chown");
  });
  afterEach(() => {
    host.remove();
  });

  function is(self: Place, members: readonly Place[] = three): void {
    host.write(
      hostPaths.replicationEnvironment,
      `HIPAA_REDIS_SELF=${address(self)}\nHIPAA_REDIS_NODE_ID=${id(self)}\nHIPAA_REDIS_FORMS_AFTER_SECONDS=15\nHIPAA_REDIS_SETTLE_SECONDS=0\nHIPAA_REDIS_LARGEST_VALUE_BYTES=${largestValueBytes}\n`,
    );
    host.write(hostPaths.clusterMembers, membersLines(members));
  }

  /** Runs a script that reads what Redis says of the nodes. */
  function decide(name: ScriptName, self: Place, nodes: Nodes, members = three): Ended {
    is(self, members);
    host.install(name);
    return host.run(name, [], {}, nodesLines(nodes));
  }

  describe("cluster-role", () => {
    const peers = (...of: readonly (readonly [Place, "there" | "away"])[]): string[] =>
      of.map(([place, where]) => `${address(place)} ${where}`);
    for (const [what, self, nodes, role] of [
      ["one that leads slots", "1-0", formed, ["lead", ...peers(["1-1", "there"])]],
      [
        "one that leads slots, with a replica that is away",
        "1-0",
        { ...formed, "1-1": { follows: "1-0", flags: "slave,fail" } },
        ["lead", ...peers(["1-1", "away"])],
      ],
      ["a replica", "1-1", formed, [`follow ${id("1-0")}`, ...peers(["1-0", "there"])]],
      [
        "one whose replica has taken over",
        "1-0",
        { ...formed, "1-0": { flags: "master,fail" }, "1-1": { slots: "5461-10921" } },
        [`follow ${id("1-1")}`, ...peers(["1-1", "there"])],
      ],
      [
        "one that nobody knows, of a shard that is led",
        "2-1",
        { ...formed, "2-1": undefined },
        [`follow ${id("2-0")}`, ...peers(["2-0", "there"])],
      ],
      ["the first of a new shard", "3-0", { ...formed, "3-1": {} }, ["wait", ...peers(["3-1", "there"])]],
      [
        "another of a new shard, whose first has no slots yet",
        "3-1",
        { ...formed, "3-0": {} },
        [`follow ${id("3-0")}`, ...peers(["3-0", "there"])],
      ],
      ["another of a new shard, alone", "3-1", formed, ["wait"]],
      ["one of a new shard, whose first is only met", "3-1", { ...formed, "3-0": { flags: "handshake" } }, ["wait"]],
    ] as const) {
      it(`says what ${what} is, and who may have its values`, () => {
        const known = Object.fromEntries(Object.entries(nodes).filter(([, said]) => said !== undefined));
        const { status, stdout, stderr } = decide("cluster-role", self, known, four);
        assert.deepEqual([status, stderr, stdout.trimEnd().split("\n")], [0, "", role]);
      });
    }
  });

  describe("cluster-health", () => {
    const health = (self: Place, nodes: Nodes, members = three, state = "ok"): Record<string, string> => {
      is(self, members);
      host.write(hostPaths.members, list);
      host.install("cluster-health");
      host.standInScript("ask-peer", `cat >/dev/null; cat ${host.path("/told")}`);
      host.write("/told", `OK\ncluster_state:${state}\ncluster_size:3\n${nodesLines(nodes)}`);
      const { status, stdout, stderr } = host.run("cluster-health");
      assert.deepEqual([status, stderr], [0, ""]);
      return Object.fromEntries(
        [...stdout.matchAll(/^(\w+):(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]),
      );
    };
    const list = "0-0 10.0.0.4\n";
    const told = (slots: number, strangers: number, misplaced: number, state = "ok"): object => ({
      cluster_state: state,
      members: membersSum(list),
      slots: String(slots),
      strangers: String(strangers),
      misplaced: String(misplaced),
    });

    it("tells how many slots the node leads, and that all are where the plan has them", () => {
      assert.deepEqual(health("2-0", formed), told(5462, 0, 0));
      assert.deepEqual(health("2-1", formed, three, "fail"), told(0, 0, 0, "fail"));
    });

    it("tells how many are to go to a new shard, whichever of a shard's nodes leads, and what is on its way not twice", () => {
      const grown: Nodes = {
        ...formed,
        "0-0": { follows: "0-1" },
        "0-1": { slots: `1000-5460 [1000->-${id("3-0")}]` },
        "3-0": { slots: "0-999" },
        "3-1": { follows: "3-0" },
      };
      assert.deepEqual(health("0-1", grown, four), told(4461, 0, 4096 - 1000));
    });

    it("tells how many are still with a shard that the list has no more", () => {
      const shrunk: Nodes = { ...formed, "0-0": { slots: "1366-5460" }, "3-0": { slots: "0-1365" } };
      assert.deepEqual(health("0-0", shrunk), told(4095, 1366, 1366));
    });
  });

  describe("next-slots", () => {
    const next = (self: Place, nodes: Nodes, members = three): string => {
      const { status, stdout, stderr } = decide("next-slots", self, nodes, members);
      assert.deepEqual([status, stderr], [0, ""]);
      return stdout.trimEnd();
    };
    const slots = (from: number, count = 128): string =>
      Array.from({ length: count }, (_, index) => from + index).join(" ");
    const grown: Nodes = { ...formed, "3-0": {}, "3-1": { follows: "3-0" } };

    it("has nothing to do where the slots are spread as they were at the beginning", () => {
      for (const self of three) assert.equal(next(self, formed), "", self);
    });

    it("has the first primary of a new shard take the lowest of what others have too much, and nobody else", () => {
      assert.equal(next("3-0", grown, four), `${address("0-0")} ${id("0-0")} ${slots(4096, 1)}`);
      for (const self of ["0-0", "1-0", "2-0", "3-1", "0-1"] as const) assert.equal(next(self, grown, four), "", self);
    });

    it("goes on with what is left, and ends with exactly what it lacks", () => {
      const later = { ...grown, "0-0": { slots: "0-4095 4097-5460" }, "3-0": { slots: "4096" } };
      assert.equal(next("3-0", later, four), `${address("0-0")} ${id("0-0")} ${slots(4097)}`);
      const last = {
        ...grown,
        ...{ "0-0": { slots: "0-4095" }, "1-0": { slots: "5461-9556" }, "2-0": { slots: "10922-15017 16381-16383" } },
        "3-0": { slots: "4096-5460 9557-10921 15018-16380" },
      };
      assert.equal(next("3-0", last, four), `${address("2-0")} ${id("2-0")} 16381 16382 16383`);
    });

    it("takes from one giver at once", () => {
      const atTheEnd = {
        ...grown,
        ...{ "0-0": { slots: "0-4095 5460" }, "3-0": { slots: "4096-5459" } },
      };
      assert.equal(next("3-0", atTheEnd, four), `${address("0-0")} ${id("0-0")} 5460`);
    });

    it("has the lowest shard that lacks slots take them from who is on the list no more, one shard after the other", () => {
      const full = {
        "0-0": { slots: "0-4095" },
        ...{ "1-0": { slots: "4096-8191" }, "1-1": { follows: "1-0" as const } },
        ...{ "2-0": { slots: "8192-12287" }, "3-0": { slots: "12288-16383" } },
      };
      assert.equal(next("0-0", full), `${address("3-0")} ${id("3-0")} ${slots(12_288)}`);
      for (const self of ["1-0", "2-0", "1-1"] as const) assert.equal(next(self, full), "", self);
      const second = { ...full, "0-0": { slots: "0-4095 12288-13652" }, "3-0": { slots: "13653-16383" } };
      assert.equal(next("0-0", second), "");
      assert.equal(next("1-0", second), `${address("3-0")} ${id("3-0")} ${slots(13_653)}`);
    });

    it("leaves it to the one that leads the shard, and reads no slot that is on its way as one that it has", () => {
      const failedOver = {
        ...grown,
        "3-0": { flags: "master,fail", slots: "" },
        "3-1": { slots: `4096 [4097-<-${id("0-0")}]` },
        "0-0": { slots: "0-4095 4097-5460" },
      };
      assert.equal(next("3-0", failedOver, four), "");
      assert.equal(next("3-1", failedOver, four), `${address("0-0")} ${id("0-0")} ${slots(4097)}`);
    });
  });

  describe("open-slots", () => {
    const at = (place: Place): string => `${address(place)} ${id(place)}`;
    for (const [what, self, nodes, lines] of [
      ["nothing where none is open", "0-0", formed, []],
      [
        "takes what it was taking, from who has it now",
        "1-0",
        {
          ...formed,
          "0-0": { flags: "master,fail" },
          "0-1": { slots: "0-5460" },
          "1-0": { slots: `5461-10921 [7-<-${id("0-0")}] [6-<-${id("0-0")}]` },
        },
        [`take ${at("0-1")} 6`, `take ${at("0-1")} 7`],
      ],
      [
        "gives what it was giving to who leads there now",
        "0-0",
        {
          ...formed,
          "0-0": { slots: `0-5460 [7->-${id("1-0")}]` },
          "1-0": { flags: "slave", follows: "1-1" },
          "1-1": { slots: "5461-10921" },
        },
        [`give ${at("1-1")} 7`],
      ],
      [
        "gives it to one that is on the list no more, and is there",
        "0-0",
        { ...formed, "0-0": { slots: `0-5460 [7->-${id("3-0")}]` }, "3-0": {} },
        [`give ${at("3-0")} 7`],
      ],
      [
        "closes what nobody is there to take",
        "0-0",
        { ...formed, "0-0": { slots: `0-5460 [7->-${id("3-0")}]` }, "3-0": { flags: "master,fail" } },
        ["close 7"],
      ],
      [
        "closes what it has given or taken already",
        "0-0",
        { ...formed, "0-0": { slots: `0-5460 [7-<-${id("1-0")}] [6000->-${id("1-0")}]` } },
        ["close 6000", "close 7"],
      ],
      [
        "leaves it to the primary of a replica that knows of it, as Valkey's do",
        "1-1",
        {
          ...formed,
          "1-0": { slots: `5461-10921 [7-<-${id("0-0")}]` },
          "1-1": { flags: "slave", follows: "1-0", slots: `[7-<-${id("0-0")}]` },
        },
        [],
      ],
    ] as const satisfies readonly (readonly [string, Place, Nodes, readonly string[]])[]) {
      it(what, () => {
        const { status, stdout, stderr } = decide("open-slots", self, nodes);
        assert.deepEqual([status, stderr], [0, ""]);
        assert.deepEqual(stdout.split("\n").filter(Boolean).sort(), [...lines].sort());
      });
    }
  });

  describe("agree-on-members", () => {
    const named = (nodes: Nodes, list: string): Nodes =>
      Object.fromEntries(Object.entries(nodes).map(([place, said]) => [place, { ...said, list }]));
    const all = named(formed, nameOf(three));
    for (const [what, nodes, agreed, tells] of [
      ["all go by the same", all, true, false],
      ["this one has not told its own yet", { ...all, "0-0": formed["0-0"] }, true, true],
      ["this one has told another before", { ...all, "0-0": { ...formed["0-0"], list: nameOf(four) } }, true, true],
      ["a replica goes by another", { ...all, "2-1": { ...formed["2-1"], list: nameOf(four) } }, true, false],
      ["a primary goes by another", { ...all, "2-0": { ...formed["2-0"], list: nameOf(four) } }, false, false],
      ["a primary goes by none", { ...all, "2-0": formed["2-0"] }, false, false],
      ["a shard's primary is away", { ...all, "2-0": { ...all["2-0"], flags: "master,fail" } }, false, false],
      ["one that is on the list no more goes by another", { ...all, "3-0": { list: nameOf(four) } }, true, false],
    ] as const) {
      it(`says ${agreed ? "yes" : "no"} where ${what}${tells ? ", and tells it" : ""}`, () => {
        host.standInScript("ask-redis", `cat >>${host.path("/told")}`);
        host.write("/told", "");
        const { status, stdout, stderr } = decide("agree-on-members", "0-0", nodes);
        assert.deepEqual([status, stdout, stderr], [agreed ? 0 : 1, "", ""]);
        const told = tells ? `CONFIG SET cluster-announce-hostname ${nameOf(three)}\n` : "";
        assert.equal(host.read("/told"), told);
      });
    }
  });

  it("agree-on-members says no of a node that is about to hand over", () => {
    const all = Object.fromEntries(
      Object.entries(formed).map(([place, said]) => [place, { ...said, list: nameOf(three) }]),
    );
    host.standInScript("ask-redis", "cat >/dev/null");
    host.write(`${hostPaths.redisStartFolder}/leaves`, "");
    assert.equal(decide("agree-on-members", "0-0", all).status, 1);
  });

  /** What nodes answer, in one look after the other, of which the last stays. A look ends with a pause. */
  type Round = Readonly<Partial<Record<Place, string>>>;
  function answering(...rounds: readonly Round[]): void {
    for (const [index, round] of rounds.entries())
      for (const [place, answer] of Object.entries(round))
        host.write(`/answers/${index}/${address(place as Place)}`, answer ?? "");
    host.write("/round", "");
    host.write("/told", "");
    const last = rounds.length - 1;
    const now = `$(wc -l <${host.path("/round")})`;
    const round = `$((${now} < ${last} ? ${now} : ${last}))`;
    host.standInScript(
      "ask-peer",
      `while read -r line; do echo "$1 $line"; done | grep -v ' INFO\\| CLUSTER INFO\\| CLUSTER NODES' >>${host.path("/told")}
cat "${host.path("/answers")}/${round}/$1" 2>/dev/null || true`,
    );
    host.standIn("sleep", `echo >>${host.path("/round")}`);
    // Each look takes a second.
    host.standIn("date", `echo $((1000 + $(wc -l <${host.path("/round")})))`);
  }
  const told = (): string[] => host.read("/told").split("\n").filter(Boolean);
  // Some fields are as long as an id.
  const inTouch = (nodes: Nodes, epoch = 100, state = "ok", replication = ""): string =>
    [
      ...["OK", `cluster_state:${state}`, `cluster_known_nodes:${Object.keys(nodes).length}`],
      ...[`cluster_current_epoch:${epoch}`, "cluster_stats_messages_update_received:1"],
      ...["cluster_stats_messages_auth-req_received:1", "", nodesLines(nodes), replication],
    ].join("\n");
  const asSeenBy = (place: Place, nodes: Nodes): Nodes => {
    const said = nodes[place] ?? {};
    const flags = said.flags ?? (said.follows === undefined ? "master" : "slave");
    return { ...nodes, [place]: { ...said, flags: `myself,${flags}` } };
  };

  describe("find-view", () => {
    const find = (round: Round): Ended => {
      is("0-0");
      host.install("find-view");
      answering(round);
      return host.run("find-view");
    };

    it("prints what the one says that is in touch and knows most", () => {
      const newer = asSeenBy("2-0", formed);
      const { status, stdout, stderr } = find({
        "0-1": inTouch(asSeenBy("0-1", formed), 100),
        "1-0": inTouch(asSeenBy("1-0", formed), 109, "fail"),
        "2-0": inTouch(newer, 101),
      });
      assert.deepEqual([status, stderr], [0, ""]);
      assert.equal(stdout, `ok 101 ${address("2-0")} 5 3\n${nodesLines(newer)}`);
    });

    it("takes one that is in touch with too few where there is no other", () => {
      const { status, stdout } = find({ "1-0": inTouch(formed, 109, "fail"), "2-0": inTouch(formed, 101, "fail") });
      assert.deepEqual([status, stdout.split("\n")[0]], [0, `fail 109 ${address("1-0")} 5 2`]);
    });

    it("takes no answer that was cut off", () => {
      const whole = inTouch(formed, 101);
      const cut = whole.slice(0, whole.lastIndexOf(id("2-1")));
      assert.equal(find({ "1-0": cut }).status, 2);
      assert.match(find({ "0-1": inTouch(formed), "1-0": cut }).stdout, /^ok 100 /);
    });

    it("tells nobody from one that tells nothing", () => {
      assert.equal(find({}).status, 1);
      assert.equal(find({ "1-0": "WRONGPASS invalid username-password pair or user is disabled.\n" }).status, 2);
    });
  });

  describe("seed-cluster", () => {
    let members: readonly Place[];
    beforeEach(() => {
      members = three;
    });
    const start = (self: Place, ...rounds: readonly Round[]): Ended & { readonly looks: number } => {
      is(self, members);
      for (const name of ["find-view", "cluster-role", "seed-cluster"] as const) host.install(name);
      host.write(hostPaths.redisCommands, "user _agent reset on #00 -@all +info\n");
      host.write(hostPaths.redisMemory, "");
      answering(...rounds);
      const ended = host.run("seed-cluster");
      return { ...ended, looks: host.read("/round").length + 1 };
    };
    const lines = (): string[] => host.read(hostPaths.clusterNodes).trimEnd().split("\n");
    const own = (): string | undefined => lines().find((line) => line.includes("myself"));
    const says = (...texts: readonly string[]): string => texts.map((text) => `hipaa-redis: ${text}\n`).join("");
    const empty = "role:slave\nmaster_repl_offset:0\n";
    const copied = (offset: number): string =>
      `role:slave\nmaster_repl_offset:${offset}\n# Keyspace\ndb0:keys=3,expires=0\n`;
    const seen = (nodes: Nodes, change: Round = {}, state = "ok", epoch = 104): Round => ({
      "2-0": inTouch(asSeenBy("2-0", nodes), epoch, state),
      ...change,
    });

    it("has what the plan says after fifteen seconds with nobody there", () => {
      const { status, stderr, looks } = start("1-0", {});
      const texts = ["waiting for another node.", "starting as the plan has it: no other node is there."];
      assert.deepEqual([status, stderr, looks], [0, says(...texts), 16]);
      assert.deepEqual(lines(), [
        `${id("0-0")} ${address("0-0")}:6379@16379 master - 1 0 100 connected 0-5460`,
        `${id("0-1")} ${address("0-1")}:6379@16379 slave ${id("0-0")} 1 0 100 connected`,
        `${id("1-0")} ${address("1-0")}:6379@16379 myself,master - 0 0 99 connected 5461-10921`,
        `${id("1-1")} ${address("1-1")}:6379@16379 slave ${id("1-0")} 1 0 99 connected`,
        `${id("2-0")} ${address("2-0")}:6379@16379 master - 1 0 98 connected 10922-16383`,
        `${id("2-1")} ${address("2-1")}:6379@16379 slave ${id("2-0")} 1 0 98 connected`,
        "vars currentEpoch 100 lastVoteEpoch 0",
      ]);
    });

    it("never has it on a node of the fourth shard or a later one: it waits for those of the first three", () => {
      members = four;
      const rounds = Array.from({ length: 40 }, () => ({}));
      const { looks, stderr } = start(
        "3-0",
        ...rounds,
        seen({ ...formed, "3-0": { epoch: 97, slots: "7" } }, {}, "fail"),
      );
      assert.equal(looks, 41);
      assert.equal(stderr, says("waiting for another node.", `starting as node ${address("2-0")} sees it: to lead.`));
    });

    it("never has it while somebody is there who tells nothing", () => {
      const refuses = { "1-0": "WRONGPASS\n" };
      const rounds = Array.from({ length: 20 }, () => refuses);
      const { looks, stderr } = start("0-0", ...rounds, seen(formed, { "0-1": `OK\n${empty}` }));
      assert.equal(looks, 21);
      assert.match(stderr, /: waiting for another node to tell of the cluster: one is there, and does not\.\n/);
    });

    it("has a replica follow, with all others as they are seen, and what is open nowhere", () => {
      const nodes: Nodes = {
        ...formed,
        "0-0": { epoch: 103, slots: `0-5460 7000`, list: nameOf(three) },
        "1-0": { epoch: 99, flags: "master,fail" },
        "1-1": { epoch: 104, slots: "5461-6999 7001-10921" },
        "2-0": { epoch: 98, slots: `10922-16383 [11000->-${id("0-0")}]` },
        "3-0": { flags: "handshake" },
      };
      const { status, stderr } = start("0-1", seen(nodes));
      const text = `starting as node ${address("2-0")} sees it: to follow ${id("0-0")}.`;
      assert.deepEqual([status, stderr], [0, says(text)]);
      assert.deepEqual(lines(), [
        `${id("0-0")} ${address("0-0")}:6379@16379 master - 1 0 103 connected 0-5460 7000`,
        `${id("1-0")} ${address("1-0")}:6379@16379 master,fail - 1 0 99 connected`,
        `${id("1-1")} ${address("1-1")}:6379@16379 master - 1 0 104 connected 5461-6999 7001-10921`,
        `${id("2-0")} ${address("2-0")}:6379@16379 master - 1 0 98 connected 10922-16383`,
        `${id("2-1")} ${address("2-1")}:6379@16379 slave ${id("2-0")} 1 0 98 connected`,
        `${id("0-1")} ${address("0-1")}:6379@16379 myself,slave ${id("0-0")} 0 0 0 connected`,
        "vars currentEpoch 104 lastVoteEpoch 104",
      ]);
    });

    it("lets a primary lead what it led, where no other of its shard has a value", () => {
      for (const peer of [{ "0-1": `OK\n${empty}` }, {}]) {
        const flags = peer["0-1"] === undefined ? "slave,fail" : "slave";
        const nodes = { ...formed, "0-1": { follows: "0-0", flags } as const };
        const { status, stderr } = start("0-0", seen(nodes, peer));
        assert.deepEqual([status, stderr], [0, says(`starting as node ${address("2-0")} sees it: to lead.`)]);
        assert.equal(own(), `${id("0-0")} ${address("0-0")}:6379@16379 myself,master - 0 0 100 connected 0-5460`);
        assert.deepEqual(told(), []);
      }
    });

    const led: Nodes = { ...formed, "0-0": { epoch: 100 }, "0-1": { epoch: 105, slots: "0-5460" } };
    const waits = "waiting for another node to take over: this one is empty, and others have values.";
    for (const [what, answer] of [
      ["values", copied(9)],
      ["been told of some", "role:slave\nmaster_repl_offset:1\n"],
    ] as const) {
      it(`never lets an empty one lead where a replica has ${what}: that one takes over first`, () => {
        const before = seen(formed, { "0-1": `OK\n${answer}` });
        const { status, stderr } = start("0-0", before, before, seen(led, { "0-1": `OK\n${answer}` }));
        const text = `starting as node ${address("2-0")} sees it: to follow ${id("0-1")}.`;
        assert.deepEqual([status, stderr], [0, says(waits, text)]);
        assert.deepEqual(told(), [`${address("0-1")} CLUSTER FAILOVER FORCE`]);
        assert.equal(own(), `${id("0-0")} ${address("0-0")}:6379@16379 myself,slave ${id("0-1")} 0 0 0 connected`);
      });
    }

    it("nor where its replica is there and does not say", () => {
      const silent = seen(formed);
      const refuses = seen(formed, { "0-1": "LOADING\n" });
      const { stderr, looks } = start("0-0", silent, refuses, silent, seen(formed, { "0-1": `OK\n${empty}` }));
      assert.deepEqual([stderr.includes(waits), looks, told()], [true, 4, []]);
    });

    it("has the replica with the most of its values take over, and asks it anew after five seconds", () => {
      members = ["0-0", "0-1", "0-2", "1-0", "2-0"];
      const nodes: Nodes = { ...formed, "0-2": { follows: "0-0" } };
      const before = seen(nodes, { "0-1": `OK\n${copied(99)}`, "0-2": `OK\n${copied(100)}` });
      const rounds = Array.from({ length: 7 }, () => before);
      const after = seen({ ...nodes, "0-0": {}, "0-2": { slots: "0-5460" } });
      start("0-0", ...rounds, after);
      const call = `${address("0-2")} CLUSTER FAILOVER FORCE`;
      assert.deepEqual(told(), [call, call]);
    });

    it("has a replica that has keys of the first slot lead a shard that has no slots yet, and follows it", () => {
      members = four;
      const nodes: Nodes = { ...formed, "3-0": { flags: "master,fail" }, "3-1": { follows: "3-0" } };
      const peer = { "3-1": `OK\n${copied(9)}` };
      start("3-0", seen(nodes, peer), seen({ ...nodes, "3-1": {} }, peer));
      assert.deepEqual(told(), [`${address("3-1")} CLUSTER FAILOVER TAKEOVER`]);
      assert.equal(own(), `${id("3-0")} ${address("3-0")}:6379@16379 myself,slave ${id("3-1")} 0 0 0 connected`);
    });

    it("waits for slots where nobody of its shard has a value", () => {
      members = four;
      const nodes: Nodes = { ...formed, "3-0": {}, "3-1": { follows: "3-0" } };
      start("3-0", seen(nodes, { "3-1": `OK\n${empty}` }));
      assert.deepEqual(told(), []);
      assert.equal(own(), `${id("3-0")} ${address("3-0")}:6379@16379 myself,master - 0 0 0 connected`);
    });

    it("has it take over without a vote where no majority is there to vote, but most nodes are", () => {
      const few = (answers: Round): Round => seen(formed, { "0-1": `OK\n${copied(9)}`, ...answers }, "fail");
      const after = seen(led, { "0-1": `OK\n${copied(9)}` });
      const rounds = Array.from({ length: 16 }, () => few({ "1-1": `OK\n` }));
      const { stderr } = start("0-0", ...rounds, after);
      assert.match(stderr, /^hipaa-redis: waiting for a node that is in touch with most primaries\.\n/);
      assert.deepEqual(told(), [`${address("0-1")} CLUSTER FAILOVER TAKEOVER`]);
    });

    it("but not where it sees few nodes: these may be cut off from the others", () => {
      const rounds = Array.from({ length: 16 }, () => seen(formed, { "0-1": `OK\n${copied(9)}` }, "fail"));
      start("0-0", ...rounds, seen(led));
      assert.deepEqual(told(), [`${address("0-1")} CLUSTER FAILOVER FORCE`]);
    });

    it("gives Redis the password of its peers, and the agent what tells it another, for Redis's user alone to read", () => {
      start("0-1", seen(formed));
      assert.equal(host.read(hostPaths.redisRole), `masteruser _replica\nmasterauth ${password}\n`);
      assert.equal(host.read(hostPaths.redisCommands), "user _agent reset on #00 -@all +info +config|set\n");
      const mode = (path: string): number => statSync(host.path(path)).mode & 0o777;
      assert.deepEqual(
        [hostPaths.redisRole, hostPaths.redisCommands, hostPaths.clusterNodes].map(mode),
        [0o400, 0o400, 0o600],
      );
    });
  });

  describe("join-cluster", () => {
    const [list, other] = [nameOf(three), nameOf(four)];
    const named = (nodes: Nodes, name = list): Nodes =>
      Object.fromEntries(Object.entries(nodes).map(([place, said]) => [place, { ...said, list: name }]));
    const join = (self: Place, nodes: Nodes, seen: Nodes | undefined, viewer: Place = "2-0"): string[] => {
      is(self);
      for (const name of ["find-view", "cluster-role", "agree-on-members", "join-cluster"] as const) host.install(name);
      host.standInScript("ask-redis", "cat >/dev/null");
      host.write(`${hostPaths.redisStartFolder}/agent`, "");
      answering({
        [self]: `OK\n${nodesLines(asSeenBy(self, nodes))}`,
        ...(seen === undefined ? {} : { [viewer]: inTouch(asSeenBy(viewer, seen)) }),
      });
      const { status, stderr } = host.run("join-cluster");
      assert.deepEqual([status, stderr], [0, ""]);
      return told();
    };
    const all = named(formed);
    const without = Object.fromEntries(Object.entries(all).filter(([place]) => place !== "2-1"));

    it("has nothing to do where all know each other", () => {
      for (const self of ["0-0", "0-1"] as const) assert.deepEqual(join(self, all, all), [], self);
    });

    it("has others meet a node that they don't know, once they go by its list", () => {
      assert.deepEqual(join("2-1", all, without), [`${address("2-1")} CLUSTER MEET ${address("2-0")} 6379 16379`]);
      assert.deepEqual(join("2-1", all, named(without, other)), []);
      assert.deepEqual(join("2-1", all, undefined), []);
    });

    it("asks one of the others, and all where that one is in touch with too few, or doesn't know this node", () => {
      join("2-1", all, all);
      const others = three.filter((place) => place !== "2-1");
      const asked = (seen: Nodes, state: string): number => {
        const answers = others.map((place) => [place, inTouch(asSeenBy(place, seen), 100, state)] as const);
        answering({ "2-1": `OK\n${nodesLines(asSeenBy("2-1", all))}`, ...Object.fromEntries(answers) });
        host.calls();
        assert.equal(host.run("join-cluster").status, 0);
        return host.calls().filter((call) => others.some((place) => call.startsWith(`ask-peer ${address(place)} `)))
          .length;
      };
      assert.equal(asked(all, "ok"), 1);
      assert.equal(asked(all, "fail"), 1 + others.length);
      assert.equal(asked(without, "ok"), 1 + others.length);
    });

    it("looks at what others know once a minute, where its list is an old one", () => {
      const looked = `${hostPaths.redisStartFolder}/looked`;
      const old = new Date(Date.now() - 11 * 60_000);
      const meets = (): boolean => {
        is("2-1");
        utimesSync(host.path(hostPaths.clusterMembers), old, old);
        return host.run("join-cluster").status === 0 && told().length > 0;
      };
      join("2-1", all, without);
      host.write("/told", "");
      assert.equal(meets(), false);
      const before = new Date(Date.now() - 2 * 60_000);
      utimesSync(host.path(looked), before, before);
      assert.equal(meets(), true);
      host.write("/told", "");
      assert.equal(meets(), false);
    });

    it("has a node without slots follow who leads its shard, also from another", () => {
      const call = `${address("2-1")} CLUSTER REPLICATE ${id("2-0")}`;
      assert.deepEqual(join("2-1", { ...all, "2-1": { list } }, all), [call]);
      assert.deepEqual(join("2-1", { ...all, "2-1": { follows: "1-0", list } }, all), [call]);
    });

    it("has the first of a shard take over from one that is on the list no more, where that leads it", () => {
      const led: Nodes = {
        ...all,
        "0-0": { follows: "0-2", list },
        "0-1": { follows: "0-2", list },
        "0-2": { slots: "0-5460", list: other },
      };
      assert.deepEqual(join("0-0", led, all), [`${address("0-0")} CLUSTER FAILOVER`]);
      assert.deepEqual(join("0-1", led, all), []);
      const away = { ...led, "0-0": { follows: "0-2", flags: "slave,fail", list } } as const;
      assert.deepEqual(join("0-1", away, all), [`${address("0-1")} CLUSTER FAILOVER`]);
      assert.deepEqual(join("0-0", { ...led, "0-2": { list: other } }, all), []);
    });

    it("forgets who is on the list no more and has no slots, once all primaries go by that list", () => {
      const left: Nodes = {
        ...all,
        "3-0": { list: other },
        "3-1": { follows: "3-0", flags: "slave,fail", list: other },
      };
      assert.deepEqual(
        join("0-0", left, all),
        ["3-0", "3-1"].map((place) => `${address("0-0")} CLUSTER FORGET ${id(place as Place)}`),
      );
      // So that the next refresh lays out the secret without the ways to them.
      const taken = `${hostPaths.secretFolder}/taken`;
      for (const [nodes, isTaken] of [
        [all, true],
        [left, false],
      ] as const) {
        host.write(taken, "");
        join("0-0", nodes, all);
        assert.equal(host.has(taken), isTaken);
      }
      // The replica of one that still has slots may have to take over.
      const leads = { ...left, "3-0": { slots: "7", list: other } };
      assert.deepEqual(join("0-0", leads, all), []);
      assert.deepEqual(join("0-0", { ...leads, "3-1": { list: other } }, all), [
        `${address("0-0")} CLUSTER FORGET ${id("3-1")}`,
      ]);
      assert.deepEqual(join("0-0", { ...left, "1-0": { ...formed["1-0"], list: other } }, all), []);
      assert.deepEqual(join("0-0", { ...all, "3-0": { flags: "handshake" } }, all), []);
    });

    it("does nothing while its Redis does not answer", () => {
      is("0-0");
      host.install("join-cluster");
      answering({});
      assert.equal(host.run("join-cluster").status, 0);
      assert.deepEqual(told(), []);
    });
  });

  describe("move-slots", () => {
    const grown: Nodes = {
      ...{ "0-0": { slots: "0-4095 5459-5460" }, "1-0": { slots: "5461-9556" }, "2-0": { slots: "10922-15017" } },
      "3-0": { flags: "myself,master", slots: "4096-5458 9557-10921 15018-16383" },
    };
    const done: Nodes = { ...grown, "0-0": { slots: "0-4095" }, "3-0": { slots: "4096-5460 9557-10921 15018-16383" } };
    const members: readonly Place[] = ["0-0", "1-0", "2-0", "3-0"];

    /**
     * Redis of all nodes, as one: it has the slots as in `grown` until these are given, keys by slot until they are moved, and refuses what
     * matches. A key takes as many bytes as its name has behind an `=`, or few.
     */
    function serve(
      keys: Readonly<Record<number, readonly string[]>>,
      refused = "^$",
      began: Nodes = grown,
      refusal = 'echo "ERR refused"',
    ): void {
      for (const [slot, names] of Object.entries(keys))
        host.write(`/keys/${slot}`, names.map((name) => `${name}\n`).join(""));
      host.write("/keys/none", "");
      host.write("/told", "");
      host.write("/before", nodesLines(asSeenBy("3-0", { ...began, "3-0": { ...began["3-0"], flags: "master" } })));
      host.write("/after", nodesLines(asSeenBy("3-0", { ...done })));
      const [folder, all] = [host.path("/keys"), host.path("/told")];
      host.standInScript(
        "ask-peer",
        `echo OK
while read -r line; do
  if echo "$line" | grep -qE '${refused}'; then ${refusal}; continue; fi
  case $line in
  'CLUSTER NODES') if grep -q "^${address("0-0")} .* NODE" ${all}; then cat ${host.path("/after")}; else cat ${host.path("/before")}; fi ;;
  'INFO replication') echo connected_slaves:0 ;;
  *COUNTKEYSINSLOT*) cat ${folder}/\${line##* } ${folder}/none 2>/dev/null | wc -l ;;
  *) echo "$1 $line" >>${all}; echo OK ;;
  esac
done`,
      );
      host.standIn(
        "redis-cli",
        `address=$(echo "$*" | sed -E 's/.*-h ([0-9.]+) .*/\\1/')
while IFS= read -r line; do
  case $line in
  AUTH*) echo OK ;;
  *GETKEYSINSLOT*)
    slot=$(echo "$line" | cut -d ' ' -f 3)
    if [ -s "${folder}/$slot" ]; then head -n 12 "${folder}/$slot" | awk '{ printf "%2d) %s\\n", NR, $0 }'; else echo '(empty array)'; fi ;;
  *COUNTKEYSINSLOT*) echo "(integer) $(cat "${folder}/\${line##* }" "${folder}/none" 2>/dev/null | wc -l)" ;;
  MEMORY*) echo "(integer) $(printf '%s' "$line" | sed -nE 's/.*=([0-9]+)" SAMPLES 0$/\\1/p' | grep . || echo 56)" ;;
  MIGRATE*)
    if printf '%s\\n' "$line" | grep -qE '${refused}'; then echo '(error) IOERR error or timeout writing to target instance'; continue; fi
    printf '%s %s\\n' "$address" "$line" >>${all}
    for file in ${folder}/[0-9]*; do
      while IFS= read -r key; do
        case $line in *"$key"*) ;; *) printf '%s\\n' "$key" ;; esac
      done <"$file" >"$file.left"
      mv "$file.left" "$file"
    done
    echo OK ;;
  esac
done`,
      );
      host.standInScript("agree-on-members", "cat >/dev/null");
      host.standIn("sleep");
    }
    const move = (self: Place = "3-0"): Ended => {
      is(self, members);
      for (const name of ["open-slots", "next-slots", "move-slots"] as const) host.install(name);
      return host.run("move-slots");
    };
    const [giver, taker] = [address("0-0"), address("3-0")];
    const begin = [
      ...[5459, 5460].map((slot) => `${taker} CLUSTER SETSLOT ${slot} IMPORTING ${id("0-0")}`),
      ...[5459, 5460].map((slot) => `${giver} CLUSTER SETSLOT ${slot} MIGRATING ${id("3-0")}`),
    ];
    const end = [taker, giver].flatMap((node) =>
      [5459, 5460].map((slot) => `${node} CLUSTER SETSLOT ${slot} NODE ${id("3-0")}`),
    );
    const migrate = (...keys: readonly string[]): string =>
      `${giver} MIGRATE ${taker} 6379 "" 0 5000 REPLACE AUTH2 _node ${password} KEYS ${keys.join(" ")}`;

    it("moves all keys of each slot, ten at once and never of two slots, and has the taker claim them first", () => {
      const many = Array.from({ length: 25 }, (_, index) => `"many:${index + 100}"`);
      const odd = ['"a b"', '"\\"\\n\\x00$(x)"'];
      serve({ 5459: many, 5460: odd });
      const { status, stdout, stderr } = move();
      assert.deepEqual([status, stdout, stderr], [0, "", ""]);
      const moves = [
        migrate(...many.slice(0, 10)),
        migrate(...many.slice(10, 12)),
        migrate(...odd),
        ...[migrate(...many.slice(12, 22)), migrate(...many.slice(22, 24))],
        migrate(...many.slice(24)),
      ];
      assert.deepEqual(told(), [...begin, ...moves, ...end]);
    });

    const mebibytes = (name: string, count: number): string => `"${name}=${count * 1024 ** 2}"`;

    it("moves no more than a mebibyte at once, as Redis answers nobody meanwhile, and what is larger by itself", () => {
      const sizes = [0.25, 0.5, 0.25, 0.125, 0.25, 40, 0.5];
      const [a = "", b = "", c = "", d = "", e = "", f = "", g = ""] = sizes.map((size, index) =>
        mebibytes(`key${index}`, size),
      );
      serve({ 5459: [a, b, c, d, e, f, g] });
      assert.deepEqual(
        [move().status, told()],
        [0, [...begin, migrate(a, b, c), migrate(d, e), migrate(f), migrate(g), ...end]],
      );
    });

    it("leaves a value where it is that no node takes at once, moves the others of its slot, and tells the slot once", () => {
      const large = mebibytes("large", 42);
      for (const keys of [
        [large, '"a"'],
        ['"a"', large],
      ]) {
        serve({ 5459: ['"b"'], 5460: keys });
        const { status, stdout, stderr } = move();
        assert.deepEqual([status, stdout], [1, ""]);
        assert.equal(
          stderr,
          `hipaa-redis: slots stay where they are for now: ${giver} has values that are too large to move, in slots 5460.\n`,
        );
        assert.deepEqual(told(), [...begin, migrate('"b"'), migrate('"a"')]);
      }
    });

    it("puts neither password nor key on a command line", () => {
      serve({ 5459: ['"patient"'] });
      move();
      assert.deepEqual(
        host.calls().filter((call) => call.includes(password) || call.includes("patient")),
        [],
      );
    });

    for (const [what, refused, last] of [
      ["the taker refuses to import", "IMPORTING", []],
      ["the giver refuses to part with it", "MIGRATING", begin.slice(0, 2)],
      ["the giver does not tell what it has", "COUNTKEYSINSLOT", begin],
      ["a key is not taken", "MIGRATE .* KEYS", begin],
    ] as const) {
      it(`gives no slot away where ${what}: it tries again, fails, and says why without a key`, () => {
        serve({ 5459: ['"patient"'] }, refused);
        const { status, stdout, stderr } = move();
        assert.deepEqual([status, stdout], [1, ""]);
        assert.match(stderr, /^(hipaa-redis: slots stay where they are for now: [^\n]*\n){20}$/);
        assert.ok(!stderr.includes("patient"));
        assert.deepEqual([...new Set(told())], last);
      });
    }

    it("says which node takes a step no more, and what it has answered, or that it has not", () => {
      for (const [refusal, said] of [
        ['echo "ERR refused"', "ERR refused"],
        [":", "no answer"],
      ] as const) {
        serve({}, "MIGRATING", grown, refusal);
        const { stderr } = move();
        assert.deepEqual(
          [...new Set(stderr.trimEnd().split("\n"))],
          [`hipaa-redis: slots stay where they are for now: ${giver} does not take "MIGRATING ${id("3-0")}": ${said}`],
        );
      }
    });

    it("moves nothing while nodes go by different lists, nor on a node whose turn it is not", () => {
      serve({ 5459: ['"a"'] });
      host.standInScript("agree-on-members", "cat >/dev/null; exit 1");
      assert.deepEqual([move().status, told()], [0, []]);
      serve({ 5459: ['"a"'] });
      assert.deepEqual([move("1-0").status, told()], [0, []]);
    });

    it("begins once the list is as old as it takes clients to know the way to new nodes", () => {
      serve({});
      is("3-0", members);
      const wait = (seconds: number): string[] => {
        for (const name of ["open-slots", "next-slots", "move-slots"] as const) host.install(name);
        const text = host.read(hostPaths.replicationEnvironment);
        host.write(hostPaths.replicationEnvironment, text.replace(/SETTLE_SECONDS=\d+/, `SETTLE_SECONDS=${seconds}`));
        assert.equal(host.run("move-slots").status, 0);
        return told();
      };
      assert.deepEqual(wait(3600), []);
      assert.deepEqual(wait(0), [...begin, ...end]);
    });

    it("takes nothing while its shard should have a replica, and has none", () => {
      serve({});
      is("3-0", [...members, "3-1"]);
      for (const name of ["open-slots", "next-slots", "move-slots"] as const) host.install(name);
      assert.deepEqual([host.run("move-slots").status, told()], [0, []]);
    });

    it("first goes on with slots that are on their way, also while nodes go by different lists", () => {
      const open = `4096-5458 9557-10921 15018-16383 [5459-<-${id("0-0")}] [5460-<-${id("0-0")}]`;
      serve({ 5460: ['"a"'] }, "^$", { ...grown, "3-0": { slots: open } });
      host.standInScript("agree-on-members", "cat >/dev/null; exit 1");
      assert.equal(move().status, 0);
      assert.deepEqual(told(), [...begin, migrate('"a"'), ...end]);
    });
  });

  describe("move-slots on a giver", () => {
    const open: Nodes = { ...formed, "0-0": { slots: `0-5460 [7->-${id("1-0")}]` } };
    const give = (...rounds: readonly Round[]): string[] => {
      is("0-0");
      for (const name of ["open-slots", "next-slots", "move-slots"] as const) host.install(name);
      answering(...rounds);
      assert.equal(host.run("move-slots").status, 1);
      return told().filter((line) => line.includes("SETSLOT"));
    };
    const giver = (nodes: Nodes): string => `OK\n${nodesLines(asSeenBy("0-0", nodes))}`;
    const taker = (slots: string): string =>
      `OK\n${nodesLines(asSeenBy("1-0", { ...formed, "1-0": { slots: `5461-10921${slots}` } }))}`;

    it("goes on with a slot that the taker knows nothing of any more", () => {
      const [first] = give({ "0-0": giver(open), "1-0": taker("") });
      assert.equal(first, `${address("1-0")} CLUSTER SETSLOT 7 IMPORTING ${id("0-0")}`);
    });

    it("leaves it to a taker that goes on with it, and to one that has just come to its end", () => {
      is("0-0");
      for (const name of ["open-slots", "next-slots", "move-slots"] as const) host.install(name);
      for (const rounds of [
        [{ "0-0": giver(open), "1-0": taker(` [7-<-${id("0-0")}]`) }],
        [{ "0-0": giver(open), "1-0": taker("") }, { "0-0": giver(formed) }],
      ]) {
        answering(...rounds);
        assert.deepEqual([host.run("move-slots").status, told()], [0, []]);
      }
    });
  });

  describe("hand-over-cluster", () => {
    const replica = (place: Place, offset: number, state = "online"): string =>
      `slave${Number(place[2])}:ip=${address(place)},port=6379,state=${state},offset=${offset},lag=0`;
    const leads = (...replicas: readonly string[]): Round => ({
      "0-0": `OK\nrole:master\nconnected_slaves:${replicas.length}\n${replicas.join("\n")}\n${nodesLines(asSeenBy("0-0", formed))}`,
    });
    const follows: Round = { "0-0": "OK\nrole:slave\n" };
    const stop = (...rounds: readonly Round[]): Ended => {
      is("0-0");
      host.install("hand-over-cluster");
      answering(...rounds);
      return host.run("hand-over-cluster");
    };

    it("has the replica take over that has most, and waits until it does", () => {
      const before = leads(replica("0-1", 99), replica("0-2", 100), replica("0-3", 101, "wait_bgsave"));
      const { status, stderr } = stop(before, before, follows);
      assert.deepEqual([status, stderr], [0, `hipaa-redis: handed over to ${address("0-2")}.\n`]);
      assert.deepEqual(told(), [`${address("0-2")} CLUSTER FAILOVER`]);
    });

    it("does nothing for a replica, nor where none follows, nor where it has no slots, nor where Redis does not answer", () => {
      const without = `OK\nrole:master\n${replica("0-1", 99)}\n${nodesLines({ "0-0": { flags: "myself,master" } })}`;
      for (const round of [follows, leads(), { "0-0": without }, leads(replica("0-1", 1, "wait_bgsave")), {}]) {
        const { status, stderr } = stop(round);
        assert.deepEqual([status, stderr, told()], [0, "", []]);
      }
    });

    it("first lets slots come to where they are on their way to, and has all others begin no more", () => {
      const nodes = (slots: string): string => nodesLines(asSeenBy("0-0", { ...formed, "0-0": { slots } }));
      const before = `OK\nrole:master\n${replica("0-1", 99)}\n`;
      const moving = { "0-0": before + nodes(`0-5460 [7->-${id("1-0")}]`) };
      const still = { "0-0": before + nodes("0-5460") };
      host.install("agree-on-members");
      host.write("/announced", "");
      host.write(hostPaths.redisCommands, "");
      host.standInScript("ask-redis", `cat >>${host.path("/announced")}`);
      // Once it is still for a moment, and moves again.
      const { stderr } = stop(moving, still, still, moving, still, still, still, still, still, follows);
      assert.equal(stderr, `hipaa-redis: handed over to ${address("0-1")}.\n`);
      assert.equal(host.read("/announced"), "CONFIG SET cluster-announce-hostname leaves\n");
      assert.equal(host.read("/round").length, 9);
      assert.deepEqual(told(), [`${address("0-1")} CLUSTER FAILOVER`]);
    });

    it("hands over after a minute all the same, and tells who leads then what is on its way", () => {
      const slots = `0-5460 [7->-${id("1-0")}] [9000-<-${id("1-0")}]`;
      const nodes = nodesLines(asSeenBy("0-0", { ...formed, "0-0": { slots } }));
      const moving = { "0-0": `OK\nrole:master\n${replica("0-1", 99)}\n${nodes}` };
      host.install("agree-on-members");
      host.write(hostPaths.redisCommands, "");
      host.standInScript("ask-redis", "cat >/dev/null");
      const { stderr } = stop(...Array<Round>(61).fill(moving), follows);
      assert.equal(stderr, `hipaa-redis: handed over to ${address("0-1")}.\n`);
      const [failover, ...after] = told();
      assert.equal(failover, `${address("0-1")} CLUSTER FAILOVER`);
      assert.deepEqual(after, [
        `${address("0-1")} CLUSTER SETSLOT 7 MIGRATING ${id("1-0")}`,
        `${address("0-1")} CLUSTER SETSLOT 9000 IMPORTING ${id("1-0")}`,
      ]);
    });

    it("asks anew after six seconds, and gives up after fifteen", () => {
      const { status, stderr } = stop(leads(replica("0-1", 1)));
      assert.deepEqual([status, stderr], [0, "hipaa-redis: not handed over: no replica took over in time.\n"]);
      assert.equal(told().length, 3);
    });
  });

  describe("cluster-well", () => {
    const info = "cluster_state:ok\ncluster_slots_ok:16384\n";
    const well = (nodes: Nodes, change: Round = {}): Round => ({
      "0-0": `OK\n${info}${nodesLines(asSeenBy("0-0", nodes))}role:master\n`,
      "0-1": "OK\nrole:slave\nmaster_link_status:up\n",
      ...change,
    });
    const wait = (...rounds: readonly Round[]): number | null => {
      is("0-0");
      host.install("cluster-well");
      answering(...rounds);
      // Each look takes five minutes.
      host.standIn("date", `echo $((1000 + 300 * $(wc -l <${host.path("/round")})))`);
      host.standIn("logger");
      return host.run("cluster-well").status;
    };

    it("goes on at once where all members are there and the shard has its copies", () => {
      assert.equal(wait(well(formed)), 0);
      assert.equal(host.read("/round"), "");
    });

    it("waits for nobody where this node's server is too old to be started: an update alone helps", () => {
      host.write(`${hostPaths.redisStartFolder}/too-old`, "too_old:redis-tools 1 is older than 2\n");
      assert.equal(wait({}), 0);
      assert.equal(host.read("/round"), "");
    });

    const [first = ""] = Object.values(well(formed));
    for (const [what, round] of [
      ["a member is away", well({ ...formed, "2-1": { follows: "2-0", flags: "slave,fail" } })],
      ["a member may be away", well({ ...formed, "2-1": { follows: "2-0", flags: "slave,fail?" } })],
      ["a member is not known", well({ ...formed, "2-1": { follows: "2-0", flags: "handshake" } })],
      ["slots are on their way", well({ ...formed, "0-0": { slots: `0-5460 [7->-${id("1-0")}]` } })],
      ["the node is not in touch", well(formed, { "0-0": first.replace("state:ok", "state:fail") })],
      ["slots are not served", well(formed, { "0-0": first.replace("ok:16384", "ok:16000") })],
      ["its replica has no link", well(formed, { "0-1": "OK\nrole:slave\nmaster_link_status:down\n" })],
      ["nobody answers", {}],
    ] as const) {
      it(`waits while ${what}, and says after half an hour that no updates are installed`, () => {
        assert.equal(wait(round, round, well(formed)), 0);
        assert.equal(host.read("/round").length, 2);
        assert.equal(wait(round), 1);
        assert.equal(host.calls().filter((call) => call.startsWith("logger")).length, 1);
      });
    }
  });
});
