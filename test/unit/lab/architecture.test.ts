import assert from "node:assert/strict";
import type { EC2, RunInstancesCommandInput } from "@aws-sdk/client-ec2";
import { runInstance } from "../../../lab/plugins/aws/ec2/instanceLife.js";

/** An EC2 that runs any image on any type, as LocalStack does. */
function indifferent(): { ec2: EC2; ran: RunInstancesCommandInput[] } {
  const ran: RunInstancesCommandInput[] = [];
  const ec2 = {
    describeImages: ({ ImageIds: [id = ""] }: { ImageIds: string[] }) =>
      Promise.resolve({ Images: [{ ImageId: id, Architecture: id === "ami-arm" ? "arm64" : "x86_64" }] }),
    runInstances: (input: RunInstancesCommandInput) => {
      ran.push(input);
      return Promise.resolve({ Instances: [{ InstanceId: "i-1" }] });
    },
    describeInstances: () =>
      Promise.resolve({ Reservations: [{ Instances: [{ InstanceId: "i-1", State: { Name: "running" } }] }] }),
  };
  return { ec2: ec2 as unknown as EC2, ran };
}

const call = { name: "host", created: () => undefined };

function launch(ec2: EC2, ami: string, instanceType: string): Promise<string> {
  return runInstance(ec2, { ami, instanceType }, undefined, call);
}

describe("the lab's instances", () => {
  for (const [ami, instanceType, message] of [
    ["ami-x86", "m7g.large", /^Error: InvalidParameterValue: The architecture 'arm64' of .* architecture 'x86_64' of/],
    ["ami-arm", "m6i.large", /^Error: InvalidParameterValue: The architecture 'x86_64' of .* architecture 'arm64' of/],
  ] as const) {
    it(`refuse ${ami} on ${instanceType} before they run, as EC2 does`, async () => {
      const { ec2, ran } = indifferent();
      await assert.rejects(launch(ec2, ami, instanceType), message);
      assert.equal(ran.length, 0);
    });
  }

  for (const [ami, instanceType] of [
    ["ami-x86", "m6i.large"],
    ["ami-arm", "m7g.large"],
  ] as const) {
    it(`run ${ami} on ${instanceType}`, async () => {
      const { ec2, ran } = indifferent();
      assert.equal(await launch(ec2, ami, instanceType), "i-1");
      assert.equal(ran[0]?.ImageId, ami);
    });
  }
});
