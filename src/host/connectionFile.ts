/** The tunnel's near end on an app host. */
export const clientSocket = "/run/hipaa-redis/client/redis.sock";

/** The record on an app host that the application's helper reads: the near end of the tunnel, and where the password is. */
export interface ConnectionFile {
  readonly schemaVersion: 2;
  readonly cache: string;
  readonly client: string;
  /** The tunnel's Unix socket. */
  readonly path: string;
  /** The same by TCP, for clients that know no sockets; left out where the port is not open. */
  readonly host?: "127.0.0.1";
  readonly port?: number;
  /** The client's name, which is its user in Redis. */
  readonly username: string;
  readonly passwordFile: string;
}

/** As hosts have it whose user data was made before there was a socket. */
export type ConnectionFileByPort = Required<Omit<ConnectionFile, "schemaVersion" | "path">> & {
  readonly schemaVersion: 1;
};
