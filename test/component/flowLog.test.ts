import assert from "node:assert/strict";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { record, type Recorded } from "./mocks.js";
import { tagged, theQuickstart } from "./programs.js";
import { specification } from "./specification.js";

const tags = tagged("clinic-flow-log");
const Version = "2012-10-17";
/** `pulumi destroy` leaves it. */
const kept = { retainOnDelete: true };
const logs = "arn:aws:logs:us-east-1:000000000000:log-group:*";

const flowLog = {
  "FlowLog clinic-flow-log": {
    vpcId: "<Vpc clinic id>",
    trafficType: "ALL",
    logDestination: "<LogGroup clinic-flow-log arn>",
    iamRoleArn: "<Role clinic-flow-log arn>",
    tags,
    options: { waitsFor: ["RolePolicy clinic-flow-log"] },
  },
  // Six years are 2191 or 2192 days.
  "LogGroup clinic-flow-log": { retentionInDays: 2192, kmsKeyId: "<Key clinic-flow-log arn>", tags, options: kept },
  "Role clinic-flow-log": {
    assumeRolePolicy: {
      Version,
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": "000000000000" },
            ArnLike: { "aws:SourceArn": "arn:aws:ec2:*:000000000000:vpc-flow-log/*" },
          },
        },
      ],
    },
    tags,
  },
  "RolePolicy clinic-flow-log": {
    role: "<Role clinic-flow-log name>",
    policy: {
      Version,
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          Resource: ["<LogGroup clinic-flow-log arn>", "<LogGroup clinic-flow-log arn>:*"],
        },
        { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: "*" },
      ],
    },
  },
  "Key clinic-flow-log": {
    description: "Flow logs clinic-flow-log",
    enableKeyRotation: true,
    policy: {
      Version,
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::000000000000:root" },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Effect: "Allow",
          Principal: { Service: "logs.us-east-1.amazonaws.com" },
          Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
          Resource: "*",
          Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": logs } },
        },
      ],
    },
    tags,
    options: kept,
  },
};

describe("the flow log of a network, against mocks", () => {
  let quickstart: Recorded;
  before(async () => {
    quickstart = await theQuickstart();
  });

  it("logs everything for six years, under a key that the account governs and its log groups alone use", () => {
    assert.deepEqual(
      specification(quickstart.resources, ({ name }) => name === "clinic-flow-log"),
      flowLog,
    );
  });

  it("keeps what it records for as long as the organisation has decided", async () => {
    const { resources } = await record(() => {
      new HipaaNetwork("clinic", {
        cidrBlock: "10.0.0.0/16",
        availabilityZones: ["us-east-1a"],
        flowLogRetentionDays: 400,
      });
    });
    const groups = resources.filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(
      groups.map(({ inputs }) => inputs.retentionInDays),
      [400],
    );
  });

  it("goes with the network where that is asked for by name, with its key", async () => {
    const { resources } = await record(() => {
      new HipaaNetwork("clinic", {
        cidrBlock: "10.0.0.0/16",
        availabilityZones: ["us-east-1a"],
        deleteFlowLogs: true,
      });
    });
    assert.deepEqual(
      resources.filter(({ options }) => options.retainOnDelete !== undefined).map(({ name }) => name),
      [],
    );
  });
});
