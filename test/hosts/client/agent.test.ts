import assert from "node:assert/strict";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { resp } from "../../../lab/scenario/talk.js";
import { NodeRedis, places, signIn, type Talk } from "./nodeRedis.js";

describe("the agent of a node, with a real Redis", () => {
  let redis: NodeRedis;

  before(() => ensureDebianPackages(["redis-server"]));
  beforeEach(() => {
    redis = new NodeRedis();
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
