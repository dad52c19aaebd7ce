import { stateFolder } from "../stateFolder.js";

/** The labs of a checkout, each with a folder of that name: test hosts of both can run at the same time. */
export const labs = ["hosts", "more-hosts"] as const;
export type Lab = (typeof labs)[number];

/** Names the lab in which a process boots its hosts: the first, where it is not set. */
export const labVariable = "HIPAA_REDIS_LAB";

/** The lab in which this process boots its hosts. */
export function ownLab(): string {
  return process.env[labVariable] ?? labs[0];
}

/** The command that takes away the test hosts of this lab. */
export function downCommand(): string {
  const lab = ownLab();
  return `${lab === labs[0] ? "" : `${labVariable}=${lab} `}npm run demo -- --down`;
}

/** The folder of everything that a run of the test hosts leaves on disk. */
export function hostsFolder(): string {
  return stateFolder(ownLab());
}
