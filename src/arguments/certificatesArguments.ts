/** The argument `certificates`: {@link CertificatesArgs}. */
export interface CertificatesArguments {
  /**
   * How long the certificates of nodes and clients last: 2,160 are 90 days, 43,824 the article's five years.
   *
   * @default 2160
   * @example 720
   */
  readonly validityHours?: number;
  /**
   * How long before its end `pulumi up` renews a certificate; less than `validityHours`. With two thirds of it (60 of
   * 90 days) one `pulumi up` a month is enough.
   *
   * @default two thirds of `validityHours`
   * @example 240
   */
  readonly earlyRenewalHours?: number;
  /**
   * How long the authority's certificate lasts, at least twice `validityHours`; 8,760 are a year. `pulumi up` renews it, with
   * the same key, when it would expire before a new certificate does.
   *
   * @default 8760, or twice `validityHours` where that is more
   * @example 17520
   */
  readonly authorityValidityHours?: number;
}
