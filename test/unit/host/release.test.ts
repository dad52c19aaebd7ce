import assert from "node:assert/strict";
import { parse } from "yaml";
import { clientCloudConfig } from "../../../src/host/clientUserData.js";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { operatingSystems, type OperatingSystem } from "../../../src/plan/operatingSystem.js";
import { sampleConnection, samplePlan } from "../../support/sample.js";

interface Parsed {
  readonly bootcmd: readonly (readonly string[])[];
  readonly write_files: readonly { readonly path: string; readonly content: string }[];
}

/** What the user data of the node and of the app host say on a release. */
function hosts(operatingSystem: OperatingSystem): Parsed[] {
  const plan = samplePlan({ operatingSystem });
  const [node] = plan.nodes;
  assert.ok(node);
  const client = planClient("web", { appUser: "web", operatingSystem });
  return [nodeUserData(plan, node, sampleConnection), clientCloudConfig(client, sampleConnection)].map(
    (text) => parse(text) as Parsed,
  );
}

/** The option `--file` of cloud-init stands where the release's own reads it. */
const askedAgain = {
  "debian-13": "cloud-init single --file $stay --name package_update_upgrade_install",
  "debian-12": "cloud-init --file $stay single --name package_update_upgrade_install",
};

/** Nobody on a node gets to sshd past its firewall. */
const masked = {
  "debian-13": [["systemctl", "mask", "--now", "sshd-unix-local.socket", "sshd-vsock.socket"]],
  "debian-12": [],
};

/** Operators share their bastion hosts' addresses. */
const penalties = { "debian-13": "PerSourcePenalties no", "debian-12": undefined };

for (const operatingSystem of operatingSystems) {
  describe(`user data for ${operatingSystem}`, () => {
    it("has cloud-init asked again for packages in its own words", () => {
      for (const { write_files: files } of hosts(operatingSystem)) {
        const script = files.find(({ path }) => path.endsWith("/install-packages"))?.content ?? "";
        assert.ok(script.includes(askedAgain[operatingSystem]), script);
      }
    });

    it("keeps shut on a node what systemd would open to sshd beside the network, and leaves it to an app host's owner", () => {
      const found = hosts(operatingSystem).map(({ bootcmd }) =>
        bootcmd.filter((command) => command.some((word) => word.startsWith("sshd-"))),
      );
      assert.deepEqual(found, [masked[operatingSystem], []]);
    });

    it("has sshd lock out no bastion host for one who fails from there", () => {
      const [node] = hosts(operatingSystem);
      const conf = node?.write_files.find(({ path }) => path.startsWith("/etc/ssh/sshd_config.d/"))?.content ?? "";
      assert.equal(/^PerSourcePenalties.*$/m.exec(conf)?.[0], penalties[operatingSystem]);
    });
  });
}
