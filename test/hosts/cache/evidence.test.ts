import assert from "node:assert/strict";
import type { Host } from "../../../lab/hosts/index.js";
import { assess, type AssessedControl } from "../../../src/evidence/assess.js";
import { meets, type HostCheck } from "../../../src/evidence/check.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import { unitNames } from "../../../src/host/units.js";
import { shell } from "./onHost.js";
import { describeEachTunnel, type TestScene } from "./scene.js";

describeEachTunnel("the checks of controls, on the hosts", (scene) => {
  let here: TestScene;
  let controls: readonly AssessedControl[];
  before(async () => {
    here = await scene();
    const { evidence } = await here.quickstart.stack.outputs();
    assert.ok(evidence);
    assert.equal(evidence.secret, false);
    controls = assess(evidence.value as Evidence).controls;
  });

  const hosts = (): Record<HostCheck["roles"][number], Host> => ({ cache: here.node, client: here.appHost });

  /** The control, the host and what was to be shown, for each check that fails. */
  const findings = async (ids?: readonly string[]): Promise<string[]> => {
    const found: string[] = [];
    for (const { id, checks } of controls) {
      if (ids?.includes(id) === false) continue;
      for (const check of checks) {
        if (check.by !== "host") continue;
        for (const role of check.roles) {
          const result = await hosts()[role].exec(["sh", "-c", check.command], { timeoutMs: 60_000 });
          if (!meets(check.expect, result))
            found.push(
              `${id}, ${role}: ${check.shows} (${result.exitCode}) ${result.stdout.slice(0, 300)}${result.stderr.slice(0, 300)}`,
            );
        }
      }
    }
    return found;
  };

  it("all hold", async () => {
    const checks = controls.flatMap((control) => control.checks.filter(({ by }) => by === "host"));
    assert.ok(checks.length > 50, `only ${checks.length} checks`);
    assert.deepEqual(await findings(), []);
  });

  it("find what is broken, and name its control", async () => {
    const broken: readonly [string, Host, string, string][] = [
      [
        "certificate-life",
        here.appHost,
        `systemctl stop ${unitNames.refreshTimer}`,
        `systemctl start ${unitNames.refreshTimer}`,
      ],
      [
        "host-firewall",
        here.node,
        "nft flush chain inet hipaa_redis input",
        `systemctl reload ${unitNames.firewall}`,
      ],
      [
        "wall",
        here.appHost,
        "chmod o+r $(realpath /run/hipaa-redis/secret/certificate.pem.key)",
        "chmod o-r $(realpath /run/hipaa-redis/secret/certificate.pem.key)",
      ],
    ];
    for (const [id, host, breakIt, mend] of broken) {
      await shell(host, breakIt);
      try {
        const found = await findings([id]);
        assert.ok(found.length > 0, `${id} has not noticed: ${breakIt}`);
      } finally {
        await shell(host, mend);
      }
      assert.deepEqual(await findings([id]), []);
    }
  });
});
