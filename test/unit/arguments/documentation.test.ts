import assert from "node:assert/strict";
import { literally } from "../../../src/evidence/check.js";
import { cacheChecks } from "../../../src/arguments/cacheChecks.js";
import type { Check } from "../../../src/arguments/check.js";
import { planNetwork } from "../../../src/plan/networkPlan.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { defaultLoopbackCidrBlock } from "../../../src/plan/replication.js";
import { ofService } from "../../../src/plan/flow.js";
import { samplePlan } from "../../support/sample.js";
import { documentedArguments as all } from "./documentedArguments.js";

describe("the doc comments of the arguments", () => {
  it("are there for each, with an example, and a default where it may be left out", () => {
    assert.ok(all.length > 40);
    for (const { path, isOptional, text, tags } of all) {
      assert.ok(text.length > 10, path);
      assert.deepEqual([...tags.keys()].sort(), isOptional ? ["default", "example"] : ["example"], path);
      for (const [tag, value] of tags) assert.notEqual(value, "", `${path} @${tag}`);
    }
  });

  it("don't repeat in words what @default says", () => {
    for (const { path, text, tags } of all) {
      const value = (tags.get("default") ?? "").replace(/^\[?"(.*)"\]?$/, "$1");
      if (value === "") continue;
      const words = text.replaceAll(/[\n`]+/g, " ").replaceAll(/ +/g, " ");
      assert.ok(!new RegExp(`By default ${literally(value)} ?\\.`).test(words), path);
    }
  });

  it("have the defaults that the plans have", () => {
    const plan: Readonly<Record<string, unknown>> = {
      ...samplePlan(),
      ...samplePlan().validity,
      imageGeneration: 1,
      authority: 1,
      keys: 1,
      passwords: 1,
      allowSharedTenancy: false,
      deleteFlowLogs: false,
      flowLogRetentionDays: planNetwork("clinic", { cidrBlock: "10.0.0.0/16", availabilityZones: [] })
        .flowLogRetentionDays,
      allowScripting: false,
      httpsEgressCidrBlocks: ofService("https", samplePlan().flows)[0]?.cidrBlocks,
      localPort: planClient("web", { appUser: "web" }).localPort,
      openLocalPort: planClient("web", { appUser: "web" }).openLocalPort,
      replicas: samplePlan().nodes.length - 1,
      shards: samplePlan().cluster?.shards ?? 1,
      loopbackCidrBlock: defaultLoopbackCidrBlock,
    };
    const compared = all.flatMap(({ path, tags }) => {
      const value = json(tags.get("default") ?? "");
      if (value === undefined) return [];
      assert.deepEqual(value, plan[path.split(".")[1] ?? ""], path);
      return [path];
    });
    assert.ok(compared.length > 15, compared.join());
  });

  it("have examples that a cache takes", () => {
    const checks: Readonly<Record<string, Check>> = cacheChecks;
    const taken = all.flatMap(({ path, tags }) => {
      const [, name = ""] = path.split("CacheArguments.");
      const example = json(tags.get("example") ?? "");
      if (example === undefined || name === "") return [];
      assert.deepEqual(checks[name]?.(name, example), [], path);
      return [path];
    });
    assert.ok(taken.length > 12, taken.join());
  });
});

/** A default or an example that is a value; others are in words, or in code. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
