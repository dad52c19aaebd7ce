import assert from "node:assert/strict";
import { parse } from "yaml";
import { clientCloudConfig } from "../../../src/host/clientUserData.js";
import { imageCloudConfig } from "../../../src/host/imageCloudConfig.js";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import { clientProblems } from "../../../src/arguments/clientProblems.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { InvalidArgumentsError } from "../../../src/arguments/problems.js";
import { tunnelEngines, type TunnelEngine } from "../../../src/plan/tunnel.js";
import { sampleConnection, samplePlan } from "../../support/sample.js";

interface Parsed {
  package_update?: boolean;
  package_upgrade?: boolean;
  package_reboot_if_required?: boolean;
  packages?: string[];
  bootcmd: string[][];
  runcmd: string[][];
  write_files?: { path: string; content: string }[];
  power_state?: { condition: string[] };
}

/** What a host without the packages has to see to it that they come. */
const ofInstallation = /install-packages$|hipaa-redis-install\.service$/;

/** The same without that, and without what keeps sshd shut meanwhile. */
function withoutInstallation(config: Parsed): Parsed {
  const { bootcmd, runcmd, write_files: files = [] } = config;
  const others = (commands: string[][]): string[][] =>
    commands.filter((command) => !ofInstallation.test(command.join(" ")) && !command.includes("ssh.service"));
  return {
    ...config,
    bootcmd: others(bootcmd),
    write_files: files.filter(({ path }) => !ofInstallation.test(path)),
    runcmd: others(runcmd),
  };
}

/** What the node's and the app host's user data say, both with or without the packages in their images. */
function hosts(tunnel: TunnelEngine, imageHasPackages: boolean): Parsed[] {
  const plan = samplePlan({ tunnel, imageHasPackages, imageId: "ami-1" });
  const [node] = plan.nodes;
  assert.ok(node);
  const { region, secretArn } = sampleConnection;
  const client = planClient("web", { appUser: "web", tunnel, imageHasPackages });
  return [nodeUserData(plan, node, { region, secretArn }), clientCloudConfig(client, sampleConnection)].map(
    (text) => parse(text) as Parsed,
  );
}

for (const tunnel of tunnelEngines) {
  describe(`an image with the packages of ${tunnel}`, () => {
    it("has hosts install nothing, and changes nothing else", () => {
      const baked = hosts(tunnel, true);
      for (const [index, host] of hosts(tunnel, false).entries()) {
        const { package_update, package_upgrade, package_reboot_if_required, packages, ...rest } = host;
        assert.equal(package_update, true);
        assert.ok(packages !== undefined && packages.length > 0);
        const node = index === 0 ? true : undefined;
        assert.deepEqual([package_upgrade, package_reboot_if_required], [node, node]);
        assert.deepEqual(baked[index], withoutInstallation(rest));
        assert.notDeepEqual(baked[index], rest);
      }
    });

    it("is not there where hosts wait for their packages before anything of ours is started", () => {
      for (const { packages = [], runcmd, write_files: files = [] } of hosts(tunnel, false)) {
        const unit = files.find(({ path }) => path.endsWith("/hipaa-redis-install.service"));
        const waits = ["systemctl", "enable", "--now", "hipaa-redis-install.service"].join(" ");
        const commands = runcmd.map((command) => command.join(" "));
        const at = (wanted: string): number => commands.findIndex((command) => command.includes(wanted));
        assert.equal(at("hipaa-redis-install"), commands.indexOf(waits));
        assert.ok(at("daemon-reload") < at("hipaa-redis-install"));
        assert.ok(at("hipaa-redis-install") < at("hipaa-redis-firewall"));
        assert.match(
          unit?.content ?? "",
          new RegExp(`^ExecStart=/usr/local/lib/hipaa-redis/install-packages ${packages.join(" ")}$`, "m"),
        );
      }
    });

    it("that is Debian's keeps sshd shut until all packages are up to date, when the node first boots", () => {
      const commands = ({ bootcmd, runcmd }: Parsed): string[] =>
        [...bootcmd, ...runcmd]
          .map((command) => command.join(" "))
          .filter((command) => command.includes("ssh.service"));
      assert.deepEqual(hosts(tunnel, false).map(commands), [
        [
          "cloud-init-per instance hold-ssh systemctl mask --runtime --now ssh.service ssh.socket",
          "systemctl unmask --runtime ssh.service ssh.socket",
          "systemctl start ssh.service",
        ],
        [],
      ]);
      assert.equal(hosts(tunnel, false)[0]?.runcmd.at(-1)?.join(" "), "systemctl start ssh.service");
    });

    it("gets every package that its hosts would install, and masks what they would mask", () => {
      const image = parse(imageCloudConfig({ tunnels: [tunnel] })) as Parsed;
      assert.deepEqual([image.package_upgrade, image.package_reboot_if_required], [true, undefined]);
      for (const { packages = [], bootcmd } of hosts(tunnel, false)) {
        assert.deepEqual(
          packages.filter((name) => !image.packages?.includes(name)),
          [],
        );
        assert.deepEqual(
          packages.filter((name) => !image.power_state?.condition.includes(name)),
          [],
        );
        assert.deepEqual(image.bootcmd, bootcmd.slice(0, 1));
      }
    });
  });
}

describe("the cloud-config of an image", () => {
  it("puts in every tunnel program unless some are named", () => {
    assert.equal(imageCloudConfig(), imageCloudConfig({ tunnels: tunnelEngines }));
    assert.match(imageCloudConfig(), /haproxy/);
    assert.doesNotMatch(imageCloudConfig({ tunnels: ["stunnel"] }), /haproxy/);
  });

  it("refuses an empty list of programs, and a program that does not exist", () => {
    for (const tunnels of [[], ["ghostunnel"]]) {
      assert.throws(() => imageCloudConfig({ tunnels: tunnels as TunnelEngine[] }), InvalidArgumentsError);
    }
  });

  it("is asked for by true or false alone", () => {
    const paths = (imageHasPackages: unknown): string[] =>
      clientProblems("web", {
        connection: sampleConnection,
        appUser: "web",
        imageHasPackages: imageHasPackages as boolean,
      }).map(({ path }) => path);
    assert.deepEqual(paths("yes"), ["imageHasPackages"]);
    assert.deepEqual([...paths(true), ...paths(false), ...paths(undefined)], []);
  });
});
