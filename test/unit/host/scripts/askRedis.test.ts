import assert from "node:assert/strict";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import { ScriptHost } from "../../../support/scriptHost.js";

describe("ask-redis", () => {
  let host: ScriptHost;

  beforeEach(() => {
    host = new ScriptHost();
    host.install("ask-redis");
    host.standIn("redis-cli", "cat");
    host.write(`${hostPaths.redisStartFolder}/agent`, "pass\\word\n");
    host.write(
      hostPaths.redisCommands,
      "user _agent reset on\nrename-command CONFIG c0ffee\nrename-command ACL ac1d\n",
    );
  });

  afterEach(() => {
    host.remove();
  });

  it("signs in as the agent, and asks by the secret names of commands that are renamed", () => {
    const input = "ACL SETUSER web on  #a\\b\nINFO errorstats\nCONFIG GET *\nACLS x\nPING\n";
    const { status, stdout } = host.run("ask-redis", [], {}, input);
    assert.deepEqual(
      [status, stdout.split("\n").map((line) => line.trimEnd())],
      [
        0,
        [
          "AUTH _agent pass\\word",
          "ac1d SETUSER web on  #a\\b",
          "INFO errorstats",
          "c0ffee GET *",
          "ACLS x",
          "PING",
          "",
        ],
      ],
    );
  });

  it("talks to Redis's socket, with no secret on a command line", () => {
    host.run("ask-redis", [], {}, "ACL USERS\n");
    assert.deepEqual(host.calls(), [`redis-cli -s ${host.path(hostPaths.redisSocket)}`]);
  });

  it("gives up a Redis that does not answer for five seconds", () => {
    host.standIn("timeout", "cat >/dev/null; exit 124");
    const { status, stdout } = host.run("ask-redis", [], {}, "ACL USERS\n");
    assert.deepEqual([status, stdout], [124, ""]);
    assert.deepEqual(host.calls(), [`timeout 5 redis-cli -s ${host.path(hostPaths.redisSocket)}`]);
  });

  it("asks nothing where there is no agent", () => {
    host.write(`${hostPaths.redisStartFolder}/agent`, "");
    const { status, stdout } = host.run("ask-redis", [], {}, "PING\n");
    assert.deepEqual([status === 0, stdout, host.calls()], [false, "", []]);
  });
});
