/** Lifetimes in whole hours, 1 to 87,600. */
export interface CertificatesArguments {
  /**
   * How long the certificates of nodes and clients last. By default 2,160 (90 days); the article's five years are 43,824.
   *
   * @default 2160
   * @example 720
   */
  readonly validityHours?: number;
  /**
   * How long before its end `pulumi up` renews a certificate; less than `validityHours`. By default two thirds of it (60 of 90
   * days): then one `pulumi up` a month is enough.
   *
   * @default two thirds of `validityHours`
   * @example 240
   */
  readonly earlyRenewalHours?: number;
  /**
   * How long the authority's certificate lasts, at least twice `validityHours`. By default 8,760 (a year), or twice
   * `validityHours` where that is more. `pulumi up` renews it, with the same key, when it would expire before a new certificate does.
   *
   * @default 8760, or twice `validityHours` where that is more
   * @example 17520
   */
  readonly authorityValidityHours?: number;
}
