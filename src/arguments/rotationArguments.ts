/** The argument `rotation`: {@link RotationArgs}. */
export interface RotationArguments {
  /**
   * The certificate authority in use. Hosts also trust the previous one and the next one, so that it makes no difference
   * which host changes first. Raise it by one at a time, and only when every host has taken the last change. Every node and
   * client gets a new key with it.
   *
   * @default 1
   * @example 2
   */
  readonly authority?: number;
  /**
   * The newest authority that hosts no longer trust.
   *
   * @default `authority` minus two
   * @example 1
   */
  readonly retiredAuthority?: number;
  /**
   * The keys of nodes and clients under the authority in use. Raise it to get new keys without a new authority, such as
   * once a year. This does not refuse a stolen key: its certificate is accepted until its authority is retired.
   *
   * @default 1
   * @example 2
   */
  readonly keys?: number;
  /**
   * The clients' passwords in use. The node also accepts the previous ones and the next ones.
   *
   * @default 1
   * @example 2
   */
  readonly passwords?: number;
  /**
   * The newest passwords that the node no longer accepts.
   *
   * @default `passwords` minus two
   * @example 1
   */
  readonly retiredPasswords?: number;
}
