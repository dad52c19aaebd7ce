import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { parse } from "yaml";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { nameProblems } from "../../../src/arguments/names.js";
import { fitting, userDataProblems } from "../../../src/host/checkUserData.js";
import { clientUserData } from "../../../src/host/clientUserData.js";
import { encodeBlocks, encodeEnvironment, encodeIni, encodeLines } from "../../../src/host/encode.js";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import { redisConf } from "../../../src/host/redisConf.js";
import {
  redisUsersConf,
  redisUsersLine,
  sentinelClientsEdit,
  sentinelUsersConf,
  sentinelUsersLine,
} from "../../../src/host/redisUsers.js";
import { redisUnit } from "../../../src/host/serviceUnits.js";
import { encodeUserData, userDataBytes } from "../../../src/host/userData.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { aclRules, lockedCommands } from "../../../src/plan/commands.js";
import { evictionPolicies } from "../../../src/plan/eviction.js";
import { sampleConnection, samplePlan, sshPublicKey } from "../../support/sample.js";

/** A node's user data. */
function nodeFiles(change: Partial<CacheArguments> = {}): string {
  const plan = samplePlan(change);
  const [node] = plan.nodes;
  assert.ok(node);
  const { region, secretArn } = sampleConnection;
  return nodeUserData(plan, node, { region, secretArn });
}

const article = ["SAVE", "BGSAVE", "BGREWRITEAOF", "DEBUG", "SHUTDOWN", "FLUSHDB", "FLUSHALL"];

describe("redis.conf", () => {
  const conf = redisConf(lockedCommands({ allowScripting: false }));

  it("keeps everything off the disk and off the network", () => {
    for (const line of ["port 0", 'save ""', "appendonly no", "dir /run/hipaa-redis/redis"]) {
      assert.ok(conf.split("\n").includes(line), line);
    }
  });

  it("evicts any key when it is full, or what the argument says", () => {
    assert.match(conf, /^maxmemory-policy allkeys-lru$/m);
    for (const policy of evictionPolicies) {
      const lines = nodeFiles({ evictionPolicy: policy })
        .split("\n")
        .map((line) => line.trim());
      assert.deepEqual(
        lines.filter((line) => line.startsWith("maxmemory-policy")),
        [`maxmemory-policy ${policy}`],
      );
    }
  });

  it("publishes no events of keys, or those of the argument", () => {
    assert.doesNotMatch(nodeFiles(), /notify-keyspace-events/);
    assert.match(nodeFiles({ keyspaceEvents: "Ex" }), /^ *notify-keyspace-events xE$/m);
    assert.match(nodeFiles({ keyspaceEvents: "K$" }), /^ *notify-keyspace-events \$K$/m);
  });

  it("takes values as large as the argument says, with buffers that are never smaller than by default", () => {
    const settings = /^ *(proto-max-bulk-len|client-query-buffer-limit|client-output-buffer-limit) (.*)$/gm;
    const limits = (maxValueBytes?: number): string[] =>
      [...nodeFiles({ maxValueBytes }).matchAll(settings)].map(([, , value = ""]) => value);
    const ofSubscribers = "pubsub 33554432 8388608 60";
    const byDefault = ["33554432", "67108864", "normal 134217728 67108864 60", ofSubscribers];
    assert.deepEqual(limits(), byDefault);
    assert.deepEqual(limits(1_048_576), ["1048576", ...byDefault.slice(1)]);
    assert.deepEqual(limits(536_870_912), [
      "536870912",
      "1073741824",
      "normal 2147483648 1073741824 60",
      ofSubscribers,
    ]);
  });

  it("takes the share of memory that the argument says, its unit three tenths more, and the tunnel what that leaves", () => {
    const shares = (maxMemoryPercent?: number): string[] =>
      [...nodeFiles({ maxMemoryPercent }).matchAll(/size-memory (\d+) |^ *MemoryMax=(\d+)%$/gm)].map(
        ([, redis, unit]) => redis ?? unit ?? "",
      );
    // The tunnel's unit comes last.
    assert.deepEqual(shares(), ["50", "65", "25"]);
    assert.deepEqual(shares(10), ["10", "65", "25"]);
    assert.deepEqual(shares(60), ["60", "78", "12"]);
  });

  it("disables the article's commands and renames CONFIG", () => {
    for (const name of article) assert.ok(conf.includes(`rename-command ${name.toLowerCase()} ""\n`), name);
    assert.doesNotMatch(conf, /rename-command config/i);
    const unit = redisUnit(lockedCommands({ allowScripting: false }));
    assert.match(unit, /^ExecStartPre=\+\S+\/prepare-redis CONFIG ACL$/m);
  });

  it("gives each client a user with every password that is accepted, and nobody else any", () => {
    const commands = lockedCommands({ allowScripting: false });
    const hashes = ["ab".repeat(32), "cd".repeat(32)];
    const users = redisUsersConf([{ name: "web", passwordsSha256: hashes }], commands);
    const [nobody, web, ...rest] = users.split("\n");
    assert.equal(nobody, "user default reset off");
    assert.equal(web, `user web reset on #${hashes.join(" #")} ~* &* ${aclRules(commands)}`);
    assert.deepEqual(rest, [""]);
    const whole = new RegExp(`^(${redisUsersLine(commands)})$`);
    for (const line of [nobody, web]) assert.match(line, whole);
    for (const line of ["user default on nopass ~* +@all", `${web} +acl`, web.replace(" -acl", "")])
      assert.doesNotMatch(line, whole);
  });

  it("gives nodes with replicas users of their own, and lets no client be called as they are", () => {
    const commands = lockedCommands({ allowScripting: false, hasReplicas: true });
    const peers = { passwordsSha256: ["ab".repeat(32), "cd".repeat(32)] };
    const users = redisUsersConf([{ name: "web", passwordsSha256: ["ef".repeat(32)] }], commands, peers);
    const lines = users.trimEnd().split("\n");
    const hashes = `#${peers.passwordsSha256.join(" #")}`;
    assert.equal(lines[2], `user _replica reset on ${hashes} -@all +psync +replconf +ping`);
    assert.match(lines[3] ?? "", /^user _sentinel reset on #\S+ #\S+ &__sentinel__:\* -@all \+multi /);
    const [whole, alone] = [true, false].map((has) => new RegExp(`^(${redisUsersLine(commands, has)})$`));
    assert.ok(whole && alone);
    for (const line of lines) assert.match(line, whole);
    for (const line of lines.slice(2)) {
      assert.doesNotMatch(line, alone);
      assert.doesNotMatch(`${line} +get`, whole);
    }
    for (const user of ["_replica", "_sentinel", "_peer"])
      assert.notDeepEqual(nameProblems("client", "name", user), []);
  });

  it("gives nodes of a cluster what their scripts say in the place of what Sentinel does, and no way to read a value", () => {
    const commands = lockedCommands({ allowScripting: false, hasReplicas: true });
    const peers = { passwordsSha256: ["ab".repeat(32)], areCluster: true };
    const lines = redisUsersConf([], commands, peers).trimEnd().split("\n");
    assert.match(lines[1] ?? "", /^user _replica /);
    assert.match(
      lines[2] ?? "",
      /^user _node reset on #\S+ ~\* -@all (\+(info|memory[|]usage|migrate|select|restore-asking|cluster[|][a-z]+) ?)+$/,
    );
    assert.equal(lines.length, 3);
    const [ofCluster, ofOthers] = [true, false].map((is) => new RegExp(`^(${redisUsersLine(commands, true, is)})$`));
    assert.ok(ofCluster && ofOthers);
    for (const line of lines) assert.match(line, ofCluster);
    assert.doesNotMatch(lines[2] ?? "", ofOthers);
    assert.doesNotMatch(`${lines[2] ?? ""} +get`, ofCluster);
    assert.notDeepEqual(nameProblems("client", "name", "_node"), []);
  });

  it("makes Sentinel's users of those of Redis, and none of nodes' or nobody's", () => {
    const commands = lockedCommands({ allowScripting: false, hasReplicas: true });
    const peers = { passwordsSha256: ["ab".repeat(32)] };
    const hashes = ["cd".repeat(32), "ef".repeat(32)];
    const users = redisUsersConf([{ name: "web", passwordsSha256: hashes }], commands, peers);
    const made = execFileSync("sed", ["-En", sentinelClientsEdit], { input: users, encoding: "utf8" });
    assert.match(made, /^user web reset on [^\n]*\n$/);
    assert.equal(
      made.trimEnd().split(` #${hashes.join(" #")} `)[1],
      "&+switch-master -@all +auth +hello +ping +client|setname +sentinel|get-master-addr-by-name +sentinel|replicas +sentinel|sentinels +subscribe",
    );
    const own = sentinelUsersConf(peers).trimEnd().split("\n");
    assert.deepEqual(own[0], "user default reset off");
    for (const line of own) assert.match(line, new RegExp(`^(${sentinelUsersLine()})$`));
    assert.doesNotMatch(made.trimEnd(), new RegExp(`^(${sentinelUsersLine()})$`));
  });

  it("has scripting off unless it is asked for", () => {
    assert.match(conf, /^rename-command eval ""$/m);
    const withScripting = lockedCommands({ allowScripting: true });
    assert.doesNotMatch(redisConf(withScripting), / (eval|evalsha|script) /i);
    assert.match(redisConf(withScripting), /^rename-command function ""$/m);
    assert.match(aclRules(withScripting), / -function -fcall -fcall_ro -script\|flush -script\|debug$/);
    assert.doesNotMatch(aclRules(withScripting), / -(eval|evalsha|script)( |$)/);
  });

  it("gives every locked command a reason and a reference", () => {
    for (const command of lockedCommands({ allowScripting: false })) {
      assert.ok(command.reason.length > 10 && command.reference.length > 5, command.name);
    }
  });
});

describe("encoders", () => {
  const lineBreaking = fc
    .tuple(fc.string(), fc.constantFrom("\n", "\r", "\0", "\u001b"), fc.string())
    .map((parts) => parts.join(""));

  it("refuse any value that would start a new line", () => {
    fc.assert(
      fc.property(lineBreaking, (value) => {
        assert.throws(() => encodeLines([["key", value]]), /key/);
        assert.throws(() => encodeBlocks([["frontend x", [["key", value]]]]), /key/);
        assert.throws(() => encodeBlocks([[value, []]]), /heading/);
        assert.throws(() => encodeIni([["section", [["key", value]]]], "="), /key/);
        assert.throws(() => encodeEnvironment([["KEY", value]]), /KEY/);
      }),
    );
    assert.equal(encodeLines([["key", "value"]]), "key value\n");
  });

  it("refuse an environment value that a shell would read otherwise", () => {
    for (const value of ["a b", "$(id)", "`id`", "a;b", "'", '"', "a#b", "\\"]) {
      assert.throws(() => encodeEnvironment([["KEY", value]]), /KEY/, value);
    }
    assert.equal(encodeEnvironment([["KEY", "arn:aws:x-1_2/3"]]), "KEY=arn:aws:x-1_2/3\n");
  });
});

describe("user data", () => {
  const leaves = { region: "us-east-1", secretArn: sampleConnection.secretArn };
  const node = (plan = samplePlan()): string => {
    const [first] = plan.nodes;
    assert.ok(first);
    return nodeUserData(plan, first, leaves);
  };

  it("is gzip in base64 and always the same bytes", () => {
    const encoded = encodeUserData(node());
    assert.equal(gunzipSync(Buffer.from(encoded, "base64")).toString(), node());
    assert.equal(encodeUserData(node()), encoded);
    // Header: no time stamp, so that the same text never looks like a change.
    assert.equal(Buffer.from(encoded, "base64").subarray(4, 8).toString("hex"), "00000000");
  });

  it("gives each operator an account of their own, and makes no default account", () => {
    const operators = ["ada", "grace"].map((name) => ({ name, sshPublicKey: sshPublicKey() }));
    const config = parse(node(samplePlan({ operators }))) as {
      users: { name: string; lock_passwd: boolean }[];
    };
    assert.deepEqual(
      config.users.map(({ name, lock_passwd }) => [name, lock_passwd]),
      [
        ["root", true],
        ["ada", true],
        ["grace", true],
      ],
    );
  });

  it("shuts sshd off when there are no operators", () => {
    interface Boot {
      bootcmd: string[][];
      users: unknown[];
    }
    const without = parse(node(samplePlan({ operators: [] }))) as Boot;
    assert.ok(without.bootcmd.some((command) => command.join(" ") === "systemctl mask --now ssh.service ssh.socket"));
    assert.deepEqual(without.users, [{ name: "root", lock_passwd: true }]);
    const withOne = parse(node()) as Boot;
    assert.ok(
      withOne.bootcmd.every(
        (command) => !command.some((word) => /^ssh\b/.test(word)) || command[0] === "cloud-init-per",
      ),
    );
  });

  it("is refused, with its size, when it is beyond EC2's 16 KB", () => {
    const crowd = (count: number): { name: string; sshPublicKey: string }[] =>
      Array.from({ length: count }, (_, i) => ({ name: `operator${i}`, sshPublicKey: sshPublicKey() }));
    const [problem] = userDataProblems(samplePlan({ operators: crowd(300) }));
    assert.equal(problem?.path, "operators");
    assert.match(problem.got, /user data of \d+ bytes/);
    assert.deepEqual(userDataProblems(samplePlan({ operators: crowd(20) })), []);
  });

  describe("of an app host", () => {
    const plan = planClient("web", { appUser: "web" });
    it("is refused, with its size, when the caller's parts take it beyond EC2's 16 KB", () => {
      const noise = randomBytes(16_000).toString("base64");
      const text = (part: string): string => clientUserData(plan, sampleConnection, [`#!/bin/sh\n# ${part}\n`]);
      assert.throws(() => fitting("web", text(noise)), /additionalUserData: got user data of \d+ bytes/);
      assert.equal(fitting("web", text("small")), text("small"));
    });

    it("leaves most of EC2's 16 KB to the caller", () => {
      assert.ok(userDataBytes(clientUserData(plan, sampleConnection, [])) < 8000);
      assert.ok(userDataBytes(node()) < 13_000);
    });
  });
});
