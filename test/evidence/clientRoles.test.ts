import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execaSync } from "execa";
import { ensureDebianPackages } from "../../lab/prerequisites.js";
import { assess } from "../../src/evidence/assess.js";
import { meets } from "../../src/evidence/check.js";
import { readOneSecret, takeOneRole, trustEc2, trustRole } from "../../src/plan/hostPolicy.js";
import { sampleEvidence } from "../support/sample.js";

interface Role {
  /** Who may take it; nothing where IAM refuses to tell. By default EC2. */
  readonly trust?: object | "not told";
  readonly attached?: string;
  /** Statements by the name of their policy; nothing where IAM refuses to tell. */
  readonly inside: Readonly<Record<string, readonly object[] | undefined>>;
}

const { deployed } = sampleEvidence();
const { kmsKeyArn, region } = deployed;
const secretArn = deployed.clients[0]?.secretArn ?? "";
const own = readOneSecret({ secretArn, kmsKeyArn, region }).Statement;
const appRole = "arn:aws:iam::000000000000:role/web.app-1";
const taking = (arn: string): readonly object[] => takeOneRole(arn).Statement;
const elsewhere = readOneSecret({ secretArn: `${secretArn}2`, kmsKeyArn: `${kmsKeyArn}2`, region }).Statement;
const s3 = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::scans/1" };
const deny = { ...s3, Effect: "Deny" };

const holding: Readonly<Record<string, Readonly<Record<string, Role>>>> = {
  "no host has been made": {},
  "it reads its secret": { "web-1": { inside: { web: own } } },
  "it may take the application's role": { "web-1": { inside: { web: own, "web.app": taking(appRole) } } },
  "another stack has a cache of the same name": {
    "web-1": { inside: { web: own } },
    "web-2": { inside: { web: elsewhere, "web.app": taking(`${appRole}2`) } },
  },
};

const not: Readonly<Record<string, Readonly<Record<string, Role>>>> = {
  "a policy is attached": { "web-1": { attached: "AdministratorAccess", inside: { web: own } } },
  "it may do more": { "web-1": { inside: { web: own, more: [s3] } } },
  "it may do more, and take a role": { "web-1": { inside: { web: own, "web.app": [...taking(appRole), s3] } } },
  "one of several may do more": { "web-1": { inside: { web: own } }, "web-2": { inside: { web: [...own, s3] } } },
  "something is denied that was not planned": { "web-1": { inside: { web: own, more: [deny] } } },
  "it may take two roles": { "web-1": { inside: { web: own, a: taking(appRole), b: taking(`${appRole}2`) } } },
  "it may take any role": { "web-1": { inside: { web: own, a: taking("arn:aws:iam::000000000000:role/*") } } },
  "it may take every role": { "web-1": { inside: { web: own, a: taking("*") } } },
  "it may take a list of roles": { "web-1": { inside: { web: own, a: [{ ...s3, Resource: [appRole] }] } } },
  "it may take the role of a cache's host": {
    "web-1": {
      inside: {
        web: own,
        a: taking("arn:aws:iam::000000000000:role/hipaa-redis/sessions/node/sessions-0/sessions-0-1"),
      },
    },
  },
  "it reads every secret": { "web-1": { inside: { web: own.map((one) => ({ ...one, Resource: "*" })) } } },
  "it reads another secret as well": { "web-1": { inside: { web: [...own, ...elsewhere] } } },
  "it has lost its secret": { "web-1": { inside: { web: own.slice(1) } } },
  "somebody else may take it": { "web-1": { inside: { web: own }, trust: trustRole(appRole) } },
  "somebody else may take it as well": {
    "web-1": {
      inside: { web: own },
      trust: { ...trustEc2, Statement: [...trustEc2.Statement, ...trustRole(appRole).Statement] },
    },
  },
  "IAM does not tell who may take it": { "web-1": { inside: { web: own }, trust: "not told" } },
  "IAM does not tell": { "web-1": { inside: { web: undefined } } },
};

describe("what the role of an app host may do", () => {
  const folder = mkdtempSync(join(tmpdir(), "client-roles-"));
  before(async () => {
    await ensureDebianPackages(["jq"]);
    // aws iam VERB [--role-name ROLE] [--policy-name POLICY] …
    const answer = [
      "#!/bin/sh",
      "verb=$2",
      "while [ $# -gt 0 ]; do case $1 in --role-name) role=$2 ;; --policy-name) policy=$2 ;; esac; shift; done",
      `cd ${folder}/roles`,
      "case $verb in",
      "list-roles) ls ;;",
      'list-attached-role-policies) cat "$role/attached" ;;',
      'list-role-policies) ls "$role/inside" ;;',
      'get-role-policy) cat "$role/inside/$policy" ;;',
      'get-role) cat "$role/trust" ;;',
      "esac",
    ];
    writeFileSync(join(folder, "aws"), `${answer.join("\n")}\n`);
    chmodSync(join(folder, "aws"), 0o755);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const holds = (roles: Readonly<Record<string, Role>>): boolean => {
    rmSync(join(folder, "roles"), { recursive: true, force: true });
    mkdirSync(join(folder, "roles"));
    for (const [role, { attached = "", inside, trust = trustEc2 }] of Object.entries(roles)) {
      mkdirSync(join(folder, "roles", role, "inside"), { recursive: true });
      writeFileSync(join(folder, "roles", role, "attached"), attached);
      if (trust !== "not told") writeFileSync(join(folder, "roles", role, "trust"), JSON.stringify(trust));
      for (const [policy, statements] of Object.entries(inside)) {
        const file = join(folder, "roles", role, "inside", policy);
        // A folder can't be read as a file.
        if (statements === undefined) mkdirSync(file);
        else writeFileSync(file, JSON.stringify(statements));
      }
    }
    const check = assess(sampleEvidence())
      .controls.flatMap(({ checks }) => checks)
      .find(
        ({ shows }) =>
          shows === "the hosts of web may read its secret and take one role, and nothing else, by roles for EC2 alone",
      );
    assert.ok(check?.by === "aws");
    const env = { PATH: `${folder}:${process.env.PATH ?? ""}` };
    const { exitCode = 1, stdout } = execaSync("sh", ["-c", check.command], { env, reject: false });
    return meets(check.expect, { exitCode, stdout });
  };

  for (const [what, roles] of Object.entries(holding))
    it(`is as planned where ${what}`, () => {
      assert.ok(holds(roles));
    });

  for (const [what, roles] of Object.entries(not))
    it(`is not as planned where ${what}`, () => {
      assert.ok(!holds(roles));
    });
});
