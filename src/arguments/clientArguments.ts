import type { Connection } from "./connection";
import type { TunnelEngine } from "../plan/tunnel";

/** Arguments of an application host. */
export interface ClientArguments<Leaf = string, ConnectionLeaf = Connection> {
  /**
   * One of a cache's `connections`, from the same program or from another stack.
   *
   * @example cache.connections.web
   */
  readonly connection: ConnectionLeaf;
  /**
   * The Unix user of the application: made when it isn't there; the only one, beside root, who can open the tunnel
   * and read the password. It can read neither the private key nor the instance metadata service. The name of an account
   * or group of the system's, such as `disk`, is refused: the user would get its rights.
   *
   * @example "web"
   */
  readonly appUser: string;
  /**
   * The tunnel's port on 127.0.0.1, 1024 to 65535. By default 6379.
   *
   * @default 6379
   * @example 6380
   */
  readonly localPort?: number;
  /**
   * Seconds from one look for a new version of the client's secret to the next, 10 to 86,400. By default 300.
   *
   * @default 300
   * @example 60
   */
  readonly refreshIntervalSeconds?: number;
  /**
   * The program that makes the tunnel on the app host, `stunnel` or `haproxy`, whichever the cache's node runs: both
   * speak TLS 1.3. Debian's own service of that program is masked on the host. By default `haproxy`.
   *
   * @default "haproxy"
   * @example "stunnel"
   */
  readonly tunnel?: TunnelEngine;
  /**
   * Whether the app host's own image has the tunnel's packages in it already, as `imageCloudConfig` lists them: then the
   * tunnel's part of user data runs no apt and needs no way to a package mirror. By default false.
   *
   * @default false
   * @example true
   */
  readonly imageHasPackages?: boolean;
  /**
   * Where the app host may open HTTPS connections to (Secrets Manager, package mirrors). By default `0.0.0.0/0`.
   *
   * @default ["0.0.0.0/0"]
   * @example ["10.0.32.0/24"]
   */
  readonly httpsEgressCidrBlocks?: readonly string[];
  /**
   * The caller's own user data: each part is a text that begins with `#cloud-config` or with `#!` (a script). cloud-init
   * gets each as it is. Lists of a cloud-config (packages, bootcmd, write_files, runcmd …) are added behind the tunnel's
   * own, other values replace none of its, and scripts run after runcmd: `bootcmd` and `write_files` come before the
   * tunnel is set up, `runcmd` and scripts after it. Files may belong to `appUser` (`owner: web:web`); where `users` name
   * it, it is made as they say, and such files need `defer: true`. All of it together must fit, compressed, into EC2's
   * 16 KB. What would undo the tunnel's part is refused by name: `merge_how`, `merge_type`, `disable_ec2_metadata`,
   * `package_update: false`, swap, lists of cloud-init's modules, and a `packages`, `bootcmd`, `runcmd` or `write_files`
   * that cloud-init could not add.
   *
   * @default none
   * @example ["#cloud-config\npackages: [nodejs]\n", "#!/bin/sh\nsystemctl start web\n"]
   */
  readonly additionalUserData?: readonly Leaf[];
  /**
   * Tags for every AWS resource that takes tags, beside `Name`.
   *
   * @default none but `Name`
   * @example { Owner: "clinic" }
   */
  readonly tags?: Readonly<Record<string, Leaf>>;
}
