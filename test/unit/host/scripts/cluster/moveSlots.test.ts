import assert from "node:assert/strict";
import { hostPaths } from "../../../../../src/host/hostPaths.js";
import type { Ended } from "../../../../support/scriptHost.js";
import { ClusterHost, password, type Round } from "./clusterHost.js";
import { address, asSeenBy, formed, id, nodesLines, type Nodes, type Place } from "./nodes.js";

describe("move-slots", () => {
  let host: ClusterHost;
  beforeEach(() => {
    host = new ClusterHost();
  });
  afterEach(() => {
    host.remove();
  });

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
    host.is(self, members);
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
    assert.deepEqual(host.told(), [...begin, ...moves, ...end]);
  });

  const mebibytes = (name: string, count: number): string => `"${name}=${count * 1024 ** 2}"`;

  it("moves no more than a mebibyte at once, as Redis answers nobody meanwhile, and what is larger by itself", () => {
    const sizes = [0.25, 0.5, 0.25, 0.125, 0.25, 40, 0.5];
    const [a = "", b = "", c = "", d = "", e = "", f = "", g = ""] = sizes.map((size, index) =>
      mebibytes(`key${index}`, size),
    );
    serve({ 5459: [a, b, c, d, e, f, g] });
    assert.deepEqual(
      [move().status, host.told()],
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
      assert.deepEqual(host.told(), [...begin, migrate('"b"'), migrate('"a"')]);
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
      assert.deepEqual([...new Set(host.told())], last);
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
    assert.deepEqual([move().status, host.told()], [0, []]);
    serve({ 5459: ['"a"'] });
    assert.deepEqual([move("1-0").status, host.told()], [0, []]);
  });

  it("begins once the list is as old as it takes clients to know the way to new nodes", () => {
    serve({});
    host.is("3-0", members);
    const wait = (seconds: number): string[] => {
      for (const name of ["open-slots", "next-slots", "move-slots"] as const) host.install(name);
      const text = host.read(hostPaths.replicationEnvironment);
      host.write(hostPaths.replicationEnvironment, text.replace(/SETTLE_SECONDS=\d+/, `SETTLE_SECONDS=${seconds}`));
      assert.equal(host.run("move-slots").status, 0);
      return host.told();
    };
    assert.deepEqual(wait(3600), []);
    assert.deepEqual(wait(0), [...begin, ...end]);
  });

  it("takes nothing while its shard should have a replica, and has none", () => {
    serve({});
    host.is("3-0", [...members, "3-1"]);
    for (const name of ["open-slots", "next-slots", "move-slots"] as const) host.install(name);
    assert.deepEqual([host.run("move-slots").status, host.told()], [0, []]);
  });

  it("first goes on with slots that are on their way, also while nodes go by different lists", () => {
    const open = `4096-5458 9557-10921 15018-16383 [5459-<-${id("0-0")}] [5460-<-${id("0-0")}]`;
    serve({ 5460: ['"a"'] }, "^$", { ...grown, "3-0": { slots: open } });
    host.standInScript("agree-on-members", "cat >/dev/null; exit 1");
    assert.equal(move().status, 0);
    assert.deepEqual(host.told(), [...begin, migrate('"a"'), ...end]);
  });
});

describe("move-slots on a giver", () => {
  let host: ClusterHost;
  beforeEach(() => {
    host = new ClusterHost();
  });
  afterEach(() => {
    host.remove();
  });

  const open: Nodes = { ...formed, "0-0": { slots: `0-5460 [7->-${id("1-0")}]` } };
  const give = (...rounds: readonly Round[]): string[] => {
    host.is("0-0");
    for (const name of ["open-slots", "next-slots", "move-slots"] as const) host.install(name);
    host.answering(...rounds);
    assert.equal(host.run("move-slots").status, 1);
    return host.told().filter((line) => line.includes("SETSLOT"));
  };
  const giver = (nodes: Nodes): string => `OK\n${nodesLines(asSeenBy("0-0", nodes))}`;
  const taker = (slots: string): string =>
    `OK\n${nodesLines(asSeenBy("1-0", { ...formed, "1-0": { slots: `5461-10921${slots}` } }))}`;

  it("goes on with a slot that the taker knows nothing of any more", () => {
    const [first] = give({ "0-0": giver(open), "1-0": taker("") });
    assert.equal(first, `${address("1-0")} CLUSTER SETSLOT 7 IMPORTING ${id("0-0")}`);
  });

  it("leaves it to a taker that goes on with it, and to one that has just come to its end", () => {
    host.is("0-0");
    for (const name of ["open-slots", "next-slots", "move-slots"] as const) host.install(name);
    for (const rounds of [
      [{ "0-0": giver(open), "1-0": taker(` [7-<-${id("0-0")}]`) }],
      [{ "0-0": giver(open), "1-0": taker("") }, { "0-0": giver(formed) }],
    ]) {
      host.answering(...rounds);
      assert.deepEqual([host.run("move-slots").status, host.told()], [0, []]);
    }
  });
});
