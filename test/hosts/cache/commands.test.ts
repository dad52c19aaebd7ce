import assert from "node:assert/strict";
import { lockedCommands, openCommands } from "../../../src/plan/commands.js";
import { shell } from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

const locked = lockedCommands({ allowScripting: false });

/** Redis counts the arguments of a command before it asks whether the user may run it. */
const calls: Readonly<Record<string, string>> = {
  "CLIENT KILL": "CLIENT KILL ID 1",
  "CLIENT NO-EVICT": "CLIENT NO-EVICT ON",
  "CLIENT PAUSE": "CLIENT PAUSE 1",
  "CLIENT UNBLOCK": "CLIENT UNBLOCK 1",
};

describeOnHosts([], "the list of commands", (scene) => {
  let here: TestScene;
  before(async () => {
    here = await scene();
  });

  it("locks all that it names, each by itself", async () => {
    const answers = await here.app.send(
      locked.map(({ name }) => ({ command: (calls[name] ?? name).split(" ") })),
    );
    for (const [index, { name, treatment }] of locked.entries()) {
      const expected = treatment === "denied" ? /^NOPERM / : /^ERR unknown command/;
      assert.match(answers[index]?.error ?? "", expected, name);
    }
  });

  it("leaves what applications and ioredis need", async () => {
    const lines = [
      "INFO server",
      "CLIENT SETNAME web",
      "CLIENT ID",
      "HELLO 3",
      "SELECT 1",
      "SCAN 0",
      "SORT nothing",
    ];
    lines.push(
      "PUBLISH channel message",
      "SUBSCRIBE channel",
      "MULTI",
      "DUMP nothing",
      "MEMORY USAGE nothing",
      "WAIT 0 1",
    );
    const answers = await here.app.send(lines.map((line) => ({ command: line.split(" ") })));
    for (const [index, line] of lines.entries()) assert.equal(answers[index]?.error, undefined, line);
  });

  it("has a decision about everything that this Redis counts as administrative or dangerous", async () => {
    const listed = await shell(
      here.node,
      [
        "folder=$(mktemp -d); cd $folder; redis-server --port 0 --unixsocket $folder/s --save '' --daemonize yes >/dev/null",
        "until redis-cli -s s ping >/dev/null 2>&1; do sleep 0.1; done",
        "redis-cli -s s ACL CAT admin; redis-cli -s s ACL CAT dangerous; redis-cli -s s SHUTDOWN NOSAVE; rm -r $folder",
      ].join("; "),
    );
    const decided = new Set(
      [...locked, ...openCommands].map(({ name }) => name.toLowerCase().replace(" ", "|")),
    );
    const names = listed.split("\n").filter(Boolean);
    assert.ok(names.length > 80);
    const undecided = names.filter((name) => !decided.has(name) && !decided.has(name.split("|")[0] ?? ""));
    assert.deepEqual(undecided, []);
  });
});
