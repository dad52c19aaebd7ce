import type { Facts, Missing } from "./requirements.mjs";

type Environment = Readonly<Record<string, string | undefined>>;

export function readFacts(repository: string, env?: Environment): Promise<Facts>;
export function whatIsMissing(
  cache: string,
  engineVersion: string,
  env: Environment,
  reach?: (address: string) => Promise<string | undefined>,
): Promise<Missing[]>;
