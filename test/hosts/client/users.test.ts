import assert from "node:assert/strict";
import { serverPrograms } from "../../../lab/servers/serverPrograms.js";
import { checkUsers, compareUsers } from "../../../src/evidence/hostCommands.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { lockedCommands } from "../../../src/plan/commands.js";
import { engineVersions, type Engine } from "../../../src/plan/engine.js";
import { NodeRedis, passwordsSha256, usersConf } from "./nodeRedis.js";

const all = "4 users as in their files";

for (const version of engineVersions) {
  describe(`verify, of the users of a real ${version},`, () => {
    let engine: Engine;
    let redis: NodeRedis;

    before(async () => {
      const programs = await serverPrograms(version);
      engine = programs.engine;
      redis = new NodeRedis({ allowScripting: false, programs });
      redis.host.standIn("sleep", 'exec /usr/bin/sleep "$@"');
    });
    after(() => {
      redis.remove();
    });

    const tell = (line: string): void => {
      assert.match(redis.host.run("ask-redis", [], {}, `${line}\n`).stdout, /^OK\s+(OK|1)\s+$/);
    };
    /** As to passwords, and as to rights, by the commands of verify. */
    const found = (): string[] =>
      (["passwords", "rights"] as const).map((part) => {
        const brought = { [checkUsers]: redis.host.text("check-users") };
        const { status, stdout, stderr } = redis.host.shell(compareUsers(part, engine), brought);
        assert.deepEqual([status, stderr], [0, ""]);
        return stdout.trimEnd().replace("not as in their files: ", "");
      });
    const commands = lockedCommands({ allowScripting: false, version });
    const [, rights = ""] = / (~\* .*)/.exec(usersConf(["web"], commands)) ?? [];
    const linesOfFiles = (): string[] =>
      [hostPaths.redisUsers, hostPaths.redisCommands].flatMap((file) =>
        redis.host
          .read(file)
          .split("\n")
          .filter((line) => line.startsWith("user ")),
      );

    it("finds nothing while they are as their files have them, whichever way they came there", () => {
      assert.deepEqual(found(), [all, all]);
      tell(`ACL SETUSER web reset on ${rights} #${passwordsSha256.join()}`);
      assert.deepEqual(found(), [all, all]);
    });

    for (const [what, rules, passwords, rights] of [
      ["one more password", "web >mine", "web", all],
      ["no password", "web nopass", "web", all],
      ["another password", "web resetpass >mine", "web", all],
      ["a user who is off", "gone off", "gone", all],
      ["a user more", "eve on >mine +get ~*", "eve", "eve"],
      ["a command more", "web +client|kill", all, "web"],
      ["a command less", "web -get", all, "web"],
      ["every command", "web +@all", all, "web"],
      ["a selector beside what it has", "web (+@all ~*)", all, "web"],
      ["fewer keys", "web resetkeys ~mine", all, "web"],
      ["fewer channels", "web resetchannels &mine", all, "web"],
      ["more keys for the agent", "_agent ~*", all, "_agent"],
      ["more commands for the agent", "_agent +@all", all, "_agent"],
      ["rights of who names no user", "default +get ~*", all, "default"],
      ["a sign-in of who names no user", "default on nopass", "default", all],
    ] as const) {
      it(`finds ${what}`, () => {
        tell(`ACL SETUSER ${rules}`);
        try {
          assert.deepEqual(found(), [passwords, rights]);
        } finally {
          if (rules.startsWith("eve ")) tell("ACL DELUSER eve");
          for (const line of linesOfFiles()) tell(line.replace("user", "ACL SETUSER"));
        }
        assert.deepEqual(found(), [all, all]);
      });
    }
  });
}
