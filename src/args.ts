import type { Input } from "@pulumi/pulumi";
import type { CacheArguments, OperatorArguments, SubnetArguments } from "./arguments/cacheArguments";
import type { CertificatesArguments } from "./arguments/certificatesArguments";
import type { ClientArguments } from "./arguments/clientArguments";
import type { Connection } from "./arguments/connection";
import type { NetworkArguments } from "./arguments/networkArguments";
import type { RotationArguments } from "./arguments/rotationArguments";

/**
 * Arguments of a {@link HipaaRedisCache}. All that decides how many resources there are is plain; leaves may be inputs. What is wrong
 * is refused, all of it together, with an `InvalidArgumentsError` before any resource is registered.
 */
export interface HipaaRedisCacheArgs<Client extends string = string> extends CacheArguments<Input<string>, Client> {}

/** A private subnet that the cache makes for itself in the caller's VPC (article, "The Network"). */
export interface CacheSubnetArgs extends SubnetArguments<Input<string>> {}

/** A person who may sign in to the cache's hosts, with an account and a key of their own (45 CFR 164.312(a)(2)(i)). */
export interface OperatorArgs extends OperatorArguments {}

/** Generations of what is secret, whole numbers from 1 to 9999; the first is 1, and the default of those in use. */
export interface RotationArgs extends RotationArguments {}

/** Lifetimes in whole hours, 1 to 87,600. */
export interface CertificatesArgs extends CertificatesArguments {}

/** Arguments of a {@link HipaaRedisClient}; leaves may be inputs. */
export interface HipaaRedisClientArgs extends ClientArguments<Input<string>, Input<Connection>> {}

/** Arguments of a {@link HipaaNetwork}, for those who have none; leaves may be inputs. */
export interface HipaaNetworkArgs extends NetworkArguments<Input<string>> {}
