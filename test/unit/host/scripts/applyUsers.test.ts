import assert from "node:assert/strict";
import { ScriptHost, type Ended } from "../../../support/scriptHost.js";

const users = "user default reset off\nuser web reset on #ab ~* &* -acl|x\nuser web-2 reset on #cd\n";

describe("apply-users", () => {
  let host: ScriptHost;

  beforeEach(() => {
    host = new ScriptHost();
    host.install("apply-users");
    host.standIn("sleep");
    host.standInScript("begin-anew", ":");
    redisIs("active");
    answers("OK\ndefault\nweb\nweb-2\nold\nwe\n_agent");
    host.write("/users.conf", users);
  });

  afterEach(() => {
    host.remove();
  });

  /** Redis starts for so many looks and then is in a state. */
  function redisIs(state: string, looksWhileStarting = 0): void {
    host.write("/looks", String(looksWhileStarting));
    host.standIn(
      "systemctl",
      `looks=$(cat ${host.path("/looks")})
if [ "$1" = is-active ]; then [ ${state} = active ]; exit; fi
[ "$looks" -gt 0 ] || { echo ${state}; exit; }
echo $((looks - 1)) >${host.path("/looks")}
echo start`,
    );
  }

  /** What Redis says to ACL USERS, and, line by line, to what comes then; by itself OK to all. */
  function answers(toUsers: string, toRest = "OK"): void {
    host.write("/users-answer", toUsers === "" ? "" : `${toUsers}\n`);
    host.standInScript(
      "ask-redis",
      `commands=$(cat)
printf '%s\\n' "$commands" >>${host.path("/asked")}
if [ "$commands" = 'ACL USERS' ]; then cat ${host.path("/users-answer")}; exit; fi
echo OK
printf '%s\\n' "$commands" | while read -r _; do ${toRest === "" ? ":" : `echo '${toRest}'`}; done`,
    );
  }

  const apply = (): Ended & { asked: string[] } => {
    host.write("/asked", "");
    const ended = host.run("apply-users", [host.path("/users.conf")]);
    return { ...ended, asked: host.read("/asked").split("\n").slice(0, -1) };
  };
  const begun = (): string[] => host.calls().filter((call) => call.startsWith("begin-anew"));
  const refusal = (why: string): string => `hipaa-redis: Redis did not take its users: ${why}\n`;

  it("sets the users of the file, and deletes the others but the agent", () => {
    assert.deepEqual(apply(), {
      status: 0,
      stdout: "",
      stderr: "",
      asked: [
        "ACL USERS",
        "ACL SETUSER default reset off",
        "ACL SETUSER web reset on #ab ~* &* -acl|x",
        "ACL SETUSER web-2 reset on #cd",
        "ACL DELUSER old",
        "ACL DELUSER we",
      ],
    });
  });

  it("takes the count of the deleted for an answer", () => {
    answers("OK\ndefault\n_agent", "1");
    assert.equal(apply().status, 0);
  });

  it("fails, and says so, when Redis refuses a user: it would not start with it either", () => {
    answers("OK\ndefault\n_agent", "ERR Error in ACL SETUSER modifier '+x': Unknown command");
    const { status, stdout, stderr } = apply();
    assert.deepEqual(
      { status, stdout, stderr, begun: begun() },
      { status: 1, stdout: "", stderr: refusal("it refuses one."), begun: [] },
    );
  });

  for (const [when, toUsers, toRest, why] of [
    ["goes away in between", "OK\ndefault\n_agent", "", "it has gone, or does something else."],
    ["is busy from then on", "OK\ndefault\n_agent", "BUSY Redis is busy", "it has gone, or does something else."],
    ["does not answer", "", "OK", "it does not answer, or has no place for this agent."],
    ["has no place", "ERR max number of clients reached", "OK", "it does not know this agent."],
    ["refuses the agent's password", "WRONGPASS invalid username-password pair", "OK", "it does not know this agent."],
    ["is busy with a script", "OK\nBUSY Redis is busy running a script.", "OK", "it does not tell them."],
    ["lets the agent see nothing", "OK\nNOPERM this user has no permissions", "OK", "it does not tell them."],
    ["has answered something else first", "default\nOK", "OK", "it does not know this agent."],
  ] as const) {
    it(`has Redis begin anew, which reads the file then, when it ${when} three times`, () => {
      answers(toUsers, toRest);
      const { status, stdout, stderr, asked } = apply();
      assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "", stderr: "" });
      assert.equal(asked.filter((command) => command === "ACL USERS").length, 3);
      assert.deepEqual(begun(), [`begin-anew Redis did not take its users: ${why}`]);
    });
  }

  it("asks again before it gives Redis up", () => {
    answers("", "OK");
    const answer = host.path("/users-answer");
    host.standIn("sleep", `printf 'OK\\ndefault\\nweb\\n_agent\\n' >${answer}`);
    assert.deepEqual([apply().status, begun()], [0, []]);
  });

  it("fails when Redis does not start with them either", () => {
    answers("");
    host.standInScript("begin-anew", "exit 1");
    const { status, stdout, stderr } = apply();
    assert.deepEqual(
      { status, stdout, stderr },
      { status: 1, stdout: "", stderr: refusal("it does not start with them.") },
    );
  });

  it("leaves a Redis that is down alone: it reads the file when it starts", () => {
    redisIs("inactive");
    assert.deepEqual(apply(), { status: 0, stdout: "", stderr: "", asked: [] });
    assert.deepEqual(host.calls(), [
      "systemctl show --property=SubState --value hipaa-redis-server.service",
      "systemctl is-active --quiet hipaa-redis-server.service",
    ]);
  });

  it("leaves a Redis alone that does not answer because it is stopped: it reads the file when it starts", () => {
    answers("");
    host.standIn("sleep", `printf '#!/bin/sh\\nexit 3\\n' >${host.path("/bin/systemctl")}`);
    assert.deepEqual([apply().status, begun()], [0, []]);
  });

  it("waits for a Redis that is starting, a second at a time", () => {
    redisIs("active", 30);
    const { status, asked } = apply();
    assert.deepEqual([status, asked[0]], [0, "ACL USERS"]);
    assert.deepEqual(
      host.calls().filter((call) => call.startsWith("sleep")),
      Array<string>(30).fill("sleep 1"),
    );
  });

  it("does not wait for ever", () => {
    redisIs("active", 31);
    assert.deepEqual(apply(), {
      status: 1,
      stdout: "",
      stderr: refusal("it is starting for ever."),
      asked: [],
    });
  });
});
