import assert from "node:assert/strict";
import { resp } from "../../../lab/scenario/talk.js";
import { serverPrograms, type ServerPrograms } from "../../../lab/servers/serverPrograms.js";
import { waitFor } from "../../../lab/until.js";
import type { RedisSettings } from "../../../src/host/redisConf.js";
import { engineVersions } from "../../../src/plan/engine.js";
import { asShown, inRedisOrder } from "../../../src/plan/keyspaceEvents.js";
import { NodeRedis, signIn, type Talk } from "./nodeRedis.js";

const mebibyte = 1024 ** 2;

for (const version of engineVersions) {
  describe(`settings that a team chooses, in a real ${version},`, () => {
    let programs: ServerPrograms;
    let redis: NodeRedis | undefined;
    before(async () => {
      programs = await serverPrograms(version);
    });
    afterEach(() => {
      redis?.remove();
      redis = undefined;
    });

    const start = (settings: Partial<RedisSettings>): NodeRedis => {
      redis?.remove();
      return (redis = new NodeRedis({
        allowScripting: false,
        programs,
        settings: { maxValueBytes: 32 * mebibyte, ...settings },
      }));
    };
    /** What the node's agent is answered, on one line, as the checks of `verify` see it. */
    const asked = (command: string): string =>
      redis?.host.run("ask-redis", [], {}, `${command}\n`).stdout.trimEnd().split("\n").join(" ") ?? "";

    for (const letters of ["Ex", "KEA", "KEAmn", "K$g", "KEg$lshzxetdn", "Kn", "Ed"]) {
      it(`are shown as verify expects events of keys: ${letters}`, () => {
        const keyspaceEvents = inRedisOrder(letters);
        start({ keyspaceEvents });
        const shown = asked("CONFIG GET notify-keyspace-events");
        assert.equal(shown, `OK notify-keyspace-events ${asShown(keyspaceEvents)}`);
      });
    }

    it("tell a client that subscribes which keys have expired, and by default nothing", async () => {
      for (const keyspaceEvents of ["xE", ""]) {
        const node = start({ keyspaceEvents });
        const listener = await node.talk(signIn("web"), ["PSUBSCRIBE", "__key*@0__:*"]);
        await node.talk(signIn("gone"), ["SET", "visit", "1", "PX", "1"]);
        await waitFor("the key has expired", async () =>
          (await node.talk(signIn("gone"), ["EXISTS", "visit"])).came().endsWith(":0\r\n"),
        );
        // It comes behind all that Redis has told of the key.
        await node.talk(signIn("gone"), ["PUBLISH", "__keyspace@0__:end", "."]);
        await waitFor("the listener has the last message", () => listener.came().includes("__keyspace@0__:end"));
        const told = /__keyevent@0__:\w+\r\n\$5\r\nvisit/.exec(listener.came())?.[0].split("\r\n")[0];
        assert.equal(told, keyspaceEvents === "" ? undefined : "__keyevent@0__:expired", listener.came());
      }
    });

    it("let in the largest value, and cut who announces a larger one", async () => {
      const announce = async (node: NodeRedis, bytes: number): Promise<Talk> => {
        const client = await node.talk(signIn("web"));
        client.socket.write(`*3\r\n$3\r\nSET\r\n$5\r\nvisit\r\n$${bytes}\r\n`);
        return client;
      };
      const node = start({ maxValueBytes: mebibyte });
      assert.equal(asked("CONFIG GET proto-max-bulk-len"), `OK proto-max-bulk-len ${mebibyte}`);
      const one = await announce(node, mebibyte);
      one.socket.write(`${"x".repeat(mebibyte)}\r\n${resp(["STRLEN", "visit"])}`);
      await waitFor("the value is there", () => one.came().endsWith(`:${mebibyte}\r\n`));
      const other = await announce(node, mebibyte + 1);
      await other.ended;
      assert.match(other.came(), /-ERR Protocol error: invalid bulk length\r\n$/);
    });
  });
}
