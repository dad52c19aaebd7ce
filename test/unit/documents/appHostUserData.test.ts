import assert from "node:assert/strict";
import type { ClientArguments } from "../../../src/arguments/clientArguments.js";
import type { Connection } from "../../../src/arguments/connection.js";
import { clientUserData } from "../../../src/host/clientUserData.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { clusterConnection, replicatedConnection, sampleConnection } from "../../support/sample.js";
import { textOf } from "./numberRows.js";

const appRoleArn = "arn:aws:iam::000000000000:role/web";
const another: Connection = { ...sampleConnection, secretArn: `${sampleConnection.secretArn}-2` };

/** Another value of each argument of an app host than the sample's. */
const samples: Readonly<Record<keyof ClientArguments, Partial<ClientArguments>>> = {
  connection: { connection: another },
  vpcId: { vpcId: "vpc-2" },
  appUser: { appUser: "api" },
  localPort: { localPort: 7000 },
  openLocalPort: { openLocalPort: false },
  refreshIntervalSeconds: { refreshIntervalSeconds: 60 },
  tunnel: { tunnel: "stunnel" },
  operatingSystem: { operatingSystem: "debian-12" },
  imageHasPackages: { imageHasPackages: true },
  httpsEgressCidrBlocks: { httpsEgressCidrBlocks: ["10.9.0.0/16"] },
  additionalUserData: { additionalUserData: ["#!/bin/sh\ntrue\n"] },
  appRoleArn: { appRoleArn },
  appPolicies: { appPolicies: { uploads: "{}" } },
  tags: { tags: { Owner: "it" } },
};

function userDataOf(change: Partial<ClientArguments>): string {
  const given = { connection: sampleConnection, appUser: "web", ...change };
  const plan = planClient("web", given);
  const role = plan.appRole === undefined ? undefined : appRoleArn;
  return clientUserData(plan, given.connection, given.additionalUserData ?? [], role);
}

const isUserData = (change: Partial<ClientArguments>): boolean => userDataOf(change) !== userDataOf({});

const namesIn = (text = ""): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name).sort();

describe("docs/rotation.md, of an app host's arguments,", () => {
  const [, are, areNot, byConnection] =
    /On an app host, ([^;]*) are user data; ([^.]*) are not\. .*? By the `connection` the cache's ([^.]*) change it too\./.exec(
      textOf("docs/rotation.md"),
    ) ?? [];

  it("tells which are user data, and which are not", () => {
    const names = Object.keys(samples) as (keyof ClientArguments)[];
    assert.deepEqual(namesIn(are), names.filter((name) => isUserData(samples[name])).sort());
    assert.deepEqual(namesIn(areNot), names.filter((name) => !isUserData(samples[name])).sort());
  });

  it("tells which of the cache's are by the connection", () => {
    const copied = replicatedConnection();
    const sharded = clusterConnection();
    const connections: Readonly<Record<string, readonly [Connection, Connection]>> = {
      requireHybridKeyExchange: [sampleConnection, { ...sampleConnection, requiresHybridKeyExchange: true }],
      replicas: [sampleConnection, copied],
      loopbackCidrBlock: [sharded, { ...sharded, cluster: { ...sharded.cluster, loopbackCidrBlock: "127.90.0.0/16" } }],
    };
    assert.deepEqual(namesIn(byConnection), Object.keys(connections).sort());
    for (const [name, [one, other]] of Object.entries(connections))
      assert.notEqual(userDataOf({ connection: one }), userDataOf({ connection: other }), name);
    assert.match(byConnection ?? "", /from one node to shards/);
    assert.ok(isUserData({ connection: sharded }));
  });
});
