import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import type { CloudConfig } from "../../../src/host/cloudConfig.js";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { sampleConnection, samplePlan } from "../../support/sample.js";

/** An app host's, the one that verify brings along, and those of a cluster. */
const notOfNodes = [
  ...["take-app-role.sh", "check-users.sh"],
  ...["find-view.sh", "cluster-role.sh", "seed-cluster.sh", "join-cluster.sh", "agree-on-members.sh"],
  ...["next-slots.sh", "open-slots.sh", "move-slots.sh", "hand-over-cluster.sh", "cluster-well.sh"],
];

describe("the scripts of a node", () => {
  it("are those of the folder, but for lines of comments, where there are replicas, with HAProxy's check as the tunnel's", () => {
    const plan = samplePlan({ tunnel: "haproxy", replicas: 2 });
    const [node] = plan.nodes;
    assert.ok(node);
    const { write_files: files = [] } = parse(nodeUserData(plan, node, sampleConnection)) as CloudConfig;
    const laidDown = files.filter(({ path }) => path.startsWith(hostPaths.scriptsFolder));

    const folder = join(repositoryRoot, "src/host/scripts");
    const ofNode = readdirSync(folder).filter((file) => !notOfNodes.includes(file));
    const own = ofNode.map((file) => [
      file === "check-haproxy.sh" ? "check-tunnel" : basename(file, ".sh"),
      readFileSync(join(folder, file), "utf8")
        .split("\n")
        .filter((line) => !/^ *#( |$)/.test(line))
        .join("\n"),
    ]);
    assert.deepEqual(
      Object.fromEntries(laidDown.map(({ path, content }) => [basename(path), content])),
      Object.fromEntries(own),
    );
  });

  it("raise alarms by one script, which alone knows their id", () => {
    const folder = join(repositoryRoot, "src/host/scripts");
    const withId = readdirSync(folder).filter((file) =>
      readFileSync(join(folder, file), "utf8").includes("MESSAGE_ID=6"),
    );
    assert.deepEqual(withId, ["raise-alarm.sh"]);
  });
});
