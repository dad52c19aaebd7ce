import assert from "node:assert/strict";
import { Route } from "@pulumi/aws/ec2/route.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import type { HipaaRedisCacheArgs } from "../../src/args.js";
import { sampleArguments } from "../support/sample.js";
import { register, type Registered } from "./mocks.js";
import { ledgerShape } from "./programs.js";
import { specification } from "./specification.js";

const peered = "10.20.0.0/16";

/** A cache whose program adds a route to each table for applications in a peered VPC, and what it was warned of. */
async function program(
  change: Partial<HipaaRedisCacheArgs>,
): Promise<{ resources: readonly Registered[]; warnings: readonly string[] }> {
  const warnings: string[] = [];
  const { warn } = console;
  // Where the mocks have no engine, Pulumi says it here.
  console.warn = (line: unknown) => warnings.push(String(line));
  try {
    const resources = await register(() => {
      const cache = new HipaaRedisCache<string>("ledger", { ...ledgerShape, vpcId: "vpc-0a", ...change });
      for (const [index, routeTableId] of cache.routeTableIds.entries()) {
        const route = { routeTableId, destinationCidrBlock: peered, vpcPeeringConnectionId: "pcx-0a" };
        new Route(`to-apps-${index}`, route);
      }
    });
    return { resources, warnings };
  } finally {
    console.warn = warn;
  }
}

describe("applications outside of the VPC, against mocks", () => {
  it("are reached by routes that the program adds to the cache's own tables, which hold none of their own", async () => {
    const { resources } = await program({ appCidrBlocks: [peered] });
    const route = (index: number): object => ({
      routeTableId: `<RouteTable ledger-${index} id>`,
      destinationCidrBlock: peered,
      vpcPeeringConnectionId: "pcx-0a",
    });
    assert.deepEqual(
      specification(resources, ({ name }) => name.startsWith("to-apps-")),
      { "Route to-apps-0": route(0), "Route to-apps-1": route(1) },
    );
    // With routes inside of it a table would remove those of others (aws.ec2.RouteTable).
    const tables = resources.filter(({ type }) => type.endsWith(":RouteTable"));
    assert.equal(tables.length, 2);
    for (const { inputs } of tables) assert.deepEqual(Object.keys(inputs).sort(), ["tags", "vpcId"]);
  });

  it("are warned of once, and those inside of it are not", async () => {
    const inside = { dnsServers: ["10.0.64.10"] };
    const { warnings } = await program({ ...inside, appCidrBlocks: [peered] });
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(warnings[0] ?? "", /10\.20\.0\.0\/16 of appCidrBlocks, .* outside of the VPC/);
    assert.deepEqual((await program(inside)).warnings, []);
  });
});

describe("bastion hosts that nobody may sign in from, against mocks", () => {
  it("are warned of once, and those that somebody may are not", async () => {
    const inside = { dnsServers: ["10.0.64.10"] };
    const { warnings } = await program({ ...inside, operators: [] });
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(
      warnings[0] ?? "",
      /bastionCidrBlocks and bastionSecurityGroupIds: without effect, since operators is empty\./,
    );
    assert.deepEqual((await program({ ...inside, operators: sampleArguments.operators })).warnings, []);
  });
});
