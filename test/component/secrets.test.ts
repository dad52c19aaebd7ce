import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { redisUsersField } from "../../src/host/redisUsers.js";
import type { Registered } from "./mocks.js";
import { tagged, theOtherProgram, theQuickstart } from "./programs.js";
import { ofCache } from "./specification.js";

const password = {
  length: 64,
  special: false,
  options: { additionalSecretOutputs: ["bcryptHash", "result"] },
};

/** A secret under the cache's key, which ends with it. */
function secret(name: string, description: string, tags: object, fields: object): object {
  const cache = name.split("-")[0] ?? "";
  return {
    [`Secret ${name}`]: {
      description,
      kmsKeyId: `<Key ${cache} arn>`,
      policy: {},
      recoveryWindowInDays: 0,
      tags,
    },
    [`SecretVersion ${name}`]: {
      secretId: `<Secret ${name} arn>`,
      secretString: { secret: fields },
      // The library's own, then the SDK's.
      options: {
        additionalSecretOutputs: ["secretString", "secretBinary", "secretString", "secretStringWo"],
      },
    },
  };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const trusted = ["sessions-ca-1", "sessions-ca-2"].map((name) => `certificate-of-${name}`).join("");
const otherTrusted = ["ledger-ca-2", "ledger-ca-3", "ledger-ca-4"].map((name) => `certificate-of-${name}`).join("");
const host = (name: string, keys: string, authorities: string): object => ({
  certificate: `certificate-of-${name}`,
  privateKey: `key-of-${name}-${keys}`,
  trusted: authorities,
});

const secrets = {
  ...secret("sessions-0-server", "Credentials of cache node sessions-0", tagged("sessions-0-server"), {
    ...host("sessions-0-server", "1.1", trusted),
    admitted: "web.client.sessions.hipaa-redis.internal\n",
    redisUsers: redisUsersField([
      { name: "web", passwordsSha256: [1, 2].map((n) => sha256(`password-of-sessions-client-web-${n}`)) },
    ]),
  }),
  ...secret("sessions-client-web", "Credentials of client web of cache sessions", tagged("sessions-client-web"), {
    ...host("sessions-client-web", "1.1", trusted),
    password: "password-of-sessions-client-web-1",
  }),
};

const passwordsOf = (client: string): string[] =>
  [2, 3].map((generation) => sha256(`password-of-ledger-client-${client}-${generation}`));

interface Denial {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Condition?: { readonly ArnNotLike: Readonly<Record<string, readonly string[]>> };
}

describe("the secrets of a cache, against mocks", () => {
  let quickstart: readonly Registered[];
  let others: readonly Registered[];
  before(async () => {
    quickstart = (await theQuickstart()).resources;
    others = (await theOtherProgram()).resources;
  });

  it("are under one key, whose material changes each year", () => {
    assert.deepEqual(ofCache(quickstart, /:Key$/), {
      "Key sessions": {
        description: "Secrets and root volumes of the HIPAA Redis cache sessions",
        enableKeyRotation: true,
        policy: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: "kms:*",
              Resource: "*",
              Principal: { AWS: "arn:aws:iam::000000000000:root" },
            },
          ],
        },
        tags: tagged("sessions"),
      },
    });
  });

  it("hold passwords in two generations for each client, without one that is retired", () => {
    assert.deepEqual(ofCache(quickstart, /:RandomPassword$/), {
      "RandomPassword sessions-client-web-1": password,
      "RandomPassword sessions-client-web-2": password,
    });
    assert.deepEqual(ofCache(others, /:RandomPassword$/), {
      "RandomPassword ledger-client-api-2": password,
      "RandomPassword ledger-client-api-3": password,
      "RandomPassword ledger-client-worker-2": password,
      "RandomPassword ledger-client-worker-3": password,
    });
  });

  it("are one for each host, the password itself for the client alone", () => {
    assert.deepEqual(ofCache(quickstart, /:Secret(Version)?$/), secrets);
  });

  it("and their key have policies of their own where there are administrators", () => {
    const deployer = "arn:aws:iam::000000000000:role/deployer";
    const may = ["arn:aws:iam::000000000000:root", deployer];
    const policyOf = (resources: object, name: string): { Statement: Denial[] } => {
      const { [name]: found } = resources as Record<string, { policy: { Statement: Denial[] } }>;
      assert.ok(found);
      return found.policy;
    };
    const but = ({ Effect, Action, Condition }: Denial): unknown => [
      Effect,
      [Action].flat()[0],
      Condition?.ArnNotLike["aws:PrincipalArn"],
    ];
    const found = ofCache(others, /:(Secret|Key)$/);
    for (const [secret, path] of [
      ["ledger-0-server", "node/ledger-0"],
      ["ledger-client-api", "client/api"],
      ["ledger-client-worker", "client/worker"],
    ] as const) {
      const host = `arn:aws:iam::000000000000:role/hipaa-redis/ledger/${path}/*`;
      assert.deepEqual(policyOf(found, `Secret ${secret}`).Statement.map(but), [
        ["Deny", "secretsmanager:GetSecretValue", [host, ...may]],
        ["Deny", "secretsmanager:CancelRotateSecret", may],
      ]);
    }
    const hosts = "arn:aws:iam::000000000000:role/hipaa-redis/ledger/*";
    assert.deepEqual(policyOf(found, "Key ledger").Statement.map(but), [
      ["Allow", "kms:*", undefined],
      ["Deny", "kms:Decrypt", [hosts, ...may]],
      ["Deny", "kms:PutKeyPolicy", may],
    ]);
  });

  it("are in the generation in use", () => {
    const version = (name: string): unknown => {
      const { [`SecretVersion ${name}`]: found } = ofCache(others, /:SecretVersion$/);
      return (found as { secretString: { secret: unknown } }).secretString.secret;
    };
    assert.deepEqual(version("ledger-client-worker"), {
      ...host("ledger-client-worker", "3.2", otherTrusted),
      password: "password-of-ledger-client-worker-2",
    });
    assert.deepEqual(version("ledger-0-server"), {
      ...host("ledger-0-server", "3.2", otherTrusted),
      admitted: ["api", "worker"].map((client) => `${client}.client.ledger.hipaa-redis.internal\n`).join(""),
      redisUsers: redisUsersField([
        { name: "api", passwordsSha256: passwordsOf("api") },
        { name: "worker", passwordsSha256: passwordsOf("worker") },
      ]),
    });
  });
});
