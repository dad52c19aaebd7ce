import assert from "node:assert/strict";
import { ScriptHost } from "../../../support/scriptHost.js";

/** What the instance metadata service says. */
const theirs = new Date("2026-11-01T12:00:00Z");

describe("check-clock", () => {
  let host: ScriptHost;

  beforeEach(() => {
    host = new ScriptHost();
    host.install("check-clock");
    host.standIn("curl", `printf 'HTTP/1.1 200 OK\\r\\ndate: ${theirs.toUTCString()}\\r\\n\\r\\n'`);
  });

  afterEach(() => {
    host.remove();
  });

  const judged = (offSeconds: number) => {
    host.setClock(new Date(theirs.getTime() + offSeconds * 1000));
    return host.run("check-clock");
  };

  for (const offSeconds of [0, 300, -300]) {
    it(`is content with a clock that is ${String(offSeconds)} seconds off`, () => {
      assert.deepEqual(judged(offSeconds), { status: 0, stdout: "", stderr: "" });
    });
  }

  for (const [offSeconds, ours, side] of [
    [301, "2026-11-01 12:05:01Z", "ahead"],
    [-301, "2026-11-01 11:54:59Z", "behind"],
  ] as const) {
    it(`refuses a clock that is more than five minutes ${side}, and says both times`, () => {
      assert.deepEqual(judged(offSeconds), {
        status: 1,
        stdout: `This host's clock says ${ours}, the instance metadata service says 2026-11-01 12:00:00Z: ours is 301 seconds ${side}. See chronyc -n sources.\n`,
        stderr: "",
      });
    });
  }

  it("asks the service for a token, as it answers nobody else, and throws the token away", () => {
    judged(0);
    assert.deepEqual(host.calls(), [
      "curl -sS --max-time 5 -o /dev/null -D - -X PUT -H X-aws-ec2-metadata-token-ttl-seconds: 60 http://169.254.169.254/latest/api/token",
    ]);
  });

  for (const [answer, script] of [
    ["no answer", "echo 'cannot connect' >&2; exit 7"],
    ["an answer without a date", "printf 'HTTP/1.1 200 OK\\r\\n\\r\\n'"],
  ] as const) {
    it(`has nothing to compare with where there is ${answer}, and says nothing`, () => {
      host.standIn("curl", script);
      assert.deepEqual(judged(100_000), { status: 0, stdout: "", stderr: "" });
    });
  }
});
