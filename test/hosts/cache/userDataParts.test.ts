import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Host } from "../../../lab/hosts/index.js";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { userDataPartProblems } from "../../../src/arguments/userDataPart.js";
import { clientCloudConfig, clientUserData } from "../../../src/host/clientUserData.js";
import { cloudConfigText } from "../../../src/host/cloudConfig.js";
import { userDataArchive } from "../../../src/host/userDataArchive.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { runsOf } from "../../support/dimensions.js";
import { sampleConnection } from "../../support/sample.js";
import { anyConfig, refusedConfigs, takenConfigs } from "../../support/userDataParts.js";
import { describeOnHosts } from "./scene.js";

type Config = Readonly<Record<string, unknown>>;

/** What cloud-init makes of one user data; see lab/scenario/onHost/merge.py. */
interface Joined {
  readonly config: Config;
  readonly alone: readonly (Config | null)[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly order: readonly string[];
  readonly broken: readonly string[];
  readonly warnings: readonly string[];
}

const headed = (body: string): string => `#cloud-config${body}`;

/** In place of ours, with each of its lists: cloud-init takes a while to read all of it. */
const own = cloudConfigText({
  package_update: true,
  packages: ["jq"],
  bootcmd: [["systemctl", "mask", "swap.target"]],
  write_files: [{ path: "/etc/ours", content: "ours\n", permissions: "0644" }],
  runcmd: [["systemctl", "daemon-reload"]],
});
const withOwn = (...parts: string[]): string => userDataArchive(own, parts);

/** What `additionalUserData` promises: lists one behind the other, and of all else what was there first. */
function promised(configs: readonly (Config | null)[]): Config {
  const joined: Record<string, unknown> = {};
  for (const [key, value] of configs.flatMap((config) => Object.entries(config ?? {}))) {
    const before = joined[key];
    if (Array.isArray(before) && Array.isArray(value))
      joined[key] = [...(before as unknown[]), ...(value as unknown[])];
    else if (!Object.hasOwn(joined, key)) joined[key] = value;
  }
  return joined;
}

/** Whether cloud-init could read all parts, would end none of its modules with an error, and lost none of the lists. */
function isSound({ alone: [ours, ...theirs], broken, warnings }: Joined): boolean {
  const lost = theirs.some((config) =>
    Object.entries(config ?? {}).some(
      ([key, value]) => Array.isArray(ours?.[key]) && value !== null && !Array.isArray(value),
    ),
  );
  return !lost && broken.length === 0 && !warnings.some((warning) => warning.startsWith("Failed loading yaml"));
}

/** Whether a command of theirs stands where ours was. */
function isReplaced({ alone: [ours], config }: Joined): boolean {
  const [first] = config.runcmd as unknown[];
  return JSON.stringify(first) !== JSON.stringify((ours?.runcmd as unknown[])[0]);
}

describeOnHosts([], "the caller's own user data, read by Debian's own cloud-init", (scene) => {
  let host: Host;
  before(async () => {
    host = (await scene()).appHost;
  });

  const cloudInit = async (texts: readonly string[]): Promise<Joined[]> => {
    const script = readFileSync(join(repositoryRoot, "lab", "scenario", "onHost", "merge.py"), "utf8");
    const options = { input: JSON.stringify(texts), timeoutMs: 300_000 };
    const { exitCode, stdout, stderr } = await host.exec(["python3", "-c", script], options);
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout) as Joined[];
  };

  it("a cloud-config is added to ours, whatever a text that cloud-init takes looks like", async () => {
    const parts = [...takenConfigs.map(headed), ...refusedConfigs.map(({ instead }) => headed(`\n${instead}`))];
    const [alone, ...each] = await cloudInit([own, ...parts.map((part) => withOwn(part))]);
    for (const [index, joined] of each.entries()) {
      assert.ok(isSound(joined), `${JSON.stringify(parts[index])} ${JSON.stringify(joined)}`);
      assert.deepEqual(joined.alone[0], alone?.config);
      assert.deepEqual(joined.config, promised(joined.alone), parts[index]);
    }
  });

  it("all of them are added to all of ours, whose lists come first", async () => {
    const plan = planClient("web", { appUser: "web" });
    const parts = takenConfigs.map(headed);
    const [alone, joined] = await cloudInit([
      clientCloudConfig(plan, sampleConnection),
      clientUserData(plan, sampleConnection, parts),
    ]);
    assert.deepEqual([joined?.alone.length, joined?.broken], [parts.length + 1, []]);
    for (const [key, value] of Object.entries(alone?.config ?? {})) {
      const found = joined?.config[key];
      assert.deepEqual(Array.isArray(value) ? (found as unknown[]).slice(0, value.length) : found, value, key);
    }
  });

  it("what is refused ends in an error, or else would be lost or take the place of ours", async () => {
    const parts = refusedConfigs.map(({ body }) => headed(`\n${body}`));
    const joined = await cloudInit([...parts, ...parts.map((part) => withOwn(part))]);
    for (const [index, { body, breaks }] of refusedConfigs.entries()) {
      const [alone, added] = [joined[index], joined[index + parts.length]];
      assert.ok(alone && added);
      assert.equal(alone.broken.length > 0 || alone.alone[0] === null, breaks, `${body} ${JSON.stringify(alone)}`);
      if (/^(packages|merge_)/.test(body)) assert.ok(!isSound(added) || isReplaced(added), body);
    }
  });

  it("any cloud-config is taken just when cloud-init would take it, and is joined as is promised", async () => {
    const parts = fc.sample(anyConfig, runsOf(200)).map(headed);
    const each = await cloudInit(parts.map((part) => withOwn(part)));
    const taken = each.filter((joined, index) => {
      const problems = userDataPartProblems("part", parts[index]);
      assert.equal(problems.length === 0, isSound(joined), JSON.stringify({ part: parts[index], problems, joined }));
      if (problems.length === 0) assert.deepEqual(joined.config, promised(joined.alone), parts[index]);
      return problems.length === 0;
    });
    assert.ok(taken.length > 0 && taken.length < parts.length, `${taken.length} of ${parts.length}`);
  });

  it("the application's user reads what is for its group, whichever group the caller's users give it", async () => {
    const plan = planClient("web", { appUser: "other" });
    const part = headed("\nusers: [{name: other, primary_group: users}]\n");
    const [joined] = await cloudInit([clientUserData(plan, sampleConnection, [part])]);
    const [make = []] = joined?.config.runcmd as string[][];
    /** Makes the user as cloud-init does, runs what makes ours, and lets the user read. */
    const reads = async (command: readonly string[]): Promise<boolean> => {
      const script =
        'useradd --gid users --no-user-group other && "$@" && printf secret >/run/others && chown root:other /run/others && ' +
        "chmod 0440 /run/others; runuser -u other -- cat /run/others; status=$?; " +
        "userdel other; groupdel other; rm -f /run/others; exit $status";
      const { exitCode, stdout } = await host.exec(["sh", "-c", `{ ${script}; } 2>/dev/null`, "sh", ...command]);
      assert.equal(stdout, exitCode === 0 ? "secret" : "");
      return exitCode === 0;
    };
    assert.equal(make[0], "systemd-sysusers");
    assert.equal(await reads(make), true);
    // The control: made alone, it is in no group of its name.
    assert.equal(await reads(make.filter((word) => !word.startsWith("m "))), false);
  });

  it("scripts are run behind runcmd, in their order, and with the lines' ends that Linux needs", async () => {
    const scripts = Array.from({ length: 12 }, (_, index) => `#!/bin/sh\r\necho ${index} é\u2028\u{1f600}\r\n`);
    const [joined] = await cloudInit([withOwn(...scripts)]);
    const { runcmd, ...others } = Object.fromEntries(joined?.order.map((name, index) => [name, index]) ?? []);
    assert.equal(runcmd, 0);
    assert.deepEqual(
      Object.keys(others).map((name) => joined?.scripts[name]),
      scripts.map((script) => script.replaceAll("\r\n", "\n")),
    );
  });
});
