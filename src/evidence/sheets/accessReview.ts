import { sshFingerprint } from "../../arguments/sshPublicKey";
import { clientCertificate } from "../../plan/certificates";
import type { HostKind } from "../../plan/hostKinds";
import { accountOf, hostRolePath } from "../../plan/secretPolicy";
import type { Assessment } from "../assess";
import { hasPeers } from "../shape";
import { lookedHosts, notLookedAt, seenInWords } from "./looks";
import { review, reviewColumns, sheet, type Sheet } from "./sheet";

const columns = ["kind", "who", "identifier", "may", "knownFrom", "seen", ...reviewColumns] as const;

type Row = Readonly<Record<(typeof columns)[number], string>>;

/** Everybody who may do something with the cache, and everybody of whom only the organisation knows: a row each, for a decision. */
export function accessReview(assessment: Assessment): Sheet {
  return sheet("access-review", columns, [
    ...operatorRows(assessment),
    ...clientRows(assessment),
    ...hostRoleRows(assessment),
    ...administratorRows(assessment),
    ...accountRows(assessment),
    stateRow,
  ]);
}

function row(
  kind: string,
  who: string,
  identifier: string,
  rest: Omit<Row, "kind" | "who" | "identifier" | keyof typeof review>,
): Row {
  return { kind, who, identifier, ...rest, ...review };
}

function operatorRows(assessment: Assessment): Row[] {
  const { operators, nodes } = assessment.plan;
  const seen = seenInWords(assessment, { control: "operators", kind: "cache" });
  const may = `sign in to ${nodes.map(({ name }) => name).join(", ")} by SSH, and become root there`;
  const knownFrom = "the argument operators";
  if (operators.length === 0) return [row("operator", "nobody, as it is planned", "", { may, knownFrom, seen })];
  return operators.map(({ name, sshPublicKey }) =>
    row("operator", name, `SSH key ${sshFingerprint(sshPublicKey)}`, { may, knownFrom, seen }),
  );
}

function clientRows(assessment: Assessment): Row[] {
  const { plan } = assessment;
  const hosts = lookedHosts(assessment);
  const admitted = seenInWords(assessment, { control: "mutual-authentication", kind: "cache" });
  return plan.clients.map(({ client }) => {
    const own = hosts.filter(({ place }) => place?.kind === "client" && place.name === client);
    const seenHosts = own.map(({ instanceId, date }) => `${instanceId} (${date.slice(0, 10)})`).join(", ");
    return row("client", client, clientCertificate(plan.name, client).dnsName, {
      may: "read and change every value in the cache, from its hosts",
      knownFrom: "the argument clients",
      seen: `hosts that records are of: ${seenHosts || notLookedAt}; what the node admits: ${admitted}`,
    });
  });
}

/** The roles of hosts, by the path under which they are. */
function hostRoleRows(assessment: Assessment): Row[] {
  const { plan, evidence } = assessment;
  const { nodes, clients, kmsKeyArn } = evidence.deployed;
  const { partition, account } = accountOf(kmsKeyArn);
  const roles = (kind: HostKind, name: string, secretArn: string): Row => {
    const control = kind === "cache" ? "least-privilege" : "application-credentials";
    const isOfHost = (shows: string): boolean =>
      shows.startsWith(kind === "cache" ? `the role of ${name} ` : `the hosts of ${name} `);
    return row(
      "IAM role of a host",
      `every role of a host of ${name}`,
      `arn:${partition}:iam::${account}:role${hostRolePath(plan.name, { kind, name })}*`,
      {
        may:
          kind === "cache" && hasPeers(plan)
            ? `read the secret ${secretArn}, and report how the node does in its own parameter`
            : `read the secret ${secretArn}`,
        knownFrom: "the plan",
        seen: seenInWords(assessment, { control, kind: "aws", shows: isOfHost }),
      },
    );
  };
  return [
    ...nodes.map(({ name, secretArn }) => roles("cache", name, secretArn)),
    ...clients.map(({ name, secretArn }) => roles("client", name, secretArn)),
  ];
}

function administratorRows(assessment: Assessment): Row[] {
  const seen = seenInWords(assessment, { control: "least-privilege", kind: "aws", shows: isOfPolicies });
  return assessment.plan.secretAdministratorArns.map((arn) =>
    row("IAM administrator of the secrets", "whoever can be this role or user", arn, {
      may: "read and change every secret of the cache, and change the key's policy",
      knownFrom: "the argument secretAdministratorArns",
      seen,
    }),
  );
}

/** A policy that is as it was planned lets in nobody else; whom the account's IAM lets in beside it, nobody has listed. */
function isOfPolicies(shows: string): boolean {
  return /^(the policy of the secret|the key's policy|no grant of the key) /.test(shows);
}

const onlyByYou = `${notLookedAt}: no check of verify lists the principals of an account; your organisation has to`;

function accountRows(assessment: Assessment): Row[] {
  const { plan, evidence } = assessment;
  const { kmsKeyArn, region } = evidence.deployed;
  const { partition, account } = accountOf(kmsKeyArn);
  const isClosed = plan.secretAdministratorArns.length > 0;
  const policies = seenInWords(assessment, { control: "least-privilege", kind: "aws", shows: isOfPolicies });
  const root = `arn:${partition}:iam::${account}:root`;
  const path = `arn:${partition}:iam::${account}:role${hostRolePath(plan.name)}*`;
  return [
    row("AWS account", "the account's root user", root, {
      may: "take away the policies of the secrets and of the key, and read every secret then",
      knownFrom: "AWS (Secrets Manager User Guide, resource-based policies)",
      seen: `${onlyByYou} say who can be root; policies: ${policies}`,
    }),
    row(
      "AWS account",
      isClosed
        ? "others whom IAM allows secretsmanager:GetSecretValue"
        : "whoever is allowed secretsmanager:GetSecretValue by IAM",
      account,
      {
        may: isClosed
          ? "nothing, while the secrets' own policies are as planned: they deny it"
          : "read every secret of the cache, with kms:Decrypt of its key",
        knownFrom: isClosed
          ? "the argument secretAdministratorArns"
          : "the plan: no secretAdministratorArns, IAM alone decides",
        seen: isClosed ? `policies: ${policies}` : onlyByYou,
      },
    ),
    row("AWS account", "whoever is allowed the key by IAM, such as kms:*", kmsKeyArn, {
      may: "decrypt the nodes' root volumes, on which no value is; change or delete the key, as far as its policy does not deny it",
      knownFrom: "the key's policy, as it is planned",
      seen: `${onlyByYou}; policies and grants: ${policies}`,
    }),
    row(
      "AWS account",
      "whoever may pass a host's role to an instance (iam:PassRole), or make a role under this path",
      path,
      {
        may: "read a host's secret by a machine of their own",
        knownFrom: `the plan: the roles of hosts in ${region} are known by their path`,
        seen: onlyByYou,
      },
    ),
  ];
}

const stateRow = row("Pulumi stack", "whoever can read the stack's state and has it decrypted", "", {
  may: "read every secret, the authority's key among them; and whoever may change the state or the program can change the cache",
  knownFrom: "Pulumi; the cache does not know its stack's backend",
  seen: `${notLookedAt}: your organisation has to list them`,
});
