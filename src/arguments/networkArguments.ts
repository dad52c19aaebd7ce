/** Arguments of a network, for those who have none. */
export interface NetworkArguments<Leaf = string> {
  /**
   * The VPC's IPv4 network, `/16` to `/20`, in a private range (RFC 1918).
   *
   * @example "10.0.0.0/16"
   */
  readonly cidrBlock: string;
  /**
   * The Availability Zones to spread over, 1 to 6 names.
   *
   * @example ["us-east-1a", "us-east-1b"]
   */
  readonly availabilityZones: readonly string[];
  /**
   * A weakening: instances may share hardware with other AWS customers. By default the VPC's tenancy is dedicated.
   *
   * @default false
   * @example true
   */
  readonly allowSharedTenancy?: boolean;
  /**
   * Whether the flow logs and their KMS key go when the network goes, for a network that only tries something. By default
   * `pulumi destroy` leaves both in the account, where the logs stay until their six years are over; remove them by hand if your
   * organisation has decided to keep logs for less.
   *
   * @default false
   * @example true
   */
  readonly deleteFlowLogs?: boolean;
  /**
   * Tags for every AWS resource that takes tags, besides `Name`.
   *
   * @default none but `Name`
   * @example { Owner: "clinic" }
   */
  readonly tags?: Readonly<Record<string, Leaf>>;
}
