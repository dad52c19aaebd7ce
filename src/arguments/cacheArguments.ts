import type { Engine } from "../plan/engine";
import type { EvictionPolicy } from "../plan/eviction";
import type { OperatingSystem } from "../plan/operatingSystem";
import type { TunnelEngine } from "../plan/tunnel";
import type { CertificatesArguments } from "./certificatesArguments";
import type { RotationArguments } from "./rotationArguments";

/** The arguments of a cache: {@link HipaaRedisCacheArgs} has Pulumi inputs as leaves, the evidence has strings. */
export interface CacheArguments<Leaf = string, Client extends string = string> {
  /**
   * The VPC to put the cache in. Take one with dedicated tenancy, as `HipaaNetwork` makes it.
   *
   * @example network.vpcId
   */
  readonly vpcId: Leaf;
  /**
   * The VPC's primary IPv4 network, `/16` to `/28`: the cache's subnets must lie in it, or in one of `vpcSecondaryCidrBlocks`.
   * Amazon's resolver is at its base address plus two.
   *
   * @example "10.0.0.0/16"
   */
  readonly vpcCidrBlock: string;
  /**
   * The VPC's secondary IPv4 networks, `/16` to `/28`, apart from the primary one and from each other (VPC User Guide, "VPC CIDR
   * blocks"). The cache's subnets may lie in any of them; what is in none of the VPC's networks, nor in several of them together, counts
   * as outside of it.
   *
   * @default none
   * @example ["100.64.0.0/16"]
   */
  readonly vpcSecondaryCidrBlocks?: readonly string[];
  /**
   * The cache's own subnets, at least one. The first node is in the first one, at its first usable address. With `replicas` the nodes are
   * spread over the subnets' Availability Zones: with three zones or more, the loss of any one leaves a majority. With two, or one, the
   * report lists a deviation. With `shards` as well, and there from the last address down. Each shard keeps six places, whatever
   * `replicas`, so that neither more shards nor more replicas move a node: a `/28` in each of three zones has room for four shards with
   * four replicas each, and a `/23` in each of two zones or more, or a `/22` in one, for all that there can be. A zone's first subnet is
   * filled before its second: one more at the end of the list moves no node either, where its zone has one already.
   *
   * @example network.cacheSubnets
   */
  readonly subnets: readonly SubnetArguments<Leaf>[];
  /**
   * The networks of the application hosts, at least one, `/8` or smaller: only they reach port 6379. `0.0.0.0/0` and
   * `::/0` are refused, and so are networks without hosts (RFC 6890: loopback, link-local, multicast, reserved) and addresses that AWS
   * keeps for itself in the VPC. The network ACL lets them in, and so does the security group unless you give
   * `appSecurityGroupIds` or `clientSecurityGroups`. They are needed beside groups too: a network ACL and the node's own firewall
   * know networks alone. For those outside of the VPC add routes to `routeTableIds`; network ACL and security group then also let
   * ICMP's "fragmentation needed" in, from anywhere: routers on the way say by it how large a packet may be (RFC 1191).
   *
   * @example ["10.0.16.0/20"]
   */
  readonly appCidrBlocks: readonly string[];
  /**
   * Security groups of the application hosts, each by a name of yours (1 to 30 lower-case letters, digits and hyphens), after
   * which its rule is named. When given, the cache's security group lets in only these, and those of `clientSecurityGroups`. They
   * are groups of your own: that of a `HipaaRedisClient` is made after the cache. An application host is in both.
   *
   * @default none: whoever is in `appCidrBlocks`
   * @example { web: "sg-0123456789abcdef0" }
   */
  readonly appSecurityGroupIds?: Readonly<Record<string, Leaf>>;
  /**
   * Whether the cache makes an empty security group in its VPC for each client, and its own group lets in only these, and those of
   * `appSecurityGroupIds`. Each `connection` names its client's, and `securityGroupIds` of a `HipaaRedisClient` has it: put the
   * application's hosts into those. A group can't be in another VPC, so hosts in another one are not let in by it. AWS removes none
   * that a host is still in: before you take a client off the list, or the groups away, deploy its hosts without it. By default false:
   * whoever is in `appCidrBlocks`.
   *
   * @default false
   * @example true
   */
  readonly clientSecurityGroups?: boolean;
  /**
   * The networks of the bastion hosts: only they reach port 22. Needed when there are operators, and without effect when there
   * are none, of which the preview warns. What is refused of `appCidrBlocks` is
   * refused here.
   *
   * @default none
   * @example ["10.0.0.0/28"]
   */
  readonly bastionCidrBlocks?: readonly string[];
  /**
   * Security groups of the bastion hosts, each by a name of yours. When given, the cache's security group lets in only these. Without
   * effect when there are no operators, of which the preview warns.
   *
   * @default none: whoever is in `bastionCidrBlocks`
   * @example { bastions: "sg-0123456789abcdef0" }
   */
  readonly bastionSecurityGroupIds?: Readonly<Record<string, Leaf>>;
  /**
   * The networks that the node may open HTTPS connections to (Secrets Manager, Debian's package mirrors over https): its
   * only way out. To narrow it, name the networks of VPC endpoints and of your own mirror. Networks without hosts are refused (RFC 6890).
   *
   * @default ["0.0.0.0/0"]
   * @example ["10.0.32.0/24"]
   */
  readonly httpsEgressCidrBlocks?: readonly string[];
  /**
   * The resolvers that the VPC's DHCP options set names, where these are the VPC's own (Active Directory, DNS on premises): one to
   * four IPv4 addresses. Network ACL, security group and the node's firewall let the node ask them, by UDP and TCP port 53, and
   * Amazon's resolver no longer, unless `169.254.169.253` or the VPC's base address plus two is among them. The node takes its
   * resolvers from DHCP: name here what the options set names (VPC User Guide, "DHCP option sets"), or it finds no host by its
   * name. They must know the names of Secrets Manager and of Debian's mirrors. Refused are addresses that no server can have: in the cache's
   * subnets, the first four and the last one of each network of the VPC (VPC User Guide, "Subnet CIDR blocks"), and those without hosts
   * (RFC 6890). Each takes two rules of the network ACL in each
   * direction. For those on premises, or in another VPC, add routes to `routeTableIds`. Changing it replaces the node.
   *
   * @default Amazon's resolver, at 169.254.169.253 and at the VPC's base address plus two
   * @example ["10.0.64.10", "10.0.80.10"]
   */
  readonly dnsServers?: readonly string[];
  /**
   * The time servers that the node's clock follows, by NTP (UDP port 123), and no others: one to four IPv4 addresses. By default
   * Amazon Time Sync (EC2 User Guide, "Set the time reference"), which no firewall of AWS's has to let pass; others each take a rule
   * of the network ACL in each direction. Certificates, and the times in logs, are judged by this clock. What is refused of `dnsServers` is refused
   * here. What DHCP says of time servers makes no difference. For those on premises, or in another VPC, add routes to `routeTableIds`. Changing it replaces the
   * node.
   *
   * @default ["169.254.169.123"]
   * @example ["10.0.64.10", "10.0.80.10", "10.0.96.10"]
   */
  readonly timeServers?: readonly string[];
  /**
   * The people who may sign in to the hosts. When empty, nothing listens on port 22 and no rule opens it.
   *
   * @example [{ name: "ada", sshPublicKey: "ssh-ed25519 AAAA… ada@example.com" }]
   */
  readonly operators: readonly OperatorArguments[];
  /**
   * How many minutes an operator may be idle before their session ends (45 CFR 164.312(a)(2)(iii), automatic
   * logoff): a whole number from 1 to 60.
   *
   * @default 15
   * @example 10
   */
  readonly operatorIdleLogoffMinutes?: number;
  /**
   * When the node installs Debian's security updates, in UTC: a time of every day, or days and a time, in the form of
   * systemd.time(7), such as `08:00`, `Sun 03:30` or `Mon..Fri 23:00`. They begin within half an hour of it. A service whose
   * code they replace is restarted at once, and a new kernel restarts the node: both empty the cache. With `replicas` each node begins an
   * hour after the one before it, and hands over first: the values stay.
   *
   * @default "08:00"
   * @example "Sun 03:30"
   */
  readonly securityUpdateWindow?: string;
  /**
   * The applications that may use the cache, 1 to 60 names of lower-case letters, digits and hyphens. Each gets a
   * certificate, a password and a secret of its own, and a connection in `connections`. A client whose name you remove is
   * locked out within `refreshIntervalSeconds`, its open connections included (half a minute later if it keeps Redis so
   * busy that Redis has to be restarted); no instance is replaced.
   *
   * @example ["web", "worker"]
   */
  readonly clients: readonly Client[];
  /**
   * The IAM roles and users, besides the hosts, that may read and change the cache's secrets: those who run `pulumi up`, such as
   * `arn:aws:iam::123456789012:role/deployer`. At most 20 ARNs, in which `*` and `?` stand for other characters. When given, the
   * secrets' own policies deny this to everybody else in the account except its root user, whatever else the account allows them, and
   * the key's policy lets Secrets Manager decrypt for nobody else (45 CFR 164.308(a)(4)(ii)(C); Secrets Manager User Guide,
   * "Resource-based policies"). Name everybody who runs `pulumi up`: AWS refuses others from then on. By default secrets have no policy
   * of their own: whoever may read any secret in the account can read these.
   *
   * @default none: IAM alone decides
   * @example ["arn:aws:iam::123456789012:role/deployer"]
   */
  readonly secretAdministratorArns?: readonly Leaf[];
  /**
   * Which generation of the authority, of the hosts' keys and of the passwords is in use (docs/rotation.md, which also
   * says what to raise after a key or Pulumi's state has leaked). To change one, raise its number by one and run
   * `pulumi up`: no instance is replaced, no cached value is lost and no connection is cut, whichever host changes first.
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
   * How often the node looks for a new version of its secret, in seconds, 10 to 86,400. Changing it replaces the node.
   *
   * @default 300
   * @example 60
   */
  readonly refreshIntervalSeconds?: number;
  /**
   * The program that ends the TLS tunnel on the node: `haproxy`, or `stunnel`, as in the article, which needs more CPU
   * and memory. Both give the same guarantees (docs/tunnel.md), and each client may use either.
   *
   * @default "haproxy"
   * @example "stunnel"
   */
  readonly tunnel?: TunnelEngine;
  /**
   * What the cache's nodes run, `debian-13` or `debian-12`: it names Debian's image, and what the node installs fits it. An app host may
   * run the other one. An `imageId` of your own has to be of this release. Debian 12 has long-term support alone since June 2026, and no
   * hybrid key exchange. Changing it replaces the nodes, each with the newest image of that release (docs/upgrading.md). Ubuntu and Amazon
   * Linux are refused: nobody has tested them.
   *
   * @default "debian-13"
   * @example "debian-12"
   */
  readonly operatingSystem?: OperatingSystem;
  /**
   * Whether the nodes' tunnels exchange keys by X25519MLKEM768 alone, with app hosts and with each other (docs/tunnel.md): what somebody
   * records today then stays secret from a quantum computer of a later day. Debian 12 doesn't have it: with it as the `operatingSystem`
   * this is refused, and so is a client whose hosts run it. By default hosts of Debian 13 prefer X25519MLKEM768, and exchange keys by X25519
   * with a host that doesn't have it. Changing it replaces the nodes.
   *
   * @default false
   * @example true
   */
  readonly requireHybridKeyExchange?: boolean;
  /**
   * The server that holds the values: `redis`, which is Redis 7.0 on Debian 12 and 8.0 on Debian 13, or `valkey`, which is Valkey 8.1 on
   * Debian 13 and is refused with `debian-12`, which has no package of it. Commands, limits and users are the same, and clients speak to
   * both alike. Redis 8.0 is under the RSALv2, the SSPLv1 or the AGPLv3, Redis 7.0 and Valkey under BSD licences. Changing it replaces
   * the nodes: a cache of one node begins empty, and replicas take over what they can read (docs/upgrading.md).
   *
   * @default "redis"
   * @example "valkey"
   */
  readonly engine?: Engine;
  /**
   * The node's EC2 instance type. T1, T2, T3a and T4g are refused, which AWS does not offer as Dedicated Instances, unless you set
   * `allowSharedTenancy` (EC2 User Guide, "Burstable performance instances"). Mac types are refused, which run macOS alone. Another type of the same
   * architecture stops and starts the node. Of another architecture, such as `m7g.large`, it replaces the node, with Debian's newest
   * image for that. With an `imageId` of your own, change that too.
   *
   * @default "m6i.large"
   * @example "m7g.large"
   */
  readonly instanceType?: string;
  /**
   * The AMI of the node: Debian of the `operatingSystem` for the instance type's architecture, with apt sources over https. By default Debian's own, as
   * `imageGeneration` says.
   *
   * @default Debian's image of the `imageGeneration`
   * @example "ami-0123456789abcdef0"
   */
  readonly imageId?: Leaf;
  /**
   * Which of Debian's images the node boots: a whole number from 1 to 9999. The first `pulumi up` with a number takes the image that
   * is Debian's newest then, and keeps it: one that Debian publishes later replaces no node. Raise the number to take the newest image
   * of today; the preview shows its id and its date. That replaces the node, which empties the cache. An instance type of another
   * architecture takes the newest image for that in the same way. Not together with `imageId`.
   *
   * @default 1
   * @example 2
   */
  readonly imageGeneration?: number;
  /**
   * Whether the image that `imageId` names already has the node's packages in it, as `imageCloudConfig` lists them: then
   * the node doesn't run apt when it boots and needs no way to a package mirror. Without one, security updates come with a
   * new image. Needs `imageId`.
   *
   * @default false
   * @example true
   */
  readonly imageHasPackages?: boolean;
  /**
   * What Redis does when its memory is full (redis.io, "Key eviction"). `allkeys-lru` evicts the keys that were not
   * used for longest, so keys with PHI that nobody uses go by themselves. `allkeys-lfu` evicts those that are used least often and
   * `allkeys-random` any. `volatile-lru`, `volatile-lfu`, `volatile-random` and `volatile-ttl` evict none but keys that have an expiry;
   * `noeviction`, which queue libraries ask for, evicts none. With these five, writes fail (`OOM`) when the memory is full of keys that
   * stay, one client can so keep all others from writing, and the report lists a deviation. Give keys with PHI an expiry then.
   * Changing it replaces the node.
   *
   * @default "allkeys-lru"
   * @example "noeviction"
   */
  readonly evictionPolicy?: EvictionPolicy;
  /**
   * Which events of keys Redis publishes, in the letters of its own `notify-keyspace-events` (redis.io, "Redis keyspace
   * notifications"), each once: `K` for channels named after the key, `E` for channels named after the event, or both; with them `A`
   * for all events, or some of `g` `$` `l` `s` `h` `z` `x` `e` `t` `d`, and `n` (new keys) and `m` (misses), which `A` leaves out.
   * `Ex` tells which keys have expired. A weakening: the names of keys, and what was done with them, go to every client that
   * subscribes, so put nothing into names that identifies a patient (45 CFR 164.514(b)(2)); no value is in an event. The report lists
   * a deviation. Clients may also publish on these channels, and an event that comes while nobody listens is lost: take events for
   * hints. Changing it replaces the node.
   *
   * @default none
   * @example "Ex"
   */
  readonly keyspaceEvents?: string;
  /**
   * How much of the node's memory Redis may use for keys and clients' buffers (redis.io, `maxmemory`), in percent: a whole number from
   * 10 to 60. Redis's unit may have 65 %, or three tenths more than this, and is restarted empty beyond that; a tenth is
   * the system's; the tunnel may have the rest, 25 % at most. The report lists more than 50 as a deviation: above 50 the tunnel's
   * share shrinks, to 12 % at 60, which with `stunnel` and 9,000 connections takes a machine with 10 GiB. Less than 10 would leave
   * clients' buffers, which have a tenth of it, less than one command may need. With `replicas` it is 10 to 36, by default 35: a
   * replica that takes a whole copy keeps the old one until it has it. Changing it replaces the node.
   *
   * @default 50, and 35 with replicas
   * @example 40
   */
  readonly maxMemoryPercent?: number;
  /**
   * The largest value, and the largest argument of a command, in bytes (redis.conf, `proto-max-bulk-len`): a whole number from
   * 1,048,576 (1 MiB, Redis's least) to 536,870,912 (512 MiB, Redis's own default). By default 33,554,432 (32 MiB). A client that
   * sends more is disconnected. A command that is not complete may have twice as much, and answers that a client doesn't take four
   * times, at least 64 and 128 MiB. All clients' buffers together have a tenth of Redis's memory, and a value that is written and read
   * back is there twice: Redis's memory has to be twenty times the largest value, or the client is disconnected (512 MiB take 10 GiB,
   * by default a machine with more than 20). Where the instance type's name tells its memory (T, and C, M and R of the fifth
   * generation and later, but for c5n and bare metal), a value for which it has no room is refused; of other types, compare them
   * yourself. More than 32 MiB is a deviation in the report: one client keeps Redis from the others for
   * longer, and more PHI is in one place. Changing it replaces the node.
   *
   * @default 33554432
   * @example 1048576
   */
  readonly maxValueBytes?: number;
  /**
   * A weakening: the node shares hardware with other AWS customers. By default its tenancy is dedicated.
   *
   * @default false
   * @example true
   */
  readonly allowSharedTenancy?: boolean;
  /**
   * A weakening: clients may run Lua by EVAL and EVALSHA, with SCRIPT LOAD, EXISTS and KILL; functions stay disabled.
   *
   * @default false
   * @example true
   */
  readonly allowScripting?: boolean;
  /**
   * How many replicas the primary has: 0, or 2 to 5. Each is a node of its own with a whole copy in memory, and Redis's own Sentinel,
   * on three of the nodes or on five, makes one of them the primary when the primary is away (docs/replicas.md: how long that takes, and
   * what is lost when). With 1 no majority would be left to decide when one of the two nodes is away, so it is refused. From 0 to
   * replicas, or back, replaces the first node, which empties the cache. A replica more or fewer changes each node's tunnel, and so
   * replaces the nodes one after the other. With `shards` each primary has so many, 0 to 5, and no Sentinel: the other primaries decide.
   *
   * @default 0
   * @example 2
   */
  readonly replicas?: number;
  /**
   * How many shards have the keys between them: 1, or 3 to 100. More than one are a Redis Cluster (redis.io, "Redis cluster
   * specification"): each shard is a primary with `replicas` of its own, and has its share of the 16,384 slots into which Redis puts keys
   * by their names. One command's keys have to be in one slot (redis.io, "Hash tags"). With 2 no majority of the primaries would be left
   * to decide when one of them is away, so it is refused. Raise or lower it by as many as you like: that replaces no node, and slots move
   * while the cache is in use. From 1 to shards, or back, makes other nodes, which empties the cache.
   *
   * @default 1
   * @example 3
   */
  readonly shards?: number;
  /**
   * With `replicas` or `shards`, where the nodes are on each host's own loopback: an IPv4 network of `/16` to `/28` in 127.0.0.0/8, apart
   * from 127.0.0.0/16, of which the system uses some. The first node has its second address on every host, the next node the one after it;
   * each shard has six addresses, whatever `replicas`, so a hundred take a `/22`. Two such caches that meet on one application host need a
   * network each. Changing it replaces the nodes.
   *
   * @default "127.82.0.0/24", and with shards "127.82.0.0/22"
   * @example "127.83.0.0/22"
   */
  readonly loopbackCidrBlock?: string;
  /**
   * Tags for every AWS resource that takes tags, besides `Name`.
   *
   * @default none but `Name`
   * @example { Owner: "clinic" }
   */
  readonly tags?: Readonly<Record<string, Leaf>>;
}

/** An entry of `subnets`: {@link CacheSubnetArgs}. */
export interface SubnetArguments<Leaf = string> {
  /**
   * The Availability Zone's name, such as `us-east-1a`: of the provider's region, and of the same one as the other subnets'. A region that
   * AWS has not is refused (AWS General Reference, "AWS regions"), unless `aws:region` is set to it, as for one that is new. With a provider
   * of the component's own, another region is refused in the preview.
   *
   * @example "us-east-1a"
   */
  readonly availabilityZone: string;
  /**
   * The subnet's IPv4 network, `/28` to `/16`, inside one of the VPC's networks and apart from every other network named here.
   *
   * @example "10.0.0.96/28"
   */
  readonly cidrBlock: string;
  /**
   * The NAT gateway through which the node reaches Secrets Manager and Debian's package mirrors. Without one,
   * VPC endpoints and an image with the packages in it (`imageId`) are needed.
   *
   * @default no way out of the VPC
   * @example "nat-0123456789abcdef0"
   */
  readonly natGatewayId?: Leaf;
}

/** An entry of `operators`: {@link OperatorArgs}. */
export interface OperatorArguments {
  /**
   * The Unix account's name: 1 to 31 lower-case letters, digits, `_` and `-`; no system account's, and none of a common package's, such
   * as `postgres`.
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
