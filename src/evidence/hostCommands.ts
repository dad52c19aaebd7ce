import type { journalService } from "../host/journals";
import type { unitNames } from "../host/units";
import { engineProgram, type Engine } from "../plan/engine";
import { hostPaths } from "../host/hostPaths";
import { scriptText } from "../host/scripts";
import { nodeUser, replicaUser, sentinelUser } from "../host/redisUsers";
import type { CachePlan } from "../plan/cachePlan";
import { metadataService as metadataAddresses } from "../plan/amazonServices";
import { shapeOf } from "./shape";

/** Parts of checks' commands: what the shell of a host asks of what runs there, not of what is written down. */

/** What Redis itself answers its host's agent, on one line behind `OK`. */
export function askRedis(command: string): string {
  return `echo '${command}' | ${hostPaths.scriptsFolder}/ask-redis | paste --serial --delimiters=' '`;
}

/** What Redis itself says of several of its parameters, in their order. */
export function askRedisFor(parameters: readonly string[]): string {
  const questions = parameters.map((name) => `'CONFIG GET ${name}'`).join(" ");
  return `printf '%s\\n' ${questions} | ${hostPaths.scriptsFolder}/ask-redis | paste --serial --delimiters=' '`;
}

/** In this variable of its shell a command finds the script `check-users`, which verify brings along (src/verify/script.ts). */
export const checkUsers = "CHECK_USERS";

/** Its text. */
export function checkUsersScript(): string {
  return scriptText("check-users");
}

/** How many users the running Redis has, if they are those of its files in passwords, or in rights. */
export function compareUsers(part: "passwords" | "rights", engine: Engine): string {
  return `sh -c "$${checkUsers}" check-users ${part} ${engineProgram(engine).server} ${engineProgram(engine).client}`;
}

/** The shell's word for the process of a service. */
export function processOf(
  unit: (typeof unitNames)[keyof typeof unitNames] | ReturnType<typeof journalService>,
): string {
  return `"$(systemctl show --property=MainPID --value ${unit})"`;
}

/** What the instance metadata service (version 2) says, which root alone may ask. */
export function metadata(path: string): string {
  const ask = "curl --silent --fail --max-time 5";
  const token = `${ask} --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' ${metadataService}/api/token`;
  return `${ask} --header "X-aws-ec2-metadata-token: $(${token})" ${metadataService}/${path}`;
}

/** Where it answers, its current version (EC2 User Guide, "Instance metadata"). */
export const metadataService = `http://${metadataAddresses.ipv4}/latest`;

/** The names in a host's certificate, one a line. */
export const certificateNames = `openssl x509 -noout -ext subjectAltName -in ${hostPaths.certificate} | sed --quiet 's/^ *DNS://p'`;

/**
 * The account that the AWS CLI is signed in to, and the address that answered, whatever has sent it there: an option, a variable or a file.
 * The AWS CLI tells the address in its log alone, of which nothing else is kept.
 */
export const answeringAccount = String.raw`timeout 60 aws sts get-caller-identity --query Account --output text --debug 2>&1 | sed --quiet --regexp-extended '/^[0-9]{12}$/p; s/.* Sending http request: .* url=(https?:\/\/[^\/,]*).*/\1/p' | sort --unique`;

/** As whom nodes come to each other's Redis. */
export function peerUsersOf(plan: Pick<CachePlan, "replication" | "cluster">): readonly string[] {
  return { alone: [], replicas: [replicaUser, sentinelUser], shards: [nodeUser, replicaUser] }[shapeOf(plan)];
}

/** How many users Redis has: beside clients and peers the node's agent and nobody. */
export function userCount(plan: Pick<CachePlan, "replication" | "cluster" | "clients">): number {
  return plan.clients.length + peerUsersOf(plan).length + 2;
}
