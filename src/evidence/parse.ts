import { z } from "zod";
import { idPattern } from "../arguments/leaves";
import { nameRules, numberedName } from "../arguments/names";
import { throwIfAny } from "../arguments/problems";
import { cacheProblems } from "../arguments/cacheProblems";
import { regionPattern } from "../plan/region";
import { contradictions } from "./contradictions";
import type { Evidence } from "./evidence";
import { schemaProblems } from "./schemaProblems";

/**
 * Reads an evidence that came from a file. Nothing of it is believed: its checks are run as root on hosts, so whoever could
 * write into it must not be able to write into those.
 *
 * @throws Error when it is no evidence, holds anything that a cache of this library can't have, or contradicts itself.
 */
export function parseEvidence(value: unknown): Evidence {
  const parsed = evidenceSchema.safeParse(value);
  if (!parsed.success) {
    throw new Error(
      `This is not the evidence of a cache. Give what \`pulumi stack output evidence --json\` prints.\n${schemaProblems(parsed.error, value)}`,
    );
  }
  const evidence = value as Evidence;
  throwIfAny(
    `The evidence of cache ${evidence.cache}`,
    cacheProblems(evidence.cache, evidence.arguments, evidence.deployed.region),
  );
  const contradicting = contradictions(evidence);
  if (contradicting.length === 0) return evidence;
  const lines = contradicting.map(({ path, got, allowed }) => `  * ${path}: got ${got}. ${allowed}`);
  throw new Error(
    `The evidence of cache ${evidence.cache} contradicts itself. Give what \`pulumi stack output evidence --json\` prints.\n${lines.join("\n")}`,
  );
}

const name = z.string().regex(nameRules.component.pattern);
const numbered = z.string().regex(numberedName);

function id(prefix: string): z.ZodString {
  return z.string().regex(idPattern(prefix));
}

function arn(service: string, resource: string): z.ZodString {
  return z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:[0-9]{12}:${resource}$`));
}

const groups = z.record(z.string().regex(nameRules.securityGroup.pattern), id("sg")).optional();

const secretArn = arn("secretsmanager", "secret:[A-Za-z0-9/_+=.@-]+");
const moment = z.iso.datetime({ offset: true });

/** Strict where it matters: what reaches a command. The other arguments are judged as those of a cache are. */
const evidenceSchema = z.object({
  schemaVersion: z.literal(1),
  libraryVersion: z.string().regex(/^\d+\.\d+\.\d+[A-Za-z0-9.-]*$/),
  cache: name,
  arguments: z.looseObject({
    appSecurityGroupIds: groups,
    bastionSecurityGroupIds: groups,
    secretAdministratorArns: z.array(z.string()).optional(),
    subnets: z.array(z.looseObject({ natGatewayId: id("nat").optional() })).optional(),
  }),
  deployed: z.object({
    region: z.string().regex(regionPattern),
    vpcId: id("vpc"),
    securityGroupId: id("sg"),
    kmsKeyArn: arn("kms", "key/[A-Za-z0-9-]+"),
    subnets: z.array(z.object({ name: numbered, id: id("subnet") })),
    nodes: z
      .array(
        z.object({
          name: numbered,
          instanceId: id("i"),
          privateIp: z.ipv4(),
          imageId: id("ami"),
          imageCreated: moment.optional(),
          secretArn,
        }),
      )
      .min(1),
    clients: z.array(z.object({ name, secretArn, securityGroupId: id("sg").optional() })),
    certificates: z.array(
      z.object({
        name: z.string(),
        validFrom: moment,
        validUntil: moment,
        publicKeySha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      }),
    ),
  }),
});
