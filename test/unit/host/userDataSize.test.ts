import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import type { CacheArguments, OperatorArguments } from "../../../src/arguments/cacheArguments.js";
import { mostUserDataBytes, userDataProblems } from "../../../src/host/checkUserData.js";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import { userDataLimitBytes } from "../../../src/host/userData.js";
import type { CachePlan } from "../../../src/plan/cachePlan.js";
import { replicaRange } from "../../../src/plan/replication.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { samplePlan, sharded } from "../../support/sample.js";

/** Keys of ssh-ed25519 that are the same in each run, as sizes are compared: a digest stands for the key. */
function crowd(count: number): OperatorArguments[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `operator-${index + 1}`;
    const fields = [Buffer.from("ssh-ed25519"), createHash("sha256").update(name).digest()];
    const key = Buffer.concat(fields.flatMap((field) => [Buffer.from([0, 0, 0, field.length]), field]));
    return { name, sshPublicKey: `ssh-ed25519 ${key.toString("base64")}` };
  });
}

/** What takes the most room of all that can be chosen, networks of three zones among it. */
function largest(
  shape: number | Pick<CacheArguments, "shards" | "replicas">,
  operators: number,
  change: Partial<CacheArguments> = {},
): CachePlan {
  return samplePlan({
    ...(typeof shape === "number" ? { replicas: shape } : shape),
    operators: crowd(operators),
    subnets: ["a", "b", "c"].map((zone, index) => ({
      availabilityZone: `us-east-1${zone}`,
      cidrBlock: `10.0.0.${96 + 16 * index}/28`,
      natGatewayId: `nat-${index}`,
    })),
    appCidrBlocks: ["10.0.16.0/20", "10.0.32.0/20", "10.0.48.0/20"],
    bastionCidrBlocks: ["10.0.0.0/28", "10.0.0.16/28", "10.0.0.32/28"],
    dnsServers: ["10.0.64.2", "10.0.80.2", "10.0.96.2"],
    timeServers: ["10.0.64.10", "10.0.80.10", "10.0.96.10"],
    keyspaceEvents: "KEA",
    allowScripting: true,
    imageHasPackages: false,
    tunnel: "haproxy",
    ...change,
  });
}

describe("the user data of a node of shards", () => {
  it("is the same however many shards there are", () => {
    const leaves = { region: "us-east-1", secretArn: "arn" };
    const userData = (shards: number): string[] => {
      const plan = samplePlan(sharded(shards));
      return plan.nodes.map((node) => nodeUserData(plan, node, leaves));
    };
    assert.deepEqual(userData(4).slice(0, 6), userData(3));
  });
});

describe("the user data of the largest plan", () => {
  for (const tunnel of tunnelEngines)
    it(`has room for seven operators, as many replicas as there can be, with shards as well, and ${tunnel}`, () => {
      for (const shape of [{}, { shards: 3 }])
        assert.deepEqual(userDataProblems(largest({ ...shape, replicas: replicaRange.most }, 7, { tunnel })), []);
    });

  it("is refused once, by its longest node, with what can be done: with replicas, and where the image has the packages", () => {
    const refusals = (plan: CachePlan): unknown[] =>
      userDataProblems(plan).map(({ got, ...rest }) => ({ ...rest, got }));
    const refusal = (plan: CachePlan, who: string, allowed: string): object => ({
      path: "operators",
      allowed: `EC2 takes 16384 bytes: give ${allowed}.`,
      got: `user data of ${mostUserDataBytes(plan)} bytes with ${who}`,
    });
    const keys = "ssh-ed25519 keys, which are short";
    const image = "or an image that has the packages (imageHasPackages)";
    const alone = largest(0, 200);
    assert.deepEqual(refusals(alone), [refusal(alone, "200 operators", `fewer operators, ${keys}, ${image}`)]);
    const five = largest(5, 100);
    assert.deepEqual(refusals(five), [
      refusal(five, "100 operators and 5 replicas", `fewer operators or replicas, ${keys}, ${image}`),
    ]);
    const baked = largest(5, 100, { imageHasPackages: true });
    assert.deepEqual(refusals(baked), [
      refusal(baked, "100 operators and 5 replicas", `fewer operators or replicas, ${keys}`),
    ]);
  });
});

describe("docs/operating.md, of the room in user data,", () => {
  const page = readFileSync(join(repositoryRoot, "docs/operating.md"), "utf8");
  const row = /^\| (\d+|most that fit) +\| +([\d,]+) \| +([\d,]+) \| +([\d,]+) \| +([\d,]+) \|$/gm;
  const rows = [...page.matchAll(row)].map(([, operators = "", ...cells]) => ({
    operators,
    cells: cells.map((cell) => Number(cell.replace(",", ""))),
  }));
  const columns = [0, replicaRange.least, replicaRange.most, { shards: 3, replicas: replicaRange.most }];
  const most = rows.find(({ operators }) => operators === "most that fit")?.cells ?? [];

  it("tells how many bytes there are at most, and not many more", () => {
    const told = rows.filter(({ operators }) => operators !== "most that fit");
    assert.ok(told.length >= 2);
    for (const { operators, cells } of told)
      for (const [place, shape] of columns.entries()) {
        const bytes = mostUserDataBytes(largest(shape, Number(operators)));
        const cell = cells[place] ?? 0;
        assert.ok(
          bytes <= cell && cell < bytes + 200,
          `${operators} operators, ${JSON.stringify(shape)} replicas: ${bytes}`,
        );
      }
  });

  it("tells how many operators fit, to within five", () => {
    for (const [place, shape] of columns.entries()) {
      const count = most[place] ?? 0;
      const left = userDataLimitBytes - mostUserDataBytes(largest(shape, count));
      assert.ok(left >= 0, `${count} operators, ${JSON.stringify(shape)} replicas: ${left} bytes left`);
      assert.ok(mostUserDataBytes(largest(shape, count + 5)) > userDataLimitBytes, `${count + 5} fit as well`);
    }
  });
});
