/** Where an AWS of this machine answers. */
export interface Api {
  readonly endpoint: string;
  readonly region: string;
}

/** How the lab's own AWS clients are made: against LocalStack, whose credentials are made up. */
export function clientOptions({ endpoint, region }: Api) {
  return { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
}
