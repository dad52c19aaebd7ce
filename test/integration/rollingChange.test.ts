import assert from "node:assert/strict";
import type { EngineEvent, OpMap, PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { clientOptions } from "../../lab/clientOptions.js";
import { refresh, up } from "../../lab/engine/operations.js";
import { Ssm } from "../../lab/ssm.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { healthTimes, notReportedYet } from "../../src/plan/health.js";
import { sampleArguments } from "../support/sample.js";
import { changes, localStack, region, sharedStack } from "./support.js";

/** What every node's user data has, so that another value replaces them all. */
function program(operatorIdleLogoffMinutes: number, replicas = 2): PulumiFn {
  return () => {
    const network = new HipaaNetwork("clinic", {
      cidrBlock: "10.0.0.0/16",
      availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
      deleteFlowLogs: true,
    });
    const cache = new HipaaRedisCache<string>("sessions", {
      ...sampleArguments,
      vpcId: network.vpcId,
      subnets: network.cacheSubnets,
      replicas,
      operatorIdleLogoffMinutes,
    });
    return Promise.resolve({ nodes: cache.nodes, connection: cache.connections.web });
  };
}

type Role = "primary" | "replica" | "ill";

const replication: Readonly<Record<Role, string>> = {
  primary: "role:master\nslave0:ip=127.82.0.2,port=6379,state=online",
  replica: "role:slave\nmaster_link_status:up\nmaster_sync_in_progress:0",
  ill: "role:slave\nmaster_link_status:down\nmaster_sync_in_progress:0",
};

/** What happens in an update, in its order; and the nodes in it, which report as the script on a host does. */
class Update {
  readonly happened: string[] = [];
  readonly said: string[] = [];
  readonly #writing: Promise<unknown>[] = [];

  constructor(
    private readonly ids: Map<string, string>,
    private readonly ssm: Ssm,
    /** What a node reports when its instance is made; nothing where it is left out. */
    private readonly roles: Readonly<Record<string, Role>> = {},
    private readonly onSaid: (line: string) => void = () => undefined,
  ) {}

  readonly onEvent = ({ resOutputsEvent, diagnosticEvent }: EngineEvent): void => {
    // Debugging lines come as well.
    if (diagnosticEvent !== undefined && ["info", "warning", "error"].includes(diagnosticEvent.severity)) {
      this.said.push(diagnosticEvent.message);
      this.onSaid(diagnosticEvent.message);
    }
    const { urn = "", op = "same", new: after } = resOutputsEvent?.metadata ?? {};
    const node = /aws:ec2\/instance:Instance::(.+)$/.exec(urn)?.[1];
    if (node === undefined || op === "same" || op === "replace") return;
    this.happened.push(`${op} ${node}`);
    if (!op.startsWith("create")) return;
    this.ids.set(node, after?.id ?? "");
    const role = this.roles[node];
    if (role !== undefined) this.#writing.push(this.report(node, role));
  };

  async report(node: string, role: Role): Promise<void> {
    await report(this.ssm, node, this.ids.get(node) ?? "", role);
    this.happened.push(`reported ${node}`);
  }

  async done(): Promise<void> {
    await Promise.all(this.#writing);
  }

  waits(): string[] {
    return this.said.filter((line) => line.includes(" waits for its turn")).map((line) => line.replace(/ .*\n?/s, ""));
  }
}

async function report(ssm: Ssm, node: string, instanceId: string, role: Role): Promise<void> {
  const value = {
    schemaVersion: 1,
    instanceId,
    instanceType: "m6i.large",
    replication: replication[role],
    time: new Date().toISOString(),
  };
  await ssm.send("PutParameter", { Name: await parameterOf(ssm, node), Value: JSON.stringify(value), Overwrite: true });
}

async function parameterOf(ssm: Ssm, node: string): Promise<string> {
  const { Parameters } = await ssm.send("DescribeParameters", {});
  const [found, ...others] = Parameters.filter(({ Name = "" }) => Name.startsWith(`/hipaa-redis/${node}-server-`));
  assert.ok(found?.Name !== undefined && others.length === 0, node);
  return found.Name;
}

const nodes = ["sessions-0", "sessions-1", "sessions-2"];
const allWell: Readonly<Record<string, Role>> = {
  "sessions-0": "primary",
  "sessions-1": "replica",
  "sessions-2": "replica",
  "sessions-3": "replica",
};

/** A node's replacement, whole. */
const replaced = (node: string): string[] => [
  `delete-replaced ${node}`,
  `create-replacement ${node}`,
  `reported ${node}`,
];

describe("a cache with replicas, changed by the real engine on LocalStack", () => {
  const stack = sharedStack("rolling", program(15));
  const ids = new Map<string, string>();
  let ssm: Ssm;
  before(async () => {
    ssm = new Ssm(clientOptions({ endpoint: (await localStack()).endpoint, region }));
  });

  const run = async (update: Update, change?: PulumiFn): Promise<OpMap> => {
    const counts = await up(stack(), { ...(change && { program: change }), onEvent: update.onEvent }).finally(() =>
      update.done(),
    );
    return changes(counts);
  };

  it("is made as previewed, and waits for none of its nodes", async () => {
    const preview = await stack().preview();
    const update = new Update(ids, ssm);
    assert.deepEqual(await run(update), preview.changeSummary);
    assert.deepEqual(
      [...update.happened].sort(),
      nodes.map((node) => `create ${node}`),
    );
    assert.deepEqual(update.waits(), []);
    for (const node of nodes) {
      const { Parameter } = await ssm.send("GetParameter", { Name: await parameterOf(ssm, node) });
      assert.deepEqual([Parameter.Type, Parameter.Value], ["String", notReportedYet]);
    }
  });

  it("stays as it is and waits for nobody, warns of nodes that have not reported, and of none when they have", async () => {
    const early = new Update(ids, ssm);
    assert.deepEqual(await run(early), {});
    for (const node of nodes) {
      const line = `${node} (${ids.get(node) ?? ""}): it has not reported yet.`;
      assert.ok(
        early.said.some((one) => one.includes(line)),
        early.said.join("\n"),
      );
    }
    for (const node of nodes) await report(ssm, node, ids.get(node) ?? "", allWell[node] ?? "ill");
    const update = new Update(ids, ssm);
    assert.deepEqual(await run(update), {});
    assert.deepEqual(
      [early.waits(), update.waits(), update.said.filter((line) => line.includes("sessions-"))],
      [[], [], []],
    );
    // What they have reported is no change to Pulumi, once it has seen it.
    await refresh(stack());
    assert.deepEqual(await run(new Update(ids, ssm)), {});
  });

  it("shows all replacements in a preview, which waits for nothing", async () => {
    const before: string[] = [];
    const preview = await stack().preview({
      program: program(10),
      onEvent: ({ resourcePreEvent }) => {
        const { urn = "", op = "same" } = resourcePreEvent?.metadata ?? {};
        if (urn.includes("aws:ec2/instance:Instance::") && op !== "same")
          before.push(`${op} ${urn.split("::").at(-1) ?? ""}`);
      },
    });
    assert.equal(preview.changeSummary.replace, 3);
    for (const node of nodes) assert.ok(before.includes(`create-replacement ${node}`), before.join(", "));
  });

  it("replaces its nodes one after the other, each when the one before has reported itself healthy, and ends when all have", async () => {
    const update = new Update(ids, ssm, allWell);
    const { replace, update: updated } = await run(update, program(10));
    assert.deepEqual([replace, updated], [3, undefined]);
    assert.deepEqual(update.happened, nodes.flatMap(replaced));
  });

  it("stops at a node that is not healthy, says so, and leaves the next one alone", async () => {
    const real = Date.now;
    const update = new Update(ids, ssm, { ...allWell, "sessions-1": "ill" }, (line) => {
      // As if half an hour went by.
      if (/^sessions-2 waits for its turn.*no link/s.test(line))
        Date.now = () => real() + healthTimes.patienceMinutes * 60_000;
    });
    const [before] = [ids.get("sessions-2")];
    await assert
      .rejects(run(update, program(20)), (error: Error) => {
        assert.match(
          error.message,
          /sessions-2 is left as it is, since for 30 minutes this was so: sessions-1 \(i-\w+\): it has no link/,
        );
        return true;
      })
      .finally(() => {
        Date.now = real;
      });
    assert.deepEqual(update.happened, [...replaced("sessions-0"), ...replaced("sessions-1")]);
    assert.equal(ids.get("sessions-2"), before);
  });

  it("waits for that node again at the next update, and goes on there", async () => {
    let mended: Promise<void> | undefined;
    const update: Update = new Update(ids, ssm, allWell, (line) => {
      if (line.startsWith("sessions-2 waits for its turn")) mended ??= update.report("sessions-1", "replica");
    });
    const { replace } = await run(update, program(20));
    await mended;
    assert.equal(replace, 1);
    assert.deepEqual(update.happened, ["reported sessions-1", ...replaced("sessions-2")]);
  });

  it("is not held up by an ill node where none is replaced: it warns", async () => {
    await report(ssm, "sessions-1", ids.get("sessions-1") ?? "", "ill");
    const update = new Update(ids, ssm);
    assert.deepEqual(await run(update, program(20)), {});
    assert.deepEqual(update.waits(), []);
    assert.ok(
      update.said.some((line) => /sessions-1 \(i-\w+\): it has no link to a primary/.test(line)),
      update.said.join("\n"),
    );
    await report(ssm, "sessions-1", ids.get("sessions-1") ?? "", "replica");
  });

  it("makes a node that is added at once, and replaces the others one after the other", async () => {
    const update = new Update(ids, ssm, allWell);
    await run(update, program(20, 3));
    const others = update.happened.filter((line) => !line.endsWith("sessions-3"));
    assert.deepEqual(others, nodes.flatMap(replaced));
    const at = (line: string): number => update.happened.indexOf(line);
    assert.ok(
      at("create sessions-3") >= 0 && at("create sessions-3") < at("delete-replaced sessions-1"),
      update.happened.join(", "),
    );
  });
});
