import type { Input } from "@pulumi/pulumi";
import type { CacheArguments, OperatorArguments, SubnetArguments } from "./arguments/cacheArguments";
import type { CertificatesArguments } from "./arguments/certificatesArguments";
import type { ClientArguments } from "./arguments/clientArguments";
import type { NetworkArguments } from "./arguments/networkArguments";
import type { RotationArguments } from "./arguments/rotationArguments";
import type { Connection } from "./arguments/connection";

/** Arguments of a {@link HipaaRedisCache}, whose leaves may be inputs. */
export type HipaaRedisCacheArgs<Client extends string = string> = CacheArguments<Input<string>, Client>;

/** A subnet among a cache's `subnets`. */
export type CacheSubnetArgs = SubnetArguments<Input<string>>;

/** A person among a cache's `operators`. */
export type OperatorArgs = OperatorArguments;

/** A cache's `rotation`. */
export type RotationArgs = RotationArguments;

/** A cache's `certificates`. */
export type CertificatesArgs = CertificatesArguments;

/** Arguments of a {@link HipaaRedisClient}, whose leaves may be inputs. */
export type HipaaRedisClientArgs = ClientArguments<Input<string>, Input<Connection>>;

/** Arguments of a {@link HipaaNetwork}, whose leaves may be inputs. */
export type HipaaNetworkArgs = NetworkArguments<Input<string>>;
