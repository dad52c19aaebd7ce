import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import { ScriptHost } from "../../../support/scriptHost.js";

describe("scripts of a node", () => {
  let host: ScriptHost;

  beforeEach(() => {
    host = new ScriptHost();
  });

  afterEach(() => {
    host.remove();
  });

  describe("size-memory", () => {
    it("gives Redis a share of the machine's memory", () => {
      host.install("size-memory");
      host.write("/proc/meminfo", "SwapTotal: 5 kB\nMemTotal:        1003 kB\nMemFree: 10 kB\n");
      const { status } = host.run("size-memory", ["60", host.path("/memory.conf")]);
      assert.deepEqual([status, host.read("/memory.conf")], [0, "maxmemory 601kb\n"]);
    });
  });

  describe("prepare-redis", () => {
    const refused = `${hostPaths.redisStartFolder}/refused`;

    beforeEach(() => {
      host.install("prepare-redis");
      host.standIn("chown");
      host.write(refused, "3\n");
    });

    it("makes up a password for the agent and a name for each command, anew each time", () => {
      const made = [1, 2].map(() => {
        assert.equal(host.run("prepare-redis", ["CONFIG", "ACL"]).status, 0);
        return {
          agent: host.read(`${hostPaths.redisStartFolder}/agent`),
          commands: host.read(hostPaths.redisCommands),
        };
      });
      for (const { agent, commands } of made) {
        assert.match(agent, /^[0-9a-f]{64}\n$/);
        const [user, ...renames] = commands.split("\n");
        const hash = createHash("sha256").update(agent.trimEnd()).digest("hex");
        assert.equal(
          user,
          `user _agent reset on #${hash} -@all +acl|setuser +acl|deluser +acl|users +acl|list +config|get +config|resetstat +info +setrange +script|kill %W~hipaa-redis:agent`,
        );
        assert.match(renames.join("\n"), /^rename-command CONFIG [0-9a-f]{32}\nrename-command ACL [0-9a-f]{32}\n$/);
      }
      const words = made.flatMap(({ agent, commands }) => [agent, ...(commands.match(/(?<= )[0-9a-f]{32}$/gm) ?? [])]);
      assert.equal(new Set(words).size, 6);
    });

    it("leaves the names to Redis alone, and the password to root", () => {
      host.run("prepare-redis", ["CONFIG"]);
      assert.deepEqual(host.calls(), [`chown redis:redis ${host.path(hostPaths.redisCommands)}`]);
      const modes = ["agent", "commands.conf"].map(
        (name) => statSync(host.path(`${hostPaths.redisStartFolder}/${name}`)).mode & 0o777,
      );
      assert.deepEqual(modes, [0o600, 0o400]);
    });

    it("forgets how many passwords were refused: Redis counts anew", () => {
      host.run("prepare-redis", ["CONFIG"]);
      assert.equal(host.has(refused), false);
    });
  });

  describe("check-haproxy", () => {
    it("has HAProxy judge its own configuration, with the folder of the version in place of the one in use", () => {
      host.install("check-haproxy");
      host.write(
        hostPaths.haproxyConfig,
        `bind crt ${host.path(hostPaths.certificate)} ca-file ${host.path(hostPaths.trusted)}\n`,
      );
      for (const verdict of [0, 1]) {
        host.write(
          "/usr/sbin/haproxy",
          `#!/bin/sh\necho "$1 $2 $3"\ncat "$4"\necho "$4" >${host.path("/judged")}\nexit ${String(verdict)}\n`,
        );
        host.makeExecutable("/usr/sbin/haproxy");
        const { status, stdout } = host.run("check-haproxy", ["/new"]);
        assert.deepEqual(
          [status, stdout],
          [verdict, "-c -q -f\nbind crt /new/certificate.pem ca-file /new/trusted.pem\n"],
        );
        assert.equal(existsSync(host.read("/judged").trim()), false);
      }
    });
  });

  describe("restart-updated", () => {
    const old = "7f1-7f2 r-xp 00 08:01 1 /usr/lib/x.so (deleted)\n";

    it("restarts the services whose code was replaced, but for the message bus", () => {
      host.install("restart-updated");
      const maps = [
        ["ssh.service", old],
        ["hipaa-redis-server.service", `7f0-7f1 r--p 00 08:01 1 /usr/bin/r\n${old}`],
        ["dbus.service", old],
        ["fresh.service", "7f1-7f2 r-xp 00 08:01 1 /usr/lib/x.so\n"],
        ["data.service", "7f1-7f2 rw-p 00 08:01 1 /usr/lib/x.so (deleted)\n"],
        ["memory.service", "7f1-7f2 r-xp 00 00:01 1 /memfd:doublemapper (deleted)\n"],
      ] as const;
      for (const [index, [, text]] of maps.entries()) host.write(`/proc/${String(index)}/maps`, text);
      const units = [...maps.map(([unit]) => unit), "gone.service"];
      host.standIn(
        "systemctl",
        `case $1 in
list-units) printf '%s loaded active running Words\\n' ${units.join(" ")} ;;
show) case $4 in ${units.map((unit, index) => `${unit}) echo ${String(index)} ;;`).join(" ")} esac ;;
esac`,
      );
      const { status, stdout } = host.run("restart-updated");
      const calls = host.calls();
      const restarted = ["ssh.service", "hipaa-redis-server.service"];
      assert.equal(calls[0], "systemctl list-units --type=service --state=running --plain --no-legend");
      assert.deepEqual(
        calls.filter((call) => call.startsWith("systemctl restart")),
        restarted.map((unit) => `systemctl restart ${unit}`),
      );
      assert.ok(calls.includes("systemctl show --property=MainPID --value ssh.service"));
      assert.deepEqual(
        [status, stdout],
        [0, restarted.map((unit) => `hipaa-redis: restarting ${unit}, whose code was updated.\n`).join("")],
      );
    });
  });

  describe("count-refusals", () => {
    const errors = "# Errorstats\r\nerrorstat_ERR:count=9\r\nerrorstat_WRONGPASS:count=5\r\n";
    const refused = `${hostPaths.redisStartFolder}/refused`;
    let journal: string;

    beforeEach(() => {
      host.install("count-refusals");
      host.standIn("systemctl");
      host.write(`${hostPaths.redisStartFolder}/agent`, "x");
      host.standInScript("ask-redis", `cat >&2; printf '${errors.replaceAll("\r\n", "\\r\\n")}'`);
      host.standIn("logger", `cat >${host.path("/journal")}`);
    });

    const look = () => {
      host.calls();
      host.write("/journal", "");
      const ended = host.run("count-refusals");
      journal = host.read("/journal");
      return ended;
    };

    it("tells the journal how many came since the last look, and nothing where there were none", () => {
      assert.deepEqual(look(), { status: 0, stdout: "", stderr: "INFO stats\nINFO errorstats\n" });
      assert.deepEqual(host.calls(), [
        "systemctl is-active --quiet hipaa-redis-server.service",
        "ask-redis ",
        "logger --journald",
      ]);
      assert.equal(journal, message(5, 5));
      assert.equal(host.read(refused), "5\n");
      assert.deepEqual([look().status, journal], [0, ""]);
      host.write(refused, "3\n");
      assert.deepEqual([look().status, journal], [0, message(2, 5)]);
    });

    it("says nothing where Redis has refused none", () => {
      host.standInScript("ask-redis", "printf '# Errorstats\\r\\n'");
      assert.deepEqual([look(), journal, host.has(refused)], [{ status: 0, stdout: "", stderr: "" }, "", false]);
    });

    it("goes by what Redis denied where it tells that: not all of it was answered", () => {
      host.write(
        "/stats",
        ["OK", "# Stats", "acl_access_denied_auth:12", "acl_access_denied_cmd:4", "", ...errors.split("\r\n")].join(
          "\r\n",
        ),
      );
      host.standInScript("ask-redis", `cat ${host.path("/stats")}`);
      assert.deepEqual([look().status, journal, host.read(refused)], [0, message(12, 12), "12\n"]);
    });

    const wordsOf = (count: number, denied?: number): void => {
      const lines = Array.from({ length: count }, (_, word) => `errorstat_W${word}:count=1`);
      const stats = ["# Stats", ...(denied === undefined ? [] : [`acl_access_denied_auth:${denied}`])];
      host.write("/stats", ["OK", ...stats, "# Errorstats", ...lines, ""].join("\r\n"));
      host.standInScript("ask-redis", `cat >>"$CALLS"; cat ${host.path("/stats")}`);
    };

    it("has Redis count anew when scripts have made up more than a thousand words", () => {
      wordsOf(1001);
      host.write(refused, "3\n");
      assert.deepEqual([look().status, host.has(refused)], [0, false]);
      assert.ok(host.calls().includes("CONFIG RESETSTAT"));
      assert.match(journal, /MESSAGE=hipaa-redis: scripts made up too many words of errors: .*\n$/);
      // The control.
      wordsOf(1000);
      host.write(refused, "3\n");
      assert.deepEqual([look().status, journal, host.has(refused)], [0, "", true]);
      assert.ok(!host.calls().includes("CONFIG RESETSTAT"));
    });

    it("keeps what it has told where Redis goes on with its count of what it denied", () => {
      wordsOf(1001, 3);
      host.write(refused, "3\n");
      assert.deepEqual([look().status, host.read(refused)], [0, "3\n"]);
      assert.ok(host.calls().includes("CONFIG RESETSTAT"));
    });

    it("has Redis count anew when there are so many that it cuts who asks for them", () => {
      host.standInScript(
        "ask-redis",
        `echo OK
while read -r asked; do
  echo "$asked" >>"$CALLS"
  case $asked in "INFO stats") printf '# Stats\\r\\nacl_access_denied_auth:2\\r\\n' ;; *) exit 1 ;; esac
done`,
      );
      look();
      assert.ok(host.calls().includes("CONFIG RESETSTAT"));
      assert.equal(journal.split("\n")[2], message(2, 2).split("\n")[2]);
      for (const answer of [
        "",
        "OK\nBUSY Redis is busy running a script.\n",
        "OK\n# Stats\nBUSY Redis is busy running a script.\n",
        "ERR max number of clients reached\n",
      ]) {
        host.standInScript("ask-redis", `cat >>"$CALLS"; printf '${answer}'`);
        assert.deepEqual([look().status, journal, host.calls().includes("CONFIG RESETSTAT")], [0, "", false]);
      }
    });

    it("asks nothing while Redis is down", () => {
      host.standIn("systemctl", "exit 3");
      assert.deepEqual([look().status, journal], [0, ""]);
      assert.deepEqual(host.calls(), ["systemctl is-active --quiet hipaa-redis-server.service"]);
    });

    const message = (since: number, all: number): string =>
      `PRIORITY=4\nSYSLOG_IDENTIFIER=hipaa-redis\nMESSAGE=hipaa-redis: ${String(since)} wrong passwords were refused since the last look, ${String(all)} since Redis began to count.\n`;
  });
});
