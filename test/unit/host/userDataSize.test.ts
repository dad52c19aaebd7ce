import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import type { CacheArguments, OperatorArguments } from "../../../src/arguments/cacheArguments.js";
import { mostUserDataBytes, userDataProblems } from "../../../src/host/checkUserData.js";
import { userDataLimitBytes } from "../../../src/host/userData.js";
import type { CachePlan } from "../../../src/plan/cachePlan.js";
import { replicaRange } from "../../../src/plan/replication.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { samplePlan } from "../../support/sample.js";

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
function largest(replicas: number, operators: number, change: Partial<CacheArguments> = {}): CachePlan {
  return samplePlan({
    replicas,
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

describe("the user data of the largest plan", () => {
  for (const tunnel of tunnelEngines)
    it(`has room for ten operators, as many replicas as there can be and ${tunnel}`, () => {
      assert.deepEqual(userDataProblems(largest(replicaRange.most, 10, { tunnel })), []);
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
  const rows = [...page.matchAll(/^\| (\d+|most that fit) +\| +([\d,]+) \| +([\d,]+) \| +([\d,]+) \|$/gm)].map(
    ([, operators = "", ...cells]) => ({ operators, cells: cells.map((cell) => Number(cell.replace(",", ""))) }),
  );
  const columns = [0, replicaRange.least, replicaRange.most];
  const most = rows.find(({ operators }) => operators === "most that fit")?.cells ?? [];

  it("tells how many bytes there are at most, and not many more", () => {
    const told = rows.filter(({ operators }) => operators !== "most that fit");
    assert.ok(told.length >= 2);
    for (const { operators, cells } of told)
      for (const [place, replicas] of columns.entries()) {
        const bytes = mostUserDataBytes(largest(replicas, Number(operators)));
        const cell = cells[place] ?? 0;
        assert.ok(bytes <= cell && cell < bytes + 200, `${operators} operators, ${replicas} replicas: ${bytes}`);
      }
  });

  it("tells how many operators fit, to within five", () => {
    for (const [place, replicas] of columns.entries()) {
      const count = most[place] ?? 0;
      const left = userDataLimitBytes - mostUserDataBytes(largest(replicas, count));
      assert.ok(left >= 0, `${count} operators, ${replicas} replicas: ${left} bytes left`);
      assert.ok(mostUserDataBytes(largest(replicas, count + 5)) > userDataLimitBytes, `${count + 5} fit as well`);
    }
  });
});
