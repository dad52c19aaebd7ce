/** Arguments of a network, for those who have none. */
export interface NetworkArguments<Leaf = string> {
  /**
   * The VPC's IPv4 network, `/16` to `/20`, in a private range (RFC 1918).
   *
   * @example "10.0.0.0/16"
   */
  readonly cidrBlock: string;
  /**
   * The Availability Zones to spread over, 1 to 6 names, all of the provider's region. A region that AWS has not is refused (AWS General
   * Reference, "AWS regions"), unless `aws:region` is set to it, as for one that is new. With a provider of the component's own, another
   * region is refused in the preview.
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
   * For how many days the flow log keeps what it records: what your organisation has decided for its logs. CloudWatch Logs takes 1,
   * 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 and 3653. The Security Rule
   * names no time for logs. The default is six years, as long as the documents are kept that the log bears out
   * (45 CFR 164.316(b)(2)(i), time limit) and as HHS may open a case (45 CFR 160.414).
   *
   * @default 2192
   * @example 400
   */
  readonly flowLogRetentionDays?: number;
  /**
   * Whether the flow logs and their KMS key go when the network goes, for a network that only tries something. By default
   * `pulumi destroy` leaves both in the account, where the logs stay until `flowLogRetentionDays` are over; remove them by hand if
   * you must.
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
