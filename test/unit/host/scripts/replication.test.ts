import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import { redisPort, sentinelPort } from "../../../../src/plan/ports.js";
import { ScriptHost, type Ended } from "../../../support/scriptHost.js";

const [a, b, c] = ["127.82.0.1", "127.82.0.2", "127.82.0.3"] as const;
const nodes = [a, b, c];
const password = "ab".repeat(16);
const configName = "c0nf1gC0nf1g";

/** What Redis says of a node: whom it follows, or how much it has told its replicas, and how many values it has. */
const follows = (primary: string, offset = 0): string =>
  `# Replication\nrole:slave\nmaster_host:${primary}\nmaster_link_status:up\nmaster_repl_offset:${offset}`;
const leads = (offset = 0, keys = 0): string =>
  `# Replication\nrole:master\nmaster_repl_offset:${offset}${keys === 0 ? "" : `\n# Keyspace\ndb0:keys=${keys},expires=0`}`;

/** One that stands still, and one that has no place left for who asks. */
const standsStill = "";
const hasNoPlace = "ERR max number of clients reached";

type Round = Readonly<Partial<Record<string, string>>>;

describe("scripts that decide which node leads", () => {
  let host: ScriptHost;
  beforeEach(() => {
    host = new ScriptHost();
    host.write(
      hostPaths.replicationEnvironment,
      `HIPAA_REDIS_SELF=${a}\nHIPAA_REDIS_NODES=${nodes.join(",")}\nHIPAA_REDIS_SENTINELS=${nodes.join(",")}\n`,
    );
    host.write(`${hostPaths.runFolder}/secret/peer-password`, `${password}\n`);
    host.write(`${hostPaths.runFolder}/secret/config-command`, `${configName}\n`);
    host.standIn("chown");
  });

  afterEach(() => {
    host.remove();
  });

  /**
   * What Sentinels and Redis answer, by address and port, in one look after the other, of which the last stays; who is not there answers
   * nothing, and who stands still is no longer waited for after two seconds. A look ends with a pause.
   */
  function answering(...rounds: readonly Round[]): void {
    for (const [index, round] of rounds.entries()) {
      for (const [who, answer] of Object.entries(round))
        host.write(
          `/answers/${index}/${who}`,
          answer === standsStill || answer === hasNoPlace ? answer : `OK\n${answer ?? ""}\n`,
        );
    }
    host.write("/round", "");
    const last = rounds.length - 1;
    const round = `$(($(wc -l <${host.path("/round")}) < ${last} ? $(wc -l <${host.path("/round")}) : ${last}))`;
    host.standInScript(
      "ask-peer",
      `cat >/dev/null; file="${host.path("/answers")}/${round}/$1:$2"; [ -e "$file" ] || exit 0; [ -s "$file" ] || exit 124; cat "$file"`,
    );
    host.standIn("sleep", `echo >>${host.path("/round")}`);
  }

  const sentinels = (...named: readonly (string | undefined)[]): Round =>
    Object.fromEntries(
      named.flatMap((primary, index) =>
        primary === undefined ? [] : [[`${nodes[index] ?? ""}:${sentinelPort}`, `${primary}\n${redisPort}`]],
      ),
    );
  const redis = (answers: Round): Round =>
    Object.fromEntries(Object.entries(answers).map(([node, answer]) => [`${node}:${redisPort}`, answer]));

  describe("find-primary", () => {
    for (const [what, named, primary] of [
      ["all agree", [b, b, b], b],
      ["one is away", [b, undefined, b], b],
      ["one is cut off with the primary before", [a, b, b], b],
      ["two are away", [undefined, undefined, b], undefined],
      ["no two agree", [a, b, c], undefined],
      ["one names no node of a cache", [b, "10.0.0.9", "10.0.0.9"], undefined],
      ["nobody answers", [], undefined],
    ] as const) {
      it(`prints ${primary === undefined ? "nothing" : "whom the majority of all Sentinels names"} where ${what}`, () => {
        host.install("find-primary");
        answering(sentinels(...named));
        const { status, stdout, stderr } = host.run("find-primary");
        assert.deepEqual([status, stdout, stderr], primary === undefined ? [1, "", ""] : [0, `${primary}\n`, ""]);
      });
    }
  });

  describe("choose-role", () => {
    const start = (...rounds: readonly Round[]): Ended => {
      host.install("find-primary");
      host.install("choose-role");
      host.write(hostPaths.redisCommands, "user _agent reset on #00 -@all +info\n");
      answering(...rounds);
      return host.run("choose-role");
    };
    const role = (): string => host.read(`${hostPaths.redisStartFolder}/role.conf`);
    const auth = `masteruser _replica\nmasterauth ${password}\n`;
    const says = (...lines: readonly string[]): string => lines.map((line) => `hipaa-redis: ${line}\n`).join("");

    it("has a node follow the primary that is named", () => {
      const { status, stderr } = start({ ...sentinels(b, b, b), ...redis({ [b]: leads(7, 3), [c]: follows(b) }) });
      assert.deepEqual(
        [status, stderr, role()],
        [0, says(`starting as a replica of ${b}.`), `${auth}replicaof ${b} 6379\n`],
      );
    });

    it("lets the one lead that is named, where no other node has a value", () => {
      for (const others of [{}, { [b]: follows(a), [c]: follows(a) }, { [b]: leads() }]) {
        const { status, stderr } = start({ ...sentinels(a, a, a), ...redis(others) });
        const expected = [0, says("starting as the primary: no other node has a value."), auth];
        assert.deepEqual([status, stderr, role()], expected, JSON.stringify(others));
      }
    });

    for (const [what, other] of [
      ["values", leads(0, 1)],
      ["copied some of its own", follows(a, 1)],
      ["told its replicas of some", leads(1)],
    ] as const) {
      it(`never lets an empty one lead where another node has ${what}: it waits until that one is named`, () => {
        const before = { ...sentinels(a, a, a), ...redis({ [c]: other }) };
        const { status, stderr } = start(before, before, { ...sentinels(c, c, c), ...redis({ [c]: other }) });
        const waits = "waiting for Sentinel to have another node take over: this one is empty, and others have values.";
        assert.deepEqual([status, stderr], [0, says(waits, `starting as a replica of ${c}.`)]);
        assert.equal(role(), `${auth}replicaof ${c} 6379\n`);
      });
    }

    const unknown = "waiting for another node to say whether it has values.";
    for (const [what, other] of [
      ["stands still", standsStill],
      ["has no place for who asks", hasNoPlace],
    ] as const) {
      const before = { ...sentinels(a, a, a), ...redis({ [b]: follows(a), [c]: other }) };

      it(`takes no node for empty that ${what}: it waits until that one is named`, () => {
        const { status, stderr } = start(before, before, { ...sentinels(c, c, c), ...redis({ [c]: leads(7, 3) }) });
        assert.deepEqual([status, stderr], [0, says(unknown, `starting as a replica of ${c}.`)]);
      });

      it(`leads where another ${what} for a minute, and is not named`, () => {
        host.standIn("date", `echo $((1000 + 25 * $(wc -l <${host.path("/round")})))`);
        const { status, stderr } = start(before);
        const leadsAfterAll = "starting as the primary: no other node says that it has a value.";
        assert.deepEqual([status, stderr, role()], [0, says(unknown, leadsAfterAll), auth]);
        assert.equal(host.read("/round").length, 3);
      });
    }

    it("waits for a majority of the Sentinels", () => {
      const { status, stderr } = start({}, sentinels(undefined, undefined, b), sentinels(undefined, b, b));
      const waits = "waiting for a majority of the Sentinels to name a primary.";
      assert.deepEqual([status, stderr], [0, says(waits, `starting as a replica of ${b}.`)]);
    });

    it("gives CONFIG the name of all nodes, and the agent what a hand-over takes, for Redis's user alone to read", () => {
      start(sentinels(b, b, b));
      assert.equal(
        host.read(hostPaths.redisCommands),
        `user _agent reset on #00 -@all +info +client|pause +client|unpause +replicaof +config|set\nrename-command CONFIG ${configName}\n`,
      );
      for (const name of ["role.conf", "commands.conf"])
        assert.equal(statSync(host.path(`${hostPaths.redisStartFolder}/${name}`)).mode & 0o777, 0o400);
    });
  });

  describe("prepare-sentinel", () => {
    const prepare = (round: Round): string[] => {
      host.install("find-primary");
      host.install("prepare-sentinel");
      host.standInScript("sentinel-users", "echo 'user _peer reset on #00 +ping'");
      host.write(hostPaths.sentinelConfig, "sentinel monitor main @primary@ 6379 2\n");
      host.write(`${hostPaths.sentinelFolder}/.keep`, "");
      answering(round);
      const { status, stderr } = host.run("prepare-sentinel");
      assert.deepEqual([status, stderr], [0, ""]);
      return host.read(`${hostPaths.sentinelFolder}/sentinel.conf`).trimEnd().split("\n");
    };

    for (const [what, round, primary] of [
      [
        "a majority of the others names, whatever their Redis says",
        { ...sentinels(undefined, b, b), ...redis({ [c]: leads(9) }) },
        b,
      ],
      [
        "most nodes' Redis follow, where no majority of the Sentinels names one",
        redis({ [a]: follows(c), [b]: follows(c), [c]: leads(5) }),
        c,
      ],
      ["has had values, where nobody follows anybody", redis({ [a]: leads(), [b]: leads(5), [c]: leads() }), b],
      ["the plan has first, where nobody answers", {}, a],
      ["the plan has first, where no node has had a value", redis({ [b]: leads(), [c]: leads() }), a],
    ] as const) {
      it(`begins with the primary that ${what}, and knows all other nodes as its replicas`, () => {
        const lines = prepare(round);
        assert.equal(lines[0], `sentinel monitor main ${primary} 6379 2`);
        assert.deepEqual(
          lines.filter((line) => line.startsWith("sentinel known-replica ")),
          nodes.filter((node) => node !== primary).map((node) => `sentinel known-replica main ${node} 6379`),
        );
      });
    }

    it("has the peers' password, the name of CONFIG and its users in a file that Redis's user alone reads", () => {
      assert.deepEqual(prepare({}).slice(-4), [
        `sentinel auth-pass main ${password}`,
        `sentinel sentinel-pass ${password}`,
        `sentinel rename-command main CONFIG ${configName}`,
        "user _peer reset on #00 +ping",
      ]);
      const file = `${hostPaths.sentinelFolder}/sentinel.conf`;
      assert.equal(statSync(host.path(file)).mode & 0o777, 0o600);
      assert.ok(host.calls().includes(`chown redis:redis ${host.path(file)}`));
    });
  });

  describe("time-sentinel", () => {
    const time = (answers: string): Ended => {
      host.install("time-sentinel");
      host.standInScript(
        "ask-peer",
        `echo "$*" >"${host.path("/asked")}"; cat >>"${host.path("/asked")}"; printf '${answers}'`,
      );
      return host.run("time-sentinel", ["1000"]);
    };

    it("tells the node's own Sentinel how often to look at the nodes", () => {
      const { status, stderr } = time("OK\\nOK\\n");
      assert.deepEqual([status, stderr], [0, ""]);
      assert.equal(host.read("/asked"), `${a} ${sentinelPort} _peer\nSENTINEL DEBUG INFO-PERIOD 1000\n`);
    });

    for (const [what, answers] of [
      ["refuses it", "OK\\nERR Unknown argument\\n"],
      ["refuses the password", "WRONGPASS\\nNOAUTH\\n"],
      ["is not there", ""],
    ] as const) {
      it(`fails where Sentinel ${what}`, () => {
        const { status, stderr } = time(answers);
        assert.equal(status, 1);
        assert.match(stderr, /Sentinel refuses/);
      });
    }
  });

  describe("hand-over", () => {
    /** What the node's own Redis says in one look after the other, of which the last stays; a Sentinel takes the failover up, and b leads. */
    const handOver = (...looks: readonly string[]): Ended & { readonly asked: string[] } => {
      host.install("hand-over");
      answering({ ...sentinels(b, b, b), [`${a}:${sentinelPort}`]: "OK" });
      host.standInScript("find-primary", `echo ${b}`);
      for (const [index, look] of looks.entries()) host.write(`/own/${index}`, `OK\n${look}\n`);
      const looked = `$(wc -l <${host.path("/round")})`;
      const look = `$((${looked} < ${looks.length - 1} ? ${looked} : ${looks.length - 1}))`;
      host.standInScript(
        "ask-redis",
        `command=$(cat); echo "$command" >>"${host.path("/asked")}"; case $command in INFO*) cat "${host.path("/own")}/${look}" ;; *) printf 'OK\\nOK\\n' ;; esac`,
      );
      host.standIn("date", `echo $((1000 + ${looked}))`);
      const ended = host.run("hand-over");
      const asked = host.read("/asked").trimEnd().split("\n");
      return { ...ended, asked: asked.filter((line) => !line.startsWith("INFO")) };
    };
    const has = (offset: number, lag = 0, state = "online"): string => `state=${state},offset=${offset},lag=${lag}`;
    const primary = (offset: number, ...replicas: readonly string[]): string =>
      [
        `role:master\nconnected_slaves:${replicas.length}`,
        ...replicas.map((replica, index) => `slave${index}:ip=${nodes[index + 1] ?? ""},port=${redisPort},${replica}`),
        `master_repl_offset:${offset}`,
      ].join("\n");
    const pause = ["CONFIG SET repl-ping-replica-period 3600", "CLIENT PAUSE 30000 WRITE"];
    const done = [...pause, `REPLICAOF ${b} ${redisPort}`, "CLIENT UNPAUSE"];
    const failovers = (): number => host.calls().filter((call) => call.startsWith("ask-peer ")).length;

    it("holds writes and pings back, and follows the node that Sentinel has lead", () => {
      const { status, stderr, asked } = handOver(primary(100, has(100), has(100)));
      assert.deepEqual([status, stderr], [0, `hipaa-redis: handed over to ${b}.\n`]);
      assert.deepEqual(asked, done);
    });

    it("asks for a failover only when each replica has all that there was, as Sentinel may choose any, and no later", () => {
      const { asked } = handOver(
        primary(100, has(100), has(40)),
        primary(114, has(114), has(99)),
        primary(128, has(114), has(100)),
      );
      assert.deepEqual(asked, done);
      assert.equal(host.read("/round").length, 2);
    });

    it("waits for no replica that is silent, or takes a whole copy, while another has all", () => {
      for (const other of [has(40, 4), has(40, 0, "wait_bgsave"), has(0, 0, "send_bulk")])
        assert.deepEqual(handOver(primary(100, has(100), other)).asked.slice(-4), done, other);
    });

    it("gives up after 15 s without a failover where a replica does not come to have all", () => {
      const { status, stderr, asked } = handOver(primary(100, has(100), has(40)));
      const why = "hipaa-redis: not handed over: its replicas do not have all that it has.\n";
      assert.deepEqual([status, stderr, asked, failovers()], [0, why, pause, 0]);
      assert.equal(host.read("/round").length, 15);
    });

    it("does nothing on a replica, and where nobody follows", () => {
      for (const own of [follows(b, 100), primary(100)]) {
        const { status, stderr, asked } = handOver(own);
        assert.deepEqual([status, stderr, asked], [0, "", []]);
        host.write("/asked", "");
      }
    });
  });

  describe("ask-peer", () => {
    const ask = (redisCli: string): Ended => {
      host.install("ask-peer");
      host.standIn("redis-cli", redisCli);
      return host.run("ask-peer", [b, String(redisPort), "_sentinel"], {}, "INFO\n");
    };

    it("sends its user's password and the commands, and prints the answers", () => {
      const { status, stdout, stderr } = ask("cat");
      assert.deepEqual([status, stdout, stderr], [0, `AUTH _sentinel ${password}\nINFO\n`, ""]);
      assert.deepEqual(host.calls(), [`redis-cli -h ${b} -p ${redisPort}`]);
    });

    it("ends well with no answer where nobody is there, and not where one does not answer in time", () => {
      const away = ask("cat >/dev/null");
      assert.deepEqual([away.status, away.stdout], [0, ""]);
      const silent = ask("echo OK; exec sleep 60");
      assert.deepEqual([silent.status, silent.stdout], [124, "OK\n"]);
    });
  });

  describe("wait-for-peers", () => {
    const wait = (...rounds: readonly Round[]): Ended & { readonly looks: number } => {
      host.install("wait-for-peers");
      answering(...rounds);
      // Each look takes five minutes.
      host.standIn("date", `echo $((1000 + 300 * $(wc -l <${host.path("/round")})))`);
      host.standIn("logger");
      const ended = host.run("wait-for-peers");
      return { ...ended, looks: host.read("/round").length + 1 };
    };
    const well = redis({ [a]: leads(9), [b]: follows(a), [c]: follows(a) });

    it("goes on at once where one node leads and the others follow it", () => {
      const { status, stderr, looks } = wait(well);
      assert.deepEqual([status, stderr, looks], [0, "", 1]);
    });

    it("waits for nobody where this node's server is too old to be started: an update alone helps", () => {
      const tooOld = `${hostPaths.redisStartFolder}/too-old`;
      host.write(tooOld, "too_old:redis-tools 1 is older than 2\n");
      assert.equal(wait(redis({ [b]: leads(9), [c]: follows(b) })).status, 0);
      assert.deepEqual(
        host.calls().filter((call) => call.startsWith("ask-peer")),
        [],
      );
    });

    for (const [what, round] of [
      ["one does not answer", redis({ [a]: leads(9), [b]: follows(a) })],
      [
        "one has no link to the primary",
        { ...well, ...redis({ [c]: follows(a).replace("status:up", "status:down") }) },
      ],
      ["two lead", { ...well, ...redis({ [b]: leads(9) }) }],
      ["none leads", { ...well, ...redis({ [a]: follows(b) }) }],
    ] as const) {
      it(`waits while ${what}, and says after half an hour that no updates are installed`, () => {
        const inTheEnd = wait(round, round, well);
        assert.deepEqual([inTheEnd.status, inTheEnd.looks], [0, 3]);
        assert.deepEqual(
          host.calls().filter((call) => call.startsWith("logger")),
          [],
        );
        const { status, looks } = wait(round);
        assert.deepEqual([status, looks], [1, 7]);
        assert.equal(host.calls().filter((call) => call.startsWith("logger")).length, 1);
      });
    }
  });
});
