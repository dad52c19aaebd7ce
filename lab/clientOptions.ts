/** Where an AWS of this machine answers. */
export interface Api {
  readonly endpoint: string;
  readonly region: string;
}

/** How the lab's own AWS clients are made: against LocalStack, whose credentials are made up. */
export function clientOptions({ endpoint, region }: Api) {
  return { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" }, requestHandler };
}

/**
 * A connection for each request. LocalStack's server closes one that was idle for five seconds, be it in the midst of a
 * request: its answer is lost, and the SDK has made a second time what was made.
 */
export const requestHandler = { httpAgent: { keepAlive: false } };
