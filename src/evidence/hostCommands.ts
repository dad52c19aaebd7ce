import { unitNames } from "../host/units";
import { hostPaths } from "../host/hostPaths";
import { metadataService as metadataAddresses } from "../plan/amazonServices";

/** Parts of checks' commands: what the shell of a host asks of what runs there, not of what is written down. */

/** What Redis itself answers its host's agent, on one line behind `OK`. */
export function askRedis(command: string): string {
  return `echo '${command}' | ${hostPaths.scriptsFolder}/ask-redis | paste --serial --delimiters=' '`;
}

/** How many users the running Redis has, if they are those of its files in passwords, or in rights. */
export function compareUsers(part: "passwords" | "rights"): string {
  return `${hostPaths.scriptsFolder}/check-users ${part}`;
}

/** The shell's word for the process of a service. */
export function processOf(unit: (typeof unitNames)[keyof typeof unitNames]): string {
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
