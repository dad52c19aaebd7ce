import assert from "node:assert/strict";
import { ScriptHost } from "../../../support/scriptHost.js";

describe("a Redis that has to begin anew", () => {
  let host: ScriptHost;

  beforeEach(() => {
    host = new ScriptHost();
  });

  afterEach(() => {
    host.remove();
  });

  it("begin-anew raises an alarm, ends a Redis that may not hear of a stop, and waits until it is there again", () => {
    host.install("begin-anew");
    host.standIn("systemctl");
    host.standIn("logger", `cat >${host.path("/journal")}`);
    assert.deepEqual(host.run("begin-anew", ["It is full."]), { status: 0, stdout: "", stderr: "" });
    assert.deepEqual(host.calls(), [
      "logger --journald",
      "systemctl kill --signal=KILL hipaa-redis-server.service",
      "systemctl restart hipaa-redis-server.service",
    ]);
    assert.equal(
      host.read("/journal"),
      "MESSAGE_ID=6f1f0b5c4a3c4d0f9d1c2a7b58e3a9d4\nPRIORITY=2\nSYSLOG_IDENTIFIER=hipaa-redis\nMESSAGE=hipaa-redis: alarm: It is full. It begins anew, empty.\n",
    );
    host.standIn("systemctl", '[ "$1" != restart ]');
    assert.equal(host.run("begin-anew", ["It is full."]).status, 1);
  });

  describe("revive-redis", () => {
    const busy = "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.";
    const full = "OOM command not allowed when used memory > 'maxmemory'.";
    const why = (what: string): string => `begin-anew Redis took no writes, because ${what}.`;

    let policy: string;
    beforeEach(() => {
      policy = "allkeys-lru";
    });

    /** What Redis answers one time after the other, at last for ever; SCRIPT KILL is taken in. */
    const look = (...answers: readonly string[]) => {
      host.install("revive-redis");
      host.standIn("systemctl");
      host.standIn("sleep");
      host.standInScript("begin-anew", ":");
      host.write("/answers", `${answers.join("\n")}\n`);
      const file = host.path("/answers");
      host.standInScript(
        "ask-redis",
        `read -r asked; echo "$asked" >>"$CALLS"; case $asked in SCRIPT*) echo OK; exit ;; CONFIG*) printf 'OK\\nmaxmemory-policy\\n%s\\n' ${policy}; exit ;; esac
answer=$(head -n 1 ${file})
[ "$answer" = none ] || printf 'OK\\n%b\\r\\n' "$answer"
[ "$(wc -l <${file})" -eq 1 ] || sed -i 1d ${file}`,
      );
      const { status, stdout, stderr } = host.run("revive-redis");
      assert.deepEqual([status, stdout, stderr], [0, "", ""]);
      return host.calls().filter((call) => !call.startsWith("ask-redis"));
    };
    const asked = 'SETRANGE hipaa-redis:agent 0 ""';
    const policyAsked = "CONFIG GET maxmemory-policy";
    const active = "systemctl is-active --quiet hipaa-redis-server.service";

    it("leaves a Redis alone that takes writes, or is only starting", () => {
      for (const answer of ["0", "LOADING Redis is loading the dataset in memory"]) {
        assert.deepEqual(look(answer), [active, asked]);
      }
    });

    it("ends a script that lasts, and Redis with it only when that does not help", () => {
      assert.deepEqual(look(busy, "0"), [active, asked, "SCRIPT KILL", "sleep 5", active, asked]);
      const again = [active, asked, "SCRIPT KILL", "sleep 5"];
      assert.deepEqual(look(busy), [...again, ...again, ...again, active, asked, why("a script does not end")]);
    });

    for (const [when, answer, reason] of [
      ["whose memory stays full of what it can't evict", full, "its memory is full of what it cannot evict"],
      ["that answers nobody", "none", "it does not answer"],
      ["that answers the sign-in alone", "", "it does not answer"],
      ["that has no place", "ERR max number of clients reached", "clients hold all of its places"],
    ] as const) {
      it(`has a Redis begin anew ${when}, and lets it be when that has passed`, () => {
        const tried = answer === full ? [active, asked, policyAsked] : [active, asked];
        assert.deepEqual(look(answer, "0"), [...tried, "sleep 5", active, asked]);
        const again = [...tried, "sleep 5"];
        assert.deepEqual(look(answer), [...again, ...again, ...again, ...tried, why(reason)]);
      });
    }

    it("leaves a full Redis alone whose keys are not all to be evicted", () => {
      for (policy of ["noeviction", "volatile-lru"]) assert.deepEqual(look(full), [active, asked, policyAsked]);
      policy = "allkeys-random";
      assert.equal(look(full).at(-1), why("its memory is full of what it cannot evict"));
    });

    describe("in a cluster, where the key's slot is another node's", () => {
      const moved = "MOVED 5461 127.82.0.7:6379";
      const told = (role: string, used: number, keys: boolean): string =>
        [`role:${role}`, `used_memory:${used}`, "mem_not_counted_for_evict:100", "maxmemory:1000"]
          .concat(keys ? ["db0:keys=1,expires=0,avg_ttl=0"] : [])
          .join("\\r\\n");
      const info = "INFO";

      it("leaves a Redis alone that is not full, is full of keys, or follows one that is", () => {
        for (const answer of [told("master", 1100, false), told("master", 1101, true), told("slave", 2000, false)])
          assert.deepEqual(look(moved, answer), [active, asked, info]);
      });

      for (const [what, answer, reason, tried] of [
        [
          "is full without a key",
          told("master", 1101, false),
          "its memory is full of what it cannot evict",
          [policyAsked],
        ],
        ["does not answer", "none", "it does not answer", []],
        ["does not end a script", busy, "a script does not end", []],
      ] as const) {
        it(`has one begin anew that ${what}`, () => {
          const calls = look(moved, answer, moved, answer, moved, answer, moved, answer);
          const last = answer === busy ? [asked, info] : [asked, info, ...tried];
          assert.deepEqual(calls.slice(-last.length - 1), [...last, why(reason)]);
          assert.equal(calls.filter((call) => call === info).length, 4);
        });
      }
    });

    it("asks nothing while Redis is down", () => {
      host.install("revive-redis");
      host.standIn("systemctl", "exit 3");
      assert.equal(host.run("revive-redis").status, 0);
      assert.deepEqual(host.calls(), [active]);
    });

    it("leaves a Redis alone that does not answer because it is stopped, as for an update: one that starts may wait for others", () => {
      host.install("revive-redis");
      host.standIn("systemctl", `[ ! -e ${host.path("/stopped")} ]`);
      host.standInScript("ask-redis", `: >${host.path("/stopped")}`);
      host.standInScript("begin-anew", ":");
      host.standIn("sleep");
      assert.equal(host.run("revive-redis").status, 0);
      assert.deepEqual(host.calls(), [active, "ask-redis ", "sleep 5", active]);
    });
  });
});
