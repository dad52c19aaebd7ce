import type { TunnelEngine } from "../plan/tunnel";
import type { CertificatesArguments } from "./certificatesArguments";
import type { RotationArguments } from "./rotationArguments";

/** Each argument of a cache, once: {@link HipaaRedisCacheArgs} has inputs of Pulumi's as leaves, an evidence has texts. */
export interface CacheArguments<Leaf = string, Client extends string = string> {
  /**
   * The VPC to put the cache in. Take one with dedicated tenancy, as `HipaaNetwork` makes it.
   *
   * @example network.vpcId
   */
  readonly vpcId: Leaf;
  /**
   * The VPC's primary IPv4 network, `/16` to `/28`: the cache's subnets must lie in it.
   *
   * @example "10.0.0.0/16"
   */
  readonly vpcCidrBlock: string;
  /**
   * The cache's own subnets, at least one. The node is in the first one, at its first usable address.
   *
   * @example network.cacheSubnets
   */
  readonly subnets: readonly SubnetArguments<Leaf>[];
  /**
   * The networks of the application hosts, at least one, `/8` or smaller: they alone reach port 6379. Neither
   * `0.0.0.0/0` nor `::/0` is taken. Both the network ACL and, without `appSecurityGroupIds`, the security group
   * let them in.
   *
   * @example ["10.0.16.0/20"]
   */
  readonly appCidrBlocks: readonly string[];
  /**
   * Security groups of the application hosts. When given, the cache's security group lets in these alone.
   *
   * @default none: whoever is in `appCidrBlocks`
   * @example [web.securityGroupId]
   */
  readonly appSecurityGroupIds?: readonly Leaf[];
  /**
   * The networks of the bastion hosts: they alone reach port 22. Needed when there are operators.
   *
   * @default none
   * @example ["10.0.0.0/28"]
   */
  readonly bastionCidrBlocks?: readonly string[];
  /**
   * Security groups of the bastion hosts. When given, the cache's security group lets in these alone.
   *
   * @default none: whoever is in `bastionCidrBlocks`
   * @example ["sg-0123456789abcdef0"]
   */
  readonly bastionSecurityGroupIds?: readonly Leaf[];
  /**
   * Where the node may open HTTPS connections to (Secrets Manager, Debian's package mirrors over https): the only way
   * out that it has. By default `0.0.0.0/0`; name the networks of VPC endpoints and of your own mirror to narrow it.
   *
   * @default ["0.0.0.0/0"]
   * @example ["10.0.32.0/24"]
   */
  readonly httpsEgressCidrBlocks?: readonly string[];
  /**
   * The people who may sign in to the hosts. When empty, nothing listens on port 22 and no rule lets it in.
   *
   * @example [{ name: "ada", sshPublicKey: "ssh-ed25519 AAAA… ada@example.com" }]
   */
  readonly operators: readonly OperatorArguments[];
  /**
   * How many minutes an operator may do nothing before their session is ended (45 CFR 164.312(a)(2)(iii), automatic
   * logoff): a whole number from 1 to 60. By default 15.
   *
   * @default 15
   * @example 10
   */
  readonly operatorIdleLogoffMinutes?: number;
  /**
   * When the node installs Debian's security updates, in UTC: a time, or days and a time, in the form of systemd.time(7),
   * such as `08:00`, `Sun 03:30` or `Mon..Fri 23:00`. They begin within the half hour from then on. A service whose code they
   * replace is restarted at once, and after a new kernel the node is: both empty the cache. By default `08:00`, every day.
   *
   * @default "08:00"
   * @example "Sun 03:30"
   */
  readonly securityUpdateWindow?: string;
  /**
   * The applications that may use the cache, 1 to 60 names of lower-case letters, digits and hyphens. Each gets a
   * certificate, a password and a secret of its own, and a connection in `connections`. A name that is taken off is
   * locked out within `refreshIntervalSeconds`, its open connections included (half a minute later where it keeps Redis so busy
   * that it has to begin anew); no instance is replaced.
   *
   * @example ["web", "worker"]
   */
  readonly clients: readonly Client[];
  /**
   * The IAM roles and users that may read and change the cache's secrets beside the hosts, at most 20 ARNs, in which `*` and `?` stand for
   * other characters: those who run `pulumi up`, such as `arn:aws:iam::123456789012:role/deployer`. When given, the secrets' own policies
   * deny that to everybody else in the account whatever else it allows them, but for its root user, and the key's policy has Secrets
   * Manager decrypt for nobody else (45 CFR 164.308(a)(4)(ii)(C); Secrets Manager User Guide, "Resource-based policies"). Name everybody who runs
   * `pulumi up`: others are refused by AWS from then on. By default secrets have no policy of their own: whoever in the account may read any
   * secret reads these.
   *
   * @default none: IAM alone decides
   * @example ["arn:aws:iam::123456789012:role/deployer"]
   */
  readonly secretAdministratorArns?: readonly Leaf[];
  /**
   * Which generation of the authority, of the hosts' keys and of the passwords is in use (docs/rotation.md, which also
   * tells what to raise after a key or Pulumi's state has leaked). To change one, raise its number by one and run
   * `pulumi up`: no instance is replaced, no cached value lost, no connection cut, whichever host comes first.
   *
   * @default the first generation of each
   * @example { authority: 2 }
   */
  readonly rotation?: RotationArguments;
  /**
   * How long certificates last, and when `pulumi up` renews them.
   *
   * @default 90 days, renewed in the last 60
   * @example { validityHours: 720 }
   */
  readonly certificates?: CertificatesArguments;
  /**
   * Seconds from one look for a new version of the node's secret to the next, 10 to 86,400. By default 300. Another value
   * replaces the node.
   *
   * @default 300
   * @example 60
   */
  readonly refreshIntervalSeconds?: number;
  /**
   * The program that ends the TLS tunnel on the node: `haproxy`, or `stunnel`, as in the article, which needs more CPU
   * and memory. Their guarantees are the same (docs/tunnel.md), and each client may use either. By default `haproxy`.
   *
   * @default "haproxy"
   * @example "stunnel"
   */
  readonly tunnel?: TunnelEngine;
  /**
   * The node's EC2 instance type; it must offer dedicated tenancy. By default `m6i.large`.
   *
   * @default "m6i.large"
   * @example "m7g.large"
   */
  readonly instanceType?: string;
  /**
   * The AMI of the node: Debian 12 for the instance type's architecture, with apt sources over https. By default
   * Debian's newest at the time of the node's creation; a newer one published later replaces no node.
   *
   * @default Debian's newest image
   * @example "ami-0123456789abcdef0"
   */
  readonly imageId?: Leaf;
  /**
   * Whether the image that `imageId` names has the node's packages in it already, as `imageCloudConfig` lists them: then
   * the node runs no apt when it boots and needs no way to a package mirror. Where it has none, security updates come with a
   * new image. It needs `imageId`. By default false.
   *
   * @default false
   * @example true
   */
  readonly imageHasPackages?: boolean;
  /**
   * A weakening: the node shares hardware with other AWS customers. By default its tenancy is dedicated.
   *
   * @default false
   * @example true
   */
  readonly allowSharedTenancy?: boolean;
  /**
   * A weakening: clients may run Lua by EVAL and EVALSHA, with SCRIPT LOAD, EXISTS and KILL; functions stay disabled. By default all of
   * these are.
   *
   * @default false
   * @example true
   */
  readonly allowScripting?: boolean;
  /**
   * Tags for every AWS resource that takes tags, beside `Name`.
   *
   * @default none but `Name`
   * @example { Owner: "clinic" }
   */
  readonly tags?: Readonly<Record<string, Leaf>>;
}

/**
 * A private subnet that the cache makes for itself in the caller's VPC (article, "The Network").
 */
export interface SubnetArguments<Leaf = string> {
  /**
   * The Availability Zone's name, such as `us-east-1a`.
   *
   * @example "us-east-1a"
   */
  readonly availabilityZone: string;
  /**
   * The subnet's IPv4 network, `/28` to `/16`, inside `vpcCidrBlock` and apart from every other network named here.
   *
   * @example "10.0.0.96/28"
   */
  readonly cidrBlock: string;
  /**
   * The NAT gateway through which the node reaches Secrets Manager and Debian's package mirrors. By default the subnet
   * has no way out of the VPC: then VPC endpoints and an image with the packages in it (`imageId`) are needed.
   *
   * @default no way out of the VPC
   * @example "nat-0123456789abcdef0"
   */
  readonly natGatewayId?: Leaf;
}

/** A person who may sign in to the cache's hosts, with an account and a key of their own (45 CFR 164.312(a)(2)(i)). */
export interface OperatorArguments {
  /**
   * The Unix account's name: 1 to 31 lower-case letters, digits, `_` and `-`; no system account's.
   *
   * @example "ada"
   */
  readonly name: string;
  /**
   * One line of an OpenSSH public key: Ed25519, ECDSA, or RSA of at least 3072 bits. A private key is refused.
   *
   * @example readFileSync("ada.pub", "utf8").trim()
   */
  readonly sshPublicKey: string;
}
