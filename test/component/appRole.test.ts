import assert from "node:assert/strict";
import { Instance } from "@pulumi/aws/ec2/instance.js";
import { output, type Output } from "@pulumi/pulumi";
import type { HipaaRedisClientArgs } from "../../src/args.js";
import { clientUserData } from "../../src/host/clientUserData.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { InvalidArgumentsError } from "../../src/arguments/problems.js";
import { isAppPolicyName } from "../../src/plan/appRoleNames.js";
import { planClient } from "../../src/plan/clientPlan.js";
import { sampleConnection } from "../support/sample.js";
import { laterRefusals } from "./laterRefusals.js";
import { register, type Registered } from "./mocks.js";
import { outputsSpecified, specification } from "./specification.js";

const given = "arn:aws:iam::123456789012:role/apps/web";
const documents = ["s3:PutObject", "sqs:SendMessage"].map((Action) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "arn:aws:x:::y" }],
}));
const [uploads, jobs] = documents.map((one) => JSON.stringify(one)) as [string, string];

function client(role: Partial<HipaaRedisClientArgs>): Promise<readonly Registered[]> {
  return register(() => {
    new HipaaRedisClient("web", { connection: sampleConnection, appUser: "app", tags: { Owner: "it" }, ...role });
  });
}

/** What a client without such a role does not register. */
const ofApplication = (all: readonly Registered[]): object =>
  specification(all, ({ type, name }) => type.startsWith("aws:iam") && name.startsWith("web.app"));

const mayTake = (roleArn: string): object => ({
  role: "<Role web name>",
  policy: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: roleArn }],
  },
});

describe("the application's role of a client, against mocks", () => {
  it("that is given is the one that the host's role may take, and reaches the host", async () => {
    for (const appRoleArn of [given, output(given)]) {
      const all = await client({ appRoleArn });
      assert.deepEqual(ofApplication(all), { "RolePolicy web.app": mayTake(given) });
      const outputs = outputsSpecified(all, "web") as Readonly<Record<string, unknown>>;
      assert.equal(outputs.appRoleArn, given);
      const plan = planClient("web", { appUser: "app" });
      assert.equal(outputs.userData, clientUserData(plan, sampleConnection, [], given));
    }
  });

  it("that is made has the policies that are given, and trusts the host's role alone", async () => {
    const all = await client({ appPolicies: { uploads, jobs: output(jobs) } });
    assert.deepEqual(ofApplication(all), {
      "RolePolicy web.app": mayTake("<Role web.app arn>"),
      "Role web.app": {
        assumeRolePolicy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "<Role web arn>" } }],
        },
        tags: { Owner: "it", Name: "web.app" },
      },
      "RolePolicy web.app.uploads": { role: "<Role web.app name>", policy: documents[0] },
      "RolePolicy web.app.jobs": { role: "<Role web.app name>", policy: documents[1] },
    });
    const { appRoleArn, userData } = outputsSpecified(all, "web") as Readonly<Record<string, unknown>>;
    assert.equal(appRoleArn, "<Role web.app arn>");
    assert.match(String(userData), /HIPAA_REDIS_APP_ROLE_ARN=arn:aws:iam::000000000000:role\/web\.app-/);
  });

  it("is not below the path of hosts' roles, which may read a cache's secrets; its policies are told from the host's", async () => {
    const all = await client({ appPolicies: { uploads } });
    const role = all.find(({ type, name }) => type.endsWith(":Role") && name === "web.app");
    assert.ok(role);
    assert.equal(role.inputs.path, undefined);
    const policies = all.filter(({ type }) => type.endsWith(":RolePolicy")).map(({ name }) => name);
    assert.deepEqual(policies.filter(isAppPolicyName), ["web.app.uploads"]);
    assert.deepEqual(policies.filter((name) => !isAppPolicyName(name)).sort(), ["web", "web.app"]);
  });

  it("has a host wait until its role may take it, and it may do what it is for", async () => {
    const all = await register(() => {
      const { instanceProfileName, userData } = new HipaaRedisClient("web", {
        connection: sampleConnection,
        appUser: "app",
        appPolicies: { uploads },
      });
      new Instance("host", { iamInstanceProfile: instanceProfileName, userDataBase64: userData });
    });
    const waits = all.find(({ name }) => name === "host")?.inputsWaitFor;
    assert.deepEqual(waits?.iamInstanceProfile, [
      "InstanceProfile web",
      "RolePolicy web",
      "RolePolicy web.app",
      "RolePolicy web.app.uploads",
    ]);
    const held = all.find(({ type }) => type.endsWith(":HipaaRedisClient"))?.outputs.given as object;
    for (const name of [
      "role:Role::web.app",
      "rolePolicy:RolePolicy::web.app",
      "rolePolicy:RolePolicy::web.app.uploads",
    ])
      assert.ok(`aws:iam/${name}` in held, name);
  });

  it("is neither there, nor an output, nor known to the host, where no argument asks for it", async () => {
    const all = await client({});
    assert.deepEqual(ofApplication(all), {});
    const outputs = outputsSpecified(all, "web") as Readonly<Record<string, unknown>>;
    assert.deepEqual(Object.keys(outputs).sort(), [
      "instanceProfileName",
      "roleName",
      "securityGroupId",
      "securityGroupIds",
      "userData",
    ]);
    assert.doesNotMatch(String(outputs.userData), /app-role/);
  });

  it("is refused when it turns out to be none, or a host's", async () => {
    for (const wrong of ["web", "arn:aws:iam::123456789012:role/hipaa-redis/sessions/client/web/web-1"]) {
      assert.deepEqual(await refusedLater({ appRoleArn: output(wrong) }), ["appRoleArn"], wrong);
    }
    assert.deepEqual(await refusedLater({ appRoleArn: output(given) }), []);
  });

  it("is refused when another stack's output turns out to be nothing, and so are its policies", async () => {
    const nothing = output(undefined) as unknown as Output<string>;
    assert.deepEqual(await refusedLater({ appRoleArn: nothing }), ["appRoleArn"]);
    assert.deepEqual(await refusedLater({ appPolicies: { uploads, jobs: nothing } }), ["appPolicies.jobs"]);
    assert.deepEqual(await refusedLater({ appPolicies: { uploads, jobs: output(jobs) } }), []);
  });

  it("is refused when its policies turn out to be longer than IAM takes, and then none of them is registered", async () => {
    const long = JSON.stringify({ Statement: [{ Resource: "a".repeat(10_200) }] });
    assert.deepEqual(await refusedLater({ appPolicies: { uploads, jobs: output(long) } }), ["appPolicies"]);
    const half = long.replace("a".repeat(4000), "");
    assert.deepEqual(await refusedLater({ appPolicies: { uploads: output(half), jobs: output(half) } }), [
      "appPolicies",
    ]);
    assert.deepEqual(await refusedLater({ appPolicies: { jobs: output(long) } }), []);
  });
});

/** The paths of the arguments that are refused once they are known. */
async function refusedLater(args: Parameters<typeof client>[0]): Promise<string[]> {
  return (await laterRefusals(() => client(args))).flatMap((reason) => {
    assert.ok(reason instanceof InvalidArgumentsError);
    return reason.problems.map(({ path }) => path);
  });
}
