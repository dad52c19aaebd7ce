import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import type { CloudConfig } from "../../../src/host/cloudConfig.js";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { scriptArchive, scriptArchiveSum } from "../../../src/host/scriptArchive.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { sampleConnection, samplePlan, sharded } from "../../support/sample.js";
import { ScriptHost } from "../../support/scriptHost.js";

/** An app host's, the one that verify brings along, and those of a cluster. */
const notOfNodes = [
  ...["take-app-role.sh", "check-users.sh"],
  ...["find-view.sh", "cluster-role.sh", "seed-cluster.sh", "join-cluster.sh", "agree-on-members.sh"],
  ...[
    "next-slots.sh",
    "open-slots.sh",
    "move-slots.sh",
    "hand-over-cluster.sh",
    "cluster-well.sh",
    "cluster-health.sh",
  ],
  ...["keep-cluster.sh", "lay-ways.sh", "unpack-scripts.sh"],
];

/** Those that are of replicas alone. */
const notOfShards = [
  ...[
    "choose-role",
    "find-primary",
    "hand-over",
    "prepare-sentinel",
    "sentinel-users",
    "time-sentinel",
    "wait-for-peers",
  ],
];

/** Without lines of comments, and without what clusters alone have, or the mark of it. */
function ownScripts(isMeant: (file: string) => boolean, areOfCluster = false): [string, string][] {
  const folder = join(repositoryRoot, "src/host/scripts");
  return readdirSync(folder)
    .filter(isMeant)
    .map((file) => [
      file === "check-haproxy.sh" ? "check-tunnel" : basename(file, ".sh"),
      readFileSync(join(folder, file), "utf8")
        .split("\n")
        .filter((line) => !/^ *#( |$)/.test(line) && (areOfCluster || !line.endsWith(" # cluster")))
        .map((line) => line.replace(/ # cluster$/, ""))
        .join("\n"),
    ]);
}

function laidDown(change: Partial<CacheArguments>): [string, string][] {
  const plan = samplePlan({ tunnel: "haproxy", ...change });
  const [node] = plan.nodes;
  assert.ok(node);
  const { write_files: files = [] } = parse(nodeUserData(plan, node, sampleConnection)) as CloudConfig;
  return files
    .filter(({ path }) => path.startsWith(hostPaths.scriptsFolder))
    .map(({ path, content }) => [basename(path), content]);
}

/** Has the script that does so lay out what comes with the secret. */
function unpacked(): [string, string][] {
  const host = new ScriptHost();
  try {
    host.install("unpack-scripts");
    host.write(hostPaths.scriptArchive, `${scriptArchive()}\n`);
    const before = readdirSync(host.path(hostPaths.scriptsFolder));
    assert.equal(host.run("unpack-scripts", ["0".repeat(64)]).status, 1);
    assert.deepEqual(readdirSync(host.path(hostPaths.scriptsFolder)), before);
    assert.deepEqual(host.run("unpack-scripts", [scriptArchiveSum()]), { status: 0, stdout: "", stderr: "" });
    // From now on another one is no longer looked at.
    host.write(hostPaths.scriptArchive, "AAAA\n");
    assert.equal(host.run("unpack-scripts", [scriptArchiveSum()]).status, 0);
    return readdirSync(host.path(hostPaths.scriptsFolder))
      .filter((name) => ![...before, "unpacked"].includes(name))
      .map((name) => [name, host.read(`${hostPaths.scriptsFolder}/${name}`)]);
  } finally {
    host.remove();
  }
}

describe("the scripts of a node", () => {
  it("are those of the folder, but for comments and what clusters alone have, where there are replicas, with HAProxy's check as the tunnel's", () => {
    assert.deepEqual(
      Object.fromEntries(laidDown({ replicas: 2 })),
      Object.fromEntries(ownScripts((file) => !notOfNodes.includes(file))),
    );
  });

  it("are in a cluster partly with its secret, of which a host takes what its user data knows by its sum, once", () => {
    const others = ["take-app-role", "check-users", ...notOfShards];
    assert.deepEqual(
      Object.fromEntries([...laidDown(sharded()), ...unpacked()]),
      Object.fromEntries(ownScripts((file) => !others.includes(basename(file, ".sh")), true)),
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
