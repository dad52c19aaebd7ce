/** 2 vCPUs and 8 GiB; may run with dedicated tenancy. */
export const defaultInstanceType = "m6i.large";

/** IMDSv2 only, and no container or forwarder behind the host can reach it (EC2 User Guide, "Use IMDSv2"). */
export const metadataOptions = {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 1,
  instanceMetadataTags: "disabled",
} as const;

/** A node's only disk, encrypted under the cache's own KMS key although no PHI is ever written to it. */
export const rootVolume: {
  readonly encrypted: boolean;
  readonly volumeType: string;
  readonly deleteOnTermination: boolean;
} = { encrypted: true, volumeType: "gp3", deleteOnTermination: true };

/** The key of a cache's secrets and volumes: KMS makes new material for it each year (KMS Developer Guide, "Rotate KMS keys"). */
export const cacheKey: { readonly enableKeyRotation: boolean } = { enableKeyRotation: true };
