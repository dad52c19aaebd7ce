import assert from "node:assert/strict";
import { parse } from "yaml";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import { timeFiles } from "../../../src/host/timeFiles.js";
import { sampleConnection, samplePlan } from "../../support/sample.js";

const sources = (servers: readonly string[]): string[] =>
  (timeFiles(servers).find(({ path }) => path === hostPaths.timeConfig)?.content ?? "")
    .split("\n")
    .filter((line) => /^(server|pool|peer|refclock|sourcedir|confdir|include)\b/.test(line));

describe("the clock of a node", () => {
  it("follows the servers that are given, and no file or pool that names others", () => {
    for (const servers of [["169.254.169.123"], ["10.0.64.10", "10.0.80.10"]]) {
      assert.deepEqual(
        sources(servers),
        servers.map((server) => `server ${server} iburst minpoll 4 maxpoll 4`),
      );
    }
  });

  it("is set by Debian's own service, which reads this file in place of Debian's", () => {
    const content = Object.fromEntries(timeFiles(["10.0.64.10"]).map((file) => [file.path, file.content]));
    assert.equal(content[hostPaths.timeOptions], `DAEMON_OPTS=-F 1 -f ${hostPaths.timeConfig}\n`);
    assert.equal(
      content[hostPaths.timeDropIn],
      `[Service]\nEnvironmentFile=${hostPaths.timeOptions}\nRestart=on-failure\nRestartSec=10\n`,
    );
  });

  it("is what the argument says, and the service takes it up once its files are there", () => {
    for (const [change, server] of [
      [{}, "169.254.169.123"],
      [{ timeServers: ["10.0.64.10"] }, "10.0.64.10"],
    ] as const) {
      const plan = samplePlan(change);
      const [node] = plan.nodes;
      assert.ok(node);
      const { region, secretArn } = sampleConnection;
      const { packages, write_files, runcmd } = parse(nodeUserData(plan, node, { region, secretArn })) as {
        packages: string[];
        write_files: { path: string; content: string }[];
        runcmd: string[][];
      };
      assert.ok(packages.includes("chrony"));
      const file = write_files.find(({ path }) => path === hostPaths.timeConfig);
      assert.match(file?.content ?? "", new RegExp(`^server ${server} `));
      const [reload, restart] = ["daemon-reload", "chrony.service"].map((word) =>
        runcmd.findIndex((line) => line.includes(word)),
      );
      assert.equal(reload, 0);
      assert.ok(runcmd[restart ?? -1]?.includes("restart"));
    }
  });
});
