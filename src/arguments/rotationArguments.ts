/** Generations of what is secret, whole numbers from 1 to 9999; the first is 1, and the default of those in use. */
export interface RotationArguments {
  /**
   * The certificate authority in use. Hosts trust the one before it and the next one as well, so that it makes no difference
   * which host learns first. Raise it by one at a time, and only when every host has taken the last change. Every node and
   * client gets a new key with it.
   *
   * @default 1
   * @example 2
   */
  readonly authority?: number;
  /**
   * The last authority that is trusted no longer. By default the one before the one before that in use.
   *
   * @default the one before the one before that in use
   * @example 1
   */
  readonly retiredAuthority?: number;
  /**
   * The keys of nodes and clients under the authority in use. Raise it for new keys without a new authority, such as once
   * a year. A key that somebody has is not refused by that: its certificate goes on until its authority is retired.
   *
   * @default 1
   * @example 2
   */
  readonly keys?: number;
  /**
   * The clients' passwords in use. The node takes the ones before them and the next ones as well.
   *
   * @default 1
   * @example 2
   */
  readonly passwords?: number;
  /**
   * The last passwords that are taken no longer. By default the ones before the ones before those in use.
   *
   * @default the ones before those before the ones in use
   * @example 1
   */
  readonly retiredPasswords?: number;
}
