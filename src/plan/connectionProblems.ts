import { Address4 } from "ip-address";
import { nameProblems } from "./names";
import { quoted, type Problem } from "./problems";

/** The part of a connection that reaches the files of an app host. */
interface ConnectionTexts {
  readonly cache?: unknown;
  readonly client?: unknown;
  readonly region?: unknown;
  readonly secretArn?: unknown;
  readonly nodes?: readonly NodeTexts[];
}

interface NodeTexts {
  readonly address?: unknown;
  readonly port?: unknown;
  readonly serverName?: unknown;
}

const region = /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/;
/** Secrets Manager User Guide, "Secret name": letters, digits and /_+=.@-, up to 512. */
const secretArn = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,520}$/;
/** Labels of lower-case letters, digits and hyphens (RFC 1123, section 2.1). */
const dnsName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;

/**
 * What is wrong with a connection that an app host is to be configured with. It may come from another stack, so that
 * nothing of it is taken on trust: each text ends up in a file that a program with keys reads.
 */
export function connectionProblems({ cache, client, nodes = [], ...rest }: ConnectionTexts): Problem[] {
  return [
    ...nameProblems("component", "connection.cache", cache),
    ...nameProblems("client", "connection.client", client),
    ...textProblems("connection.region", rest.region, region),
    ...textProblems("connection.secretArn", rest.secretArn, secretArn),
    ...nodes.flatMap(({ address, port, serverName }, index) => [
      ...addressProblems(`connection.nodes[${index}].address`, address),
      ...portProblems(`connection.nodes[${index}].port`, port),
      ...textProblems(`connection.nodes[${index}].serverName`, serverName, dnsName),
    ]),
  ];
}

const allowed = "Give a connection as a cache's `connections` has it, unchanged.";

function textProblems(path: string, value: unknown, pattern: RegExp): Problem[] {
  if (typeof value === "string" && pattern.test(value)) return [];
  return [{ path, got: quoted(value), allowed }];
}

function addressProblems(path: string, value: unknown): Problem[] {
  const plain = typeof value === "string" && /^\d{1,3}(\.\d{1,3}){3}$/.test(value) && Address4.isValid(value);
  return plain ? [] : [{ path, got: quoted(value), allowed }];
}

function portProblems(path: string, value: unknown): Problem[] {
  const sound = typeof value === "number" && Number.isInteger(value) && value > 0 && value < 65536;
  return sound ? [] : [{ path, got: quoted(value), allowed }];
}
