import assert from "node:assert/strict";
import { wordsOf } from "../../../lab/scenario/attacks/commands.js";
import { lockedCommands, openCommands } from "../../../src/plan/commands.js";
import { engineProgram, engineVersion } from "../../../src/plan/engine.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { answersAgain, configOf, openConfig, redisPid, shell } from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

describeOnHosts([], "the list of commands", (scene, _tunnel, choice) => {
  const version = engineVersion(choice);
  const locked = lockedCommands({ allowScripting: false, version });
  let here: TestScene;
  before(async () => {
    here = await scene();
  });

  it("locks CONFIG for who knows its secret name, too", async () => {
    const name = await shell(here.node, `sed -n 's/^rename-command CONFIG //p' ${hostPaths.redisCommands}`);
    for (const command of [
      [name, "GET", "dir"],
      [name, "SET", "dir", "/tmp"],
      [name, "HELP"],
    ]) {
      const [answer] = await here.app.send([{ command }]);
      assert.match(answer?.error ?? "", /^NOPERM /);
    }
    // The control case: it is there.
    assert.equal(await configOf(here.node, "dir"), hostPaths.redisFolder);
  });

  it("locks all that it names, each by itself", async () => {
    // Redis counts the arguments of a command before it asks whether the user may run it.
    const answers = await here.app.send(locked.map(({ name }) => ({ command: wordsOf(name) })));
    for (const [index, { name, treatment }] of locked.entries()) {
      const expected = treatment === "denied" ? /^NOPERM / : /^ERR unknown command/;
      assert.match(answers[index]?.error ?? "", expected, name);
    }
  });

  it("leaves what applications and ioredis need", async () => {
    const lines = ["INFO server", "CLIENT SETNAME web", "CLIENT ID", "HELLO 3", "SELECT 1", "SCAN 0"];
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

  it("lets the node's agent begin Redis anew when it takes no writes, and only then", async () => {
    const process = (): Promise<string> => shell(here.node, redisPid);
    const look = `${hostPaths.scriptsFolder}/revive-redis`;
    const before = await process();
    await shell(here.node, look);
    assert.equal(await process(), before);

    const config = await openConfig(here.node);
    // So little that not even Redis itself fits; the clients keep their buffers.
    const tooLittle = [config, "SET", "maxmemory", "1", "maxmemory-clients", "0"];
    assert.deepEqual(await here.app.send([{ command: tooLittle }]), [{ reply: "OK" }]);
    const [full] = await here.app.send([{ command: ["SET", "key", "value"] }]);
    assert.match(full?.error ?? "", /^OOM /);
    await shell(here.node, look);
    await answersAgain(here.app);
    assert.notEqual(await process(), before);
    const [again] = await here.app.send([{ command: ["SET", "key", "value", "PX", "1"] }]);
    assert.equal(again?.reply, "OK");
  });

  it("has a decision about everything that this Redis counts as administrative or dangerous", async () => {
    const { server, client } = engineProgram(choice.engine);
    const listed = await shell(
      here.node,
      [
        `folder=$(mktemp -d); cd $folder; ${server} --port 0 --unixsocket $folder/s --save '' --daemonize yes >/dev/null`,
        `until ${client} -s s ping >/dev/null 2>&1; do sleep 0.1; done`,
        `${client} -s s ACL CAT admin; ${client} -s s ACL CAT dangerous; ${client} -s s SHUTDOWN NOSAVE; rm -r $folder`,
      ].join("; "),
    );
    const decided = new Set([...locked, ...openCommands].map(({ name }) => name.toLowerCase().replace(" ", "|")));
    const names = listed.split("\n").filter(Boolean);
    assert.ok(names.length > 80);
    const undecided = names.filter((name) => !decided.has(name) && !decided.has(name.split("|")[0] ?? ""));
    assert.deepEqual(undecided, []);
  });
});
