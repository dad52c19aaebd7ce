import { createHash } from "node:crypto";

/** Ids, ARNs and names of a resource in the forms of AWS: no two resources, and no two of one resource's, are alike. */
export function awsIds(type: string, name: string): AwsIds {
  const digest = createHash("sha256").update(`${type} ${name}`).digest("hex");
  return {
    id: (prefix) => `${prefix}-${digest.slice(0, 17)}`,
    uuid: [0, 8, 12, 16, 20].map((from, index) => digest.slice(from, [8, 12, 16, 20, 32][index])).join("-"),
    number: String(Number.parseInt(digest.slice(0, 8), 16)),
    suffixed: `${name}-${digest.slice(0, 7)}`,
    secretSuffix: Buffer.from(digest, "hex").toString("base64").replace(/[+/=]/g, "A").slice(0, 6),
    arn: (service, rest, region = "us-east-1") => `arn:aws:${service}:${region}:000000000000:${rest}`,
  };
}

export interface AwsIds {
  /** Such as `vpc-0123456789abcdef0`. */
  readonly id: (prefix: string) => string;
  readonly uuid: string;
  readonly number: string;
  /** The name that Pulumi gives to what has one: the resource's own, and seven digits. */
  readonly suffixed: string;
  /** What Secrets Manager puts behind a secret's name. */
  readonly secretSuffix: string;
  readonly arn: (service: string, rest: string, region?: string) => string;
}
