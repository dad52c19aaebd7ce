import assert from "node:assert/strict";
import { resp } from "../../../lab/scenario/talk.js";
import { serverPrograms, type ServerPrograms } from "../../../lab/servers/serverPrograms.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { engineVersions } from "../../../src/plan/engine.js";
import { NodeRedis, places, signIn, type Talk } from "./nodeRedis.js";

for (const version of engineVersions) {
  describe(`the agent of a node, with a real ${version}`, () => {
    let programs: ServerPrograms;
    let redis: NodeRedis;

    before(async () => {
      programs = await serverPrograms(version);
    });
    beforeEach(() => {
      redis = new NodeRedis({ allowScripting: false, programs });
    });
    afterEach(() => {
      redis.remove();
    });

    const alarm = (what: string): RegExp =>
      new RegExp(
        `^MESSAGE_ID=\\w{32}\nPRIORITY=2\n.*\nMESSAGE=hipaa-redis: alarm: ${what}.* It begins anew, empty\\.\n$`,
      );

    /** Sets with so much in common, so often asked about that nothing else is answered for many seconds. */
    const keepBusy = async (): Promise<Talk> => {
      const members = Array.from({ length: 100_000 }, (_, number) => `m${number}`);
      const sets = [members, [...members, "more"]].map((all, index) => ["SADD", `set-${index}`, ...all]);
      const client = await redis.talk(signIn("gone"), ...sets);
      client.socket.write(resp(["SINTERCARD", "5001", "set-0", ...Array<string>(5000).fill("set-1")]));
      // It would be waited for too long otherwise.
      redis.host.standIn("timeout", 'shift; exec /usr/bin/timeout 0.5 "$@"');
      return client;
    };

    it("alone may ask for the configuration: a client may not, should it know the secret name", async () => {
      const [, name = ""] = /^rename-command CONFIG (\S+)$/m.exec(redis.host.read(hostPaths.redisCommands)) ?? [];
      const answer = async (...words: string[]): Promise<string> =>
        (await redis.talk(signIn("web"), [name, ...words])).came();
      assert.match(await answer("GET", "maxclients"), /^\+OK\r\n-NOPERM /);
      assert.match(await answer("SET", "maxclients", "1"), /^\+OK\r\n-NOPERM /);
      const ask = (line: string): string => redis.host.run("ask-redis", [], {}, `${line}\n`).stdout;
      assert.match(ask("CONFIG GET maxclients"), /^OK\s+maxclients\s+20\s+$/);
      assert.match(ask("CONFIG SET maxclients 1"), /NOPERM/);
      // The control case: with the right it is carried out.
      assert.match(ask("ACL SETUSER web +config|set"), /^OK\s+OK\s+$/);
      assert.equal(await answer("SET", "maxclients", "19"), "+OK\r\n+OK\r\n");
    });

    it("takes a client off the running Redis, whose other clients stay", async () => {
      const [pid, gone, web] = [redis.pid(), await redis.talk(signIn("gone")), await redis.talk(signIn("web"))];
      assert.equal(redis.takeOff(), 0);
      await gone.ended;
      assert.match(await redis.answerTo("gone"), /^-WRONGPASS /);
      assert.deepEqual([web.socket.destroyed, redis.pid(), redis.journal()], [false, pid, ""]);
    });

    it("takes one off that holds all places: Redis begins anew", async () => {
      const held = [];
      for (let place = 0; place < places; place += 1) held.push(await redis.talk(signIn("gone")));
      const refused = await redis.talk();
      await refused.ended;
      assert.match(refused.came(), /^-ERR max number of clients reached/);
      assert.equal(redis.takeOff(), 0);
      await Promise.all(held.map(({ ended }) => ended));
      assert.match(await redis.answerTo("gone"), /^-WRONGPASS /);
      assert.equal(await redis.answerTo("web"), "+OK\r\n");
      assert.match(redis.journal(), alarm("Redis did not take its users: "));
    });

    it("takes one off that keeps Redis busy with one command: Redis begins anew", async () => {
      const busy = await keepBusy();
      assert.equal(redis.takeOff(), 0);
      await busy.ended;
      assert.match(await redis.answerTo("gone"), /^-WRONGPASS /);
      assert.equal(await redis.answerTo("web"), "+OK\r\n");
      assert.match(redis.journal(), alarm("Redis did not take its users: it does not answer"));
    });

    it("counts wrong passwords behind another command, which newer servers don't answer", async () => {
      const guesser = await redis.talk();
      const guesses = Array.from({ length: 20 }, (_, number) => resp(["AUTH", "web", `wrong-${number}`]));
      guesser.socket.write(["PING\r\n", ...guesses, "QUIT\r\n"].join(""));
      await guesser.ended;
      assert.equal(guesser.came().match(/-WRONGPASS/g)?.length ?? 0, version === "Redis 7.0" ? 20 : 0);
      assert.equal(redis.host.run("count-refusals").status, 0);
      assert.match(redis.journal(), /: 20 wrong passwords were refused since the last look, 20 since Redis began/);
      // The control case: none in between.
      redis.host.write("/journal", "");
      assert.deepEqual([redis.host.run("count-refusals").status, redis.journal()], [0, ""]);
    });

    it("keeps counting refusals when a script fills the statistics of errors", async () => {
      redis.remove();
      redis = new NodeRedis({ allowScripting: true, programs });
      const kinds = (): number => {
        const { stdout } = redis.host.run("ask-redis", [], {}, "INFO errorstats\n");
        return stdout.match(/^errorstat_/gm)?.length ?? 0;
      };
      const fail = async (times: number): Promise<void> => {
        const script = "return redis.error_reply(ARGV[1])";
        await redis.talk(
          signIn("gone"),
          ...Array.from({ length: times }, (_, word) => ["EVAL", script, "0", `W${word} of a script`]),
        );
      };
      // Redis 8.0 ceases to tell and to count errors when there are more than 128 words of them.
      const few = version === "Redis 7.0" ? 900 : 100;
      await fail(few);
      assert.equal(redis.host.run("count-refusals").status, 0);
      assert.ok(kinds() >= few);
      assert.equal(redis.journal(), "");
      await fail(1100);
      if (version === "Valkey 8.1") assert.ok(kinds() < 200);
      assert.equal(redis.host.run("count-refusals").status, 0);
      // Valkey takes no more of scripts.
      if (version === "Valkey 8.1") assert.equal(redis.journal(), "");
      else {
        assert.ok(kinds() < 10);
        assert.match(redis.journal(), /scripts made up too many words of errors/);
      }
      await redis.talk(["AUTH", "web", "wrong"]);
      assert.equal(redis.host.run("count-refusals").status, 0);
      assert.match(redis.journal(), /: 1 wrong passwords were refused since the last look/);
    });

    it("has a Redis begin anew that answers nobody, and leaves one alone that does", async () => {
      const pid = redis.pid();
      assert.deepEqual([redis.host.run("revive-redis").status, redis.pid()], [0, pid]);
      const busy = await keepBusy();
      assert.equal(redis.host.run("revive-redis").status, 0);
      await busy.ended;
      assert.equal(await redis.answerTo("gone"), "+OK\r\n");
      assert.match(redis.journal(), alarm("Redis took no writes, because it does not answer\\."));
    });
  });
}
