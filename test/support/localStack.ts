import type { LocalStack } from "../../lab/localstack/localStack.js";
import { startLocalStack } from "../../lab/localstack/startLocalStack.js";

/**
 * The LocalStack that all layers of a run share, as test/run.ts names it to them. (AWS_ENDPOINT_URL is not for that: it
 * means one that somebody has.) Nobody finds it empty, so what is looked at there is one's own.
 */
export const sharedEndpointVariable = "TEST_LOCALSTACK_ENDPOINT";

/** The run's LocalStack, which goes on after `stop`; where there is none, one for the asker. */
export async function localStackOfRun(progress: (line: string) => void): Promise<LocalStack> {
  const endpoint = process.env[sharedEndpointVariable];
  if (endpoint === undefined || endpoint === "") return startLocalStack({ progress });
  return { endpoint, isUsers: false, description: "the run's own", stop: () => Promise.resolve() };
}
