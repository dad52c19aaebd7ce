import type { Input } from "@pulumi/pulumi";
import type { CacheArguments, OperatorArguments, SubnetArguments } from "./arguments/cacheArguments";
import type { CertificatesArguments } from "./arguments/certificatesArguments";
import type { ClientArguments } from "./arguments/clientArguments";
import type { Connection } from "./arguments/connection";
import type { NetworkArguments } from "./arguments/networkArguments";
import type { RotationArguments } from "./arguments/rotationArguments";

/**
 * Arguments of a {@link HipaaRedisCache}. What decides how many resources there are is plain; leaves may be inputs. An
 * `InvalidArgumentsError` names everything that is wrong at once, before any resource is registered. An output is judged when its
 * value is known, in the preview where it can be; one that turns out to be nothing, such as an output that another stack does not
 * export, is refused also where the argument may be left out.
 */
export interface HipaaRedisCacheArgs<Client extends string = string> extends CacheArguments<Input<string>, Client> {}

/** A private subnet that the cache makes for itself in your VPC (article, "The Network"). */
export interface CacheSubnetArgs extends SubnetArguments<Input<string>> {}

/** A person who may sign in to the cache's hosts, with an account and a key of their own (45 CFR 164.312(a)(2)(i)). */
export interface OperatorArgs extends OperatorArguments {}

/** Generations of the secrets: whole numbers from 1 to 9999. The first is 1, the default of those in use. */
export interface RotationArgs extends RotationArguments {}

/** Lifetimes in whole hours, 1 to 87,600. */
export interface CertificatesArgs extends CertificatesArguments {}

/** Arguments of a {@link HipaaRedisClient}; leaves may be inputs, which are judged as those of {@link HipaaRedisCacheArgs}. */
export interface HipaaRedisClientArgs extends ClientArguments<Input<string>, Input<Connection>> {}

/** Arguments of a {@link HipaaNetwork}; leaves may be inputs, which are judged as those of {@link HipaaRedisCacheArgs}. */
export interface HipaaNetworkArgs extends NetworkArguments<Input<string>> {}
