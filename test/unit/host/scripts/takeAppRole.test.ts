import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import { ownAccount, ScriptHost, type Ended } from "../../../support/scriptHost.js";

const role = "arn:aws:iam::123456789012:role/web";
const credentials = {
  AccessKeyId: "ASIAFIRST",
  SecretAccessKey: "first-secret",
  SessionToken: "first-token",
  Expiration: "2026-11-05T07:07:08+00:00",
};
const others = Object.fromEntries(
  Object.entries(credentials).map(([key, value]) => [key, value.replace(/first/i, "second")]),
);

describe("take-app-role", () => {
  let host: ScriptHost;

  beforeEach(() => {
    host = new ScriptHost();
    host.install("take-app-role");
    host.write(`${hostPaths.appFolder}/.keep`, "");
    host.standIn("hostname", "echo 'ip-10-0-16-4 x/'");
    host.standIn("logger", `cat >${host.path("/journal")}`);
    answers({ Credentials: credentials, AssumedRoleUser: { Arn: "x" } });
  });

  afterEach(() => {
    host.remove();
  });

  const answers = (answer: unknown): void => {
    host.write("/answer", typeof answer === "string" ? answer : JSON.stringify(answer));
    host.standIn("aws", `cat ${host.path("/answer")}`);
  };
  const take = (): Ended => {
    host.calls();
    host.write("/journal", "");
    return host.run("take-app-role", [], {
      AWS_REGION: "eu-west-1",
      HIPAA_REDIS_APP_ROLE_ARN: role,
      HIPAA_REDIS_APP_USER: ownAccount().group,
    });
  };
  const given = (): unknown => JSON.parse(host.read(hostPaths.appCredentials));
  const nothingElse = (): void => {
    assert.deepEqual(readdirSync(host.path(hostPaths.appFolder)).sort(), [".keep", "credentials.json"]);
  };

  it("asks the region's STS for an hour of the role, in the host's name", () => {
    assert.equal(take().status, 0);
    assert.deepEqual(
      host.calls().filter((call) => call.startsWith("aws ")),
      [
        `aws sts assume-role --region eu-west-1 --role-arn ${role} --role-session-name app-ip-10-0-16-4x --duration-seconds 3600 --cli-connect-timeout 10 --cli-read-timeout 20 --output json`,
      ],
    );
  });

  it("gives its session a name that STS takes, however long the host's is", () => {
    host.standIn("hostname", `printf %s '${"a".repeat(90)}'`);
    take();
    assert.ok(host.calls().some((call) => call.includes(` --role-session-name app-${"a".repeat(60)} `)));
  });

  it("leaves credentials as a credential_process prints them, for the user's group to read and nobody to write", () => {
    const { status, stdout, stderr } = take();
    assert.deepEqual([status, stderr], [0, ""]);
    assert.equal(stdout, `hipaa-redis: the application has credentials of its role until ${credentials.Expiration}\n`);
    assert.deepEqual(given(), { Version: 1, ...credentials });
    assert.equal(statSync(host.path(hostPaths.appCredentials)).mode & 0o7777, 0o440);
    nothingElse();
  });

  it("puts a whole new file in place of the old one, and writes nothing into that", () => {
    take();
    const file = host.path(hostPaths.appCredentials);
    const { ino } = statSync(file);
    answers({ Credentials: others });
    // While the role is asked for, the old ones are there; the new ones come by a rename alone.
    host.standIn("aws", `cat ${file} >${host.path("/meanwhile")}; cat ${host.path("/answer")}`);
    host.standIn("mv", `cat ${file} >>${host.path("/meanwhile")}; exec /bin/mv "$@"`);
    take();
    assert.equal(host.read("/meanwhile"), `${JSON.stringify({ Version: 1, ...credentials }, null, 2)}\n`.repeat(2));
    assert.deepEqual(given(), { Version: 1, ...others });
    assert.notEqual(statSync(file).ino, ino);
    const [moved, ...more] = host.calls().filter((call) => call.startsWith("mv "));
    assert.match(
      moved ?? "",
      new RegExp(`^mv -fT ${host.path(hostPaths.appFolder)}/new\\.\\w+/credentials.json ${file}$`),
    );
    assert.deepEqual(more, []);
  });

  it("takes away what a run that was killed has left", () => {
    host.write(`${hostPaths.appFolder}/new.dead/answer`, "secret");
    take();
    nothingElse();
  });

  /** That it fails with this alarm, leaves the credentials that were there, and tells none. */
  const alarmed = (why: string, before = ""): void => {
    const { status, stdout, stderr } = take();
    const text = `${why} The credentials that are there stay until they end; trying again soon.`;
    assert.deepEqual([status, stdout, stderr], [1, "", `${before}hipaa-redis: ${text}\n`]);
    assert.equal(
      host.read("/journal"),
      `MESSAGE_ID=6f1f0b5c4a3c4d0f9d1c2a7b58e3a9d4\nPRIORITY=2\nSYSLOG_IDENTIFIER=hipaa-redis\nMESSAGE=hipaa-redis: alarm: ${text}\n`,
    );
    assert.deepEqual(given(), { Version: 1, ...credentials });
    nothingElse();
  };

  it("keeps the old ones, with an alarm, while STS refuses or is away", () => {
    take();
    host.standIn("aws", "echo AccessDenied >&2; exit 254");
    alarmed(
      `Cannot take the application's role ${role}: see the line above; check that it trusts this host's role, and the way to STS.`,
      "AccessDenied\n",
    );
  });

  it("keeps the old ones, with an alarm, when the answer has no whole credentials, of which it shows nothing", () => {
    take();
    for (const wrong of [
      "",
      "<html>second-secret",
      "[]",
      {},
      { Credentials: null },
      ...Object.keys(others).flatMap((key) =>
        [undefined, null, "", 5].map((value) => ({ Credentials: { ...others, [key]: value } })),
      ),
    ]) {
      answers(wrong);
      alarmed(`STS gave no credentials for the application's role ${role}.`);
    }
    // The control case.
    answers({ Credentials: others });
    assert.equal(take().status, 0);
    assert.deepEqual(given(), { Version: 1, ...others });
  });

  it("never has a credential in its output or on a command line", () => {
    answers({ Credentials: others });
    const { stdout, stderr } = take();
    const told = [stdout, stderr, host.read("/journal"), ...host.calls()].join("\n");
    for (const secret of ["second-secret", "second-token", "ASIAsecond"]) assert.ok(!told.includes(secret), secret);
  });
});
