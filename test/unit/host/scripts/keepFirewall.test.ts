import assert from "node:assert/strict";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import { ScriptHost } from "../../../support/scriptHost.js";

describe("keep-firewall", () => {
  const laid = "table inet hipaa_redis {\n}";
  const list = "nft --stateless --terse list table inet hipaa_redis";
  const reload = "systemctl reload-or-restart hipaa-redis-firewall.service";
  const start = "systemctl start --no-block hipaa-redis-tunnel.service";
  const stop = "systemctl stop hipaa-redis-tunnel.service";
  const found = "The firewall in force was not the one that was laid down";
  let host: ScriptHost;

  /** What is in force, and what of the file can be loaded: nothing where it is empty. */
  const look = (inForce: string, file = laid) => {
    host.write("/in-force", inForce);
    host.write(hostPaths.firewallConfig, file);
    host.write("/journal", "");
    return { ...host.run("keep-firewall"), calls: host.calls(), journal: host.read("/journal") };
  };
  const systemctl = (reloaded: boolean): void => {
    const [inForce, file] = [host.path("/in-force"), host.path(hostPaths.firewallConfig)];
    host.standIn("systemctl", reloaded ? `case $1 in reload*) cp ${file} ${inForce} ;; esac` : "exit 1");
  };

  beforeEach(() => {
    host = new ScriptHost();
    host.install("keep-firewall");
    const [inForce, file] = [host.path("/in-force"), host.path(hostPaths.firewallConfig)];
    host.standIn("nft", `[ -s ${inForce} ] && cat ${inForce}`);
    host.standIn("unshare", `[ -s ${file} ] && cat ${file}`);
    host.standIn("logger", `cat >${host.path("/journal")}`);
    systemctl(true);
  });

  afterEach(() => {
    host.remove();
  });

  it("leaves the firewall alone that was laid down", () => {
    const { status, calls, stderr, journal } = look(laid);
    assert.deepEqual([status, stderr, journal], [0, "", ""]);
    const [asked = "", listed, ...more] = calls;
    assert.ok(asked.startsWith("unshare --net sh -c nft --file "), asked);
    assert.ok(asked.endsWith(`${hostPaths.firewallConfig} && ${list}`), asked);
    assert.deepEqual([listed, ...more], [list]);
  });

  for (const [what, inForce] of [
    ["is away", ""],
    ["is another one", `${laid}\nmore`],
  ] as const) {
    it(`lays it again when it ${what}, has the tunnel start where it had none to start with, and raises an alarm`, () => {
      const { status, calls, stderr, journal } = look(inForce);
      assert.equal(host.read("/in-force"), laid);
      assert.deepEqual(calls.slice(2), [reload, list, start, "logger --journald"]);
      const text = `${found}: it is laid again.`;
      assert.deepEqual([status, stderr], [1, `hipaa-redis: ${text}\n`]);
      assert.match(journal, /^MESSAGE_ID=6f1f0b5c4a3c4d0f9d1c2a7b58e3a9d4\nPRIORITY=2\n/);
      assert.ok(journal.endsWith(`MESSAGE=hipaa-redis: alarm: ${text}\n`), journal);
    });
  }

  for (const [what, why] of [
    [
      "systemd can't load it",
      () => {
        systemctl(false);
      },
    ],
    [
      "what was loaded is not in force",
      () => {
        host.standIn("systemctl");
      },
    ],
  ] as const) {
    it(`stops the tunnel, and says so, when it can't be laid again: ${what}`, () => {
      why();
      const { status, calls, journal } = look("");
      assert.deepEqual([status, calls.includes(stop)], [1, true]);
      const text = `${found}, and can't be laid again: see the lines above. The tunnel is stopped until it can.`;
      assert.ok(journal.endsWith(`alarm: ${text}\n`), journal);
      systemctl(true);
      assert.deepEqual(look("").calls.slice(-2), [start, "logger --journald"]);
      assert.equal(look(laid).calls.includes(start), false);
    });
  }

  it("stops the tunnel when nobody knows what was laid down, until somebody does", () => {
    const { status, calls } = look(laid, "");
    assert.deepEqual([status, calls.includes(stop), calls.includes(reload)], [1, true, false]);
    const mended = look(laid);
    assert.deepEqual([mended.status, mended.calls.at(-1)], [0, start]);
    assert.equal(look(laid).calls.at(-1), list);
  });
});
