import assert from "node:assert/strict";
import { networkProblems } from "../../../src/arguments/networkProblems.js";
import { planNetwork } from "../../../src/plan/networkPlan.js";
import { lines } from "../arguments/lines.js";

const zones = ["a", "b", "c", "d", "e", "f"].map((letter) => `us-east-1${letter}`);
const shape = { cidrBlock: "10.0.0.0/16", availabilityZones: zones };

describe("the plan of a network", () => {
  it("is this for two zones: small subnets in the first sixteenth, one sixteenth for each zone's applications", () => {
    assert.deepEqual(planNetwork("clinic", { ...shape, availabilityZones: zones.slice(0, 2) }), {
      name: "clinic",
      cidrBlock: "10.0.0.0/16",
      instanceTenancy: "dedicated",
      flowLogRetentionDays: 2192,
      keepsFlowLogs: true,
      zones: [
        {
          index: 0,
          availabilityZone: "us-east-1a",
          bastionCidrBlock: "10.0.0.0/28",
          cacheCidrBlock: "10.0.0.96/28",
          appCidrBlock: "10.0.16.0/20",
        },
        {
          index: 1,
          availabilityZone: "us-east-1b",
          bastionCidrBlock: "10.0.0.16/28",
          cacheCidrBlock: "10.0.0.112/28",
          appCidrBlock: "10.0.32.0/20",
        },
      ],
    });
  });

  it("fits six zones into the smallest network", () => {
    const plan = planNetwork("clinic", { ...shape, cidrBlock: "192.168.16.0/20" });
    const { bastionCidrBlock, cacheCidrBlock, appCidrBlock } = plan.zones[5] ?? assert.fail();
    assert.deepEqual(
      [bastionCidrBlock, cacheCidrBlock, appCidrBlock],
      ["192.168.16.80/28", "192.168.16.176/28", "192.168.22.0/24"],
    );
  });

  it("has shared hardware only where that is allowed in so many words", () => {
    const tenancy = (allowSharedTenancy: boolean): string =>
      planNetwork("clinic", { ...shape, allowSharedTenancy }).instanceTenancy;
    assert.deepEqual([tenancy(true), tenancy(false)], ["default", "dedicated"]);
  });
});

describe("the flow logs of a network", () => {
  it("outlive it, unless they are to go with it in so many words", () => {
    const keeps = (deleteFlowLogs: boolean): boolean =>
      planNetwork("clinic", { ...shape, deleteFlowLogs }).keepsFlowLogs;
    assert.deepEqual([keeps(true), keeps(false)], [false, true]);
  });

  it("are kept for six years, or for what the organisation has decided", () => {
    const days = (change: object): number => planNetwork("clinic", { ...shape, ...change }).flowLogRetentionDays;
    assert.deepEqual([days({}), days({ flowLogRetentionDays: 400 })], [2192, 400]);
  });
});

describe("the arguments of a network", () => {
  const told = (change: object, name = "clinic"): string[] => lines(networkProblems(name, { ...shape, ...change }));

  it("may be a private network of /16 to /20 and one to six zones", () => {
    for (const cidrBlock of ["10.0.0.0/16", "172.16.0.0/18", "192.168.0.0/20"]) {
      assert.deepEqual(told({ cidrBlock, availabilityZones: zones.slice(0, 1) }), []);
    }
    assert.deepEqual(told({}), []);
  });

  it("may have the flow log keep for as many days as CloudWatch Logs takes, and for no other number", () => {
    for (const flowLogRetentionDays of [1, 400, 2192, 3653, undefined]) {
      assert.deepEqual(told({ flowLogRetentionDays }), []);
    }
    const taken =
      "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";
    for (const flowLogRetentionDays of [0, 2190, 400.5, 4000, "400"]) {
      const [problem = ""] = told({ flowLogRetentionDays });
      assert.ok(problem.includes(`Give a number of days that CloudWatch Logs takes: ${taken}.`), problem);
    }
  });

  const notPrivate = "Give a private network (RFC 1918): in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.";
  for (const [cidrBlock, allowed] of [
    ["10.0.0.0/15", "It is too large: AWS takes /16 to /28."],
    ["10.0.0.0/29", "It is too small: AWS takes /16 to /28."],
    ["10.0.0.0/21", "It is too small: give /16 to /20."],
    ["10.0.0.0/28", "It is too small: give /16 to /20."],
    ["8.8.0.0/16", notPrivate],
    ["8.8.0.0/24", notPrivate],
    ["10.0.0.1/16", 'It has bits set beyond its prefix: write "10.0.0.0/16".'],
  ] as const) {
    it(`may not have the network ${cidrBlock}`, () => {
      assert.deepEqual(told({ cidrBlock }), [`cidrBlock: got "${cidrBlock}". ${allowed}`]);
    });
  }

  for (const [availabilityZones, got] of [
    [[], "[]"],
    [[...zones, "us-east-1g"], '["us-east-1a","us-east-1b","us-east-1c","us-east-1d","us-…'],
    ["us-east-1a", '"us-east-1a"'],
    [undefined, "nothing"],
  ] as const) {
    it(`may not have the zones ${got}`, () => {
      assert.deepEqual(told({ availabilityZones }), [`availabilityZones: got ${got}. Give 1 to 6 names.`]);
    });
  }

  it("may not be zones of two regions", () => {
    const availabilityZones = ["us-east-1a", "us-east-1b", "us-west-2a"];
    assert.deepEqual(told({ availabilityZones }), [
      'availabilityZones[2]: got "us-west-2a". A VPC is in one region, and availabilityZones[0] is in us-east-1.',
    ]);
    assert.deepEqual(told({ availabilityZones: ["us-west-2a", "us-west-2-lax-1a"] }), []);
  });

  it("are told all together, each zone at its place", () => {
    const bad = { cidrBlock: "8.8.0.0/16", availabilityZones: ["us-east-1a", "us east", "us-east-1a"] };
    const name = told({}, "Clinic");
    assert.match(
      name.join(),
      /^name: got "Clinic"\. Give 1 to 30 lower-case .* DNS label\)\. It can\'t begin with sg-: .*$/,
    );
    const inOrder = [
      ...name,
      `cidrBlock: got "8.8.0.0/16". ${notPrivate}`,
      'availabilityZones[1]: got "us east". Give the name of an Availability Zone, such as "us-east-1a".',
      'availabilityZones[2]: got "us-east-1a". It is already at availabilityZones[0]: give each only once.',
    ];
    assert.deepEqual(told(bad, "Clinic"), inOrder);
    assert.deepEqual(told({ ...bad, availabilityZones: [] }, "Clinic").slice(0, 2), inOrder.slice(0, 2));
  });
});
