import type { Connection } from "./connection";
import type { OperatingSystem } from "../plan/operatingSystem";
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
   * The VPC of the application's hosts, for their security group: another than the cache's where they reach it through a peering
   * connection, a transit gateway or a VPN (docs/operating.md). Then the group lets out to the node's address. One whose cache has
   * `clientSecurityGroups` is refused there: hosts can't be in groups of another VPC. So is one with replicas: its nodes are reached by
   * their group, since how many they are may be known only when the group's rules are there. By default the cache's VPC.
   *
   * @default the VPC of the connection
   * @example "vpc-0123456789abcdef0"
   */
  readonly vpcId?: Leaf;
  /**
   * The Unix user of the application, made if it isn't there: the only user besides root who can open the tunnel and
   * read the password. It can read neither the private key nor the instance metadata service. The name of a system
   * account or group, such as `disk`, is refused: the user would get its rights. So is that of a common package's account, such as
   * `postgres` or `nginx`: its programs would get the password.
   *
   * @example "web"
   */
  readonly appUser: string;
  /**
   * The tunnel's port on 127.0.0.1, 1024 to 65535. A cache with replicas has none there, and refuses another than 6379: each of its
   * nodes has an address of its own on the host's loopback, where the tunnel listens on 6379 and Sentinel's 26379.
   *
   * @default 6379
   * @example 6380
   */
  readonly localPort?: number;
  /**
   * Whether the tunnel also listens on 127.0.0.1, at `localPort`, or at the nodes' addresses of a cache with replicas, for clients that know no Unix sockets. `connect()` takes the socket in
   * `/run/hipaa-redis/client` in any case (docs/tunnel.md). Where this is false, no program gets to the tunnel by TCP; the firewall's rules for
   * `localPort` stay, so that nobody but root and the tunnel answers there.
   *
   * @default true
   * @example false
   */
  readonly openLocalPort?: boolean;
  /**
   * How often the host looks for a new version of the client's secret, in seconds, 10 to 86,400.
   *
   * @default 300
   * @example 60
   */
  readonly refreshIntervalSeconds?: number;
  /**
   * The program that runs the tunnel on the app host, `haproxy` or `stunnel`, whichever of the two the cache's node runs:
   * both speak TLS 1.3. Debian's own service for that program is masked on the host.
   *
   * @default "haproxy"
   * @example "stunnel"
   */
  readonly tunnel?: TunnelEngine;
  /**
   * What the app host runs, `debian-13` or `debian-12`: what the tunnel's part of user data installs fits it. The cache's nodes may run the
   * other one. Give your host an image of this release.
   *
   * @default "debian-13"
   * @example "debian-12"
   */
  readonly operatingSystem?: OperatingSystem;
  /**
   * Whether the app host's own image already has the tunnel's packages in it, as `imageCloudConfig` lists them: then the
   * tunnel's part of user data doesn't run apt and needs no way to a package mirror.
   *
   * @default false
   * @example true
   */
  readonly imageHasPackages?: boolean;
  /**
   * The networks that the app host may open HTTPS connections to (Secrets Manager, package mirrors). Networks without hosts are
   * refused (RFC 6890: loopback, link-local, multicast, reserved).
   *
   * @default ["0.0.0.0/0"]
   * @example ["10.0.32.0/24"]
   */
  readonly httpsEgressCidrBlocks?: readonly string[];
  /**
   * Your own user data: each part is a string that begins with `#cloud-config` or with `#!` and the whole path of an
   * interpreter (a script). cloud-init gets
   * each part as it is. Lists in a cloud-config (packages, bootcmd, write_files, runcmd …) are added after the tunnel's
   * own, other values replace none of the tunnel's, and scripts run after runcmd: `bootcmd` and `write_files` come before
   * the tunnel is set up, `runcmd` and scripts after it. Files may belong to `appUser` (`owner: web:web`); if `users`
   * names that user, it is made as they say, with whatever `primary_group` (it is put into the group of its own name as well, by which
   * it reads the password), and such files need `defer: true`. All of it together must fit, compressed,
   * into EC2's 16 KB. What would undo the tunnel's part is refused by name: `merge_how`, `merge_type`,
   * `disable_ec2_metadata`, `package_update: false`, swap, lists of cloud-init's modules, and a `packages`, `bootcmd`,
   * `runcmd` or `write_files` that cloud-init could not add.
   *
   * @default none
   * @example ["#cloud-config\npackages: [nodejs]\n", "#!/bin/sh\nsystemctl start web\n"]
   */
  readonly additionalUserData?: readonly Leaf[];
  /**
   * The ARN of a role that the application has for its calls to AWS, since instance metadata is shut to it. The host's role may
   * take it, and nothing else beside its secret. root takes it every 15 minutes, for an hour (IAM User Guide, "Role chaining"),
   * and leaves its credentials where `appUser` alone reads them (docs/operating.md, "AWS credentials for the application"). The
   * role has to trust the host's, which is known by its path before it is there: allow `sts:AssumeRole` to the account, on
   * condition that `aws:PrincipalArn` is like `arn:aws:iam::<account>:role/hipaa-redis/<cache>/client/<client>/*`. The role of a
   * cache's host is refused, and so are `appPolicies` beside it.
   *
   * @default none: the application has no AWS credentials
   * @example "arn:aws:iam::123456789012:role/web"
   */
  readonly appRoleArn?: Leaf;
  /**
   * What the application may do in AWS: IAM policies as JSON, each by a name of 1 to 30 lower-case letters, digits and
   * hyphens. They are put into a role that is made for it, trusts the host's role alone, and is the output `appRoleArn`; it
   * reaches the application as with the argument `appRoleArn`. IAM takes 10,240 characters of policies in one role, white
   * space not counted (IAM User Guide, "IAM and AWS STS quotas"), and none beyond U+00FF: more is refused, without showing any of it.
   *
   * @default none: the application has no AWS credentials
   * @example { uploads: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::scans/*"}]}' }
   */
  readonly appPolicies?: Readonly<Record<string, Leaf>>;
  /**
   * Tags for every AWS resource that takes tags, besides `Name`.
   *
   * @default none but `Name`
   * @example { Owner: "clinic" }
   */
  readonly tags?: Readonly<Record<string, Leaf>>;
}
