import assert from "node:assert/strict";
import { meets, type Check } from "../../../src/evidence/check.js";
import { nearEndChecks } from "../../../src/evidence/nearEndChecks.js";
import { wallChecks } from "../../../src/evidence/wallChecks.js";
import { clientWays } from "../../../src/host/clientWays.js";
import { appHostFirewall } from "../../../src/host/nftables.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { replicatedConnection, sampleConnection, samplePlan, sharded } from "../../support/sample.js";

const plans = { "one node": samplePlan(), replicas: samplePlan({ replicas: 2 }) };
const connections = { "one node": sampleConnection, replicas: replicatedConnection() };

for (const kind of ["one node", "replicas"] as const) {
  const ways = clientWays(planClient("web", { appUser: "web" }), connections[kind]);
  const firewall = appHostFirewall({ ...ways, appUser: "web", tunnelAccount: "haproxy" });
  const holds = (check: Check, stdout: string): boolean => {
    assert.ok("expect" in check);
    return meets(check.expect, { exitCode: 0, stdout });
  };

  describe(`the checks of the wall on an app host, of a cache with ${kind}`, () => {
    for (const [index, check] of wallChecks(plans[kind]).entries()) {
      it(`find in its firewall that ${check.shows}, and miss any of it`, () => {
        const chain = "command" in check ? check.command.split(" ").at(-1) : undefined;
        const [, seen = ""] = firewall.split(`  chain ${chain} {`).map((text) => text.split("\n  }")[0]);
        assert.ok(holds(check, seen));
        const part = [
          /ip daddr (\{ )?127.*skuid/,
          /ip saddr (\{ )?127.*skuid/,
          /iif != "lo" ip daddr (\{ )?127/,
          /ip daddr 10\.0\.0\.100/,
        ][index];
        const without = seen.split("\n").filter((line) => part?.test(line) !== true);
        assert.ok(!holds(check, without.join("\n")));
      });
    }

    it("find each socket in the application's folder, and no other", () => {
      const [folder] = nearEndChecks(plans[kind]);
      assert.ok(folder);
      const { legs } = ways.tunnel;
      const sockets = legs.flatMap(({ listens }) => listens.filter((end) => end.startsWith("/"))).sort();
      const entry = (mode: string, owner: string, path: string): string => `${mode} ${owner} its user ${path}`;
      const listed = (found: readonly string[]): string =>
        [
          entry("-r--r-----", "root", "/run/hipaa-redis/client/connection.json"),
          entry("-r--r-----", "root", "/run/hipaa-redis/client/password"),
          entry("drwxr-x---", "hipaa-redis", "/run/hipaa-redis/client"),
          ...found.map((socket) => entry("srw-rw----", "hipaa-redis", socket)),
        ].join(" ");
      assert.ok(holds(folder, listed(sockets)));
      assert.ok(!holds(folder, listed(sockets.slice(1))));
      assert.ok(!holds(folder, listed([...sockets, "/run/hipaa-redis/client/x.sock"])));
    });
  });
}

describe("the checks of the wall on an app host, of a cache with shards", () => {
  const plan = samplePlan(sharded());
  const { loopbackCidrBlock = "" } = plan.cluster ?? {};
  const cidrBlocks = plan.subnets.map(({ cidrBlock }) => cidrBlock);
  const cluster = { loopbackCidrBlock, port: 6379, cidrBlocks };
  const connection = { ...sampleConnection, nodes: [], cluster };
  const ways = clientWays(planClient("web", { appUser: "web" }), connection);
  const firewall = appHostFirewall({ ...ways, appUser: "web", tunnelAccount: "haproxy" });

  for (const [index, check] of wallChecks(plan).entries())
    it(`find in its firewall that ${check.shows}, by networks, and miss any of it`, () => {
      assert.ok("command" in check);
      const chain = check.command.split(" ").at(-1) ?? "";
      const [, seen = ""] = firewall.split(`  chain ${chain} {`).map((text) => text.split("\n  }")[0]);
      const holds = (stdout: string): boolean => meets(check.expect, { exitCode: 0, stdout });
      assert.ok(holds(seen), seen);
      const part = [/ip daddr 127.*skuid/, /ip saddr 127.*skuid/, /iif != "lo" ip daddr 127/, /ip daddr 10\.0\.0\.112/];
      const without = seen.split("\n").filter((line) => part[index]?.test(line) !== true);
      assert.ok(!holds(without.join("\n")));
    });
});
