/** The record on an app host that the application's helper reads: the near end of the tunnel, and where the password is. */
export interface ConnectionFile {
  readonly schemaVersion: 1;
  readonly cache: string;
  readonly client: string;
  readonly host: "127.0.0.1";
  readonly port: number;
  /** The client's name, which is its user in Redis. */
  readonly username: string;
  readonly passwordFile: string;
}
