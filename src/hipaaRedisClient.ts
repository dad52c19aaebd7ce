import { all, ComponentResource, output, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { HipaaRedisClientArgs } from "./args";
import { clientProblems, otherVpcProblems } from "./arguments/clientProblems";
import type { Connection } from "./arguments/connection";
import { hostGroups, madeConnections, plainConnection } from "./cacheConnections";
import { noteGiven } from "./given/noteGiven";
import { fitting } from "./host/checkUserData";
import { clientUserData } from "./host/clientUserData";
import { encodeUserData } from "./host/userData";
import { soundArguments } from "./resources/soundArguments";
import { waitFor } from "./resources/waitFor";
import { createClientSecurityGroup } from "./network/clientSecurityGroup";
import { createAppRole } from "./node/appRole";
import { createHostRole } from "./node/hostRole";
import { planClient } from "./plan/clientPlan";
import { throwIfAny } from "./arguments/problems";
import { hostRolePath } from "./plan/secretPolicy";

/**
 * What an application host needs to use a cache: user data that sets up the tunnel, an instance profile that can read
 * this client's one secret, and a security group. The host itself is yours: an `aws.ec2.Instance`, a launch
 * template, an Auto Scaling group, with the Debian of its `operatingSystem` and, as on the cache, IMDSv2 with a hop limit of 1.
 *
 * @throws InvalidArgumentsError with every problem of the arguments, before any resource is registered.
 */
export class HipaaRedisClient extends ComponentResource {
  /**
   * User data in base64 (`userDataBase64` of an instance, `userData` of a launch template). It holds no secret. A host
   * reads it only at its first boot: set the instance's `userDataReplaceOnChange`, so that a change makes a new one.
   */
  readonly userData: Output<string>;
  /** The instance profile for the app host. */
  readonly instanceProfileName: Output<string>;
  /**
   * The profile's role, which is the host's: root alone has it, and it may do nothing but read the client's secret and take the
   * application's role. What the application may do in AWS belongs into `appPolicies`, or into the role of `appRoleArn`.
   */
  readonly roleName: Output<string>;
  /** The application's own role, with which `appUser` calls AWS; left out where it has none. */
  readonly appRoleArn?: Output<string>;
  /** Lets the app host reach the cache, and HTTPS for its secret and packages. */
  readonly securityGroupId: Output<string>;
  /** That group, and the one by which the cache lets this client in, where the cache has `clientSecurityGroups`: for the app host. */
  readonly securityGroupIds: Output<string[]>;

  constructor(name: string, args: HipaaRedisClientArgs, opts?: ComponentResourceOptions) {
    const component = `HipaaRedisClient ${JSON.stringify(name)}`;
    const plain = plainConnection((args as Partial<HipaaRedisClientArgs> | undefined)?.connection);
    const sound = soundArguments(component, args, (given) => clientProblems(name, given, madeConnections(), plain));
    const noting = noteGiven(opts);
    super("pulumi-hipaa-redis:index:HipaaRedisClient", name, {}, noting.opts);
    const child = { parent: this };
    const plan = planClient(name, sound);
    const connection = output(sound.connection);

    const vpcId =
      plan.vpcId === undefined
        ? connection.vpcId
        : all([connection, plan.vpcId]).apply(([record, elsewhere]) => {
            throwIfAny(component, otherVpcProblems(record, elsewhere));
            return elsewhere;
          });
    const { group, rules } = createClientSecurityGroup(plan, connection, vpcId, child);
    const { role, profile, policy } = createHostRole(
      name,
      rolePath(connection),
      readable(connection),
      plan.tags,
      child,
    );

    const app =
      plan.appRole && createAppRole({ name, component, hostRole: role, tags: plan.tags }, plan.appRole, child);
    if (app !== undefined) this.appRoleArn = app.arn;

    this.securityGroupId = waitFor(group.id, rules);
    this.securityGroupIds = hostGroups(this.securityGroupId, args.connection, connection);
    this.roleName = role.name;
    // A host with this profile boots when its role can read the secret, and take the application's.
    this.instanceProfileName = waitFor(profile.name, [policy, ...(app?.policies ?? [])]);
    const parts = all([...(sound.additionalUserData ?? [])]);
    this.userData = all([connection, parts, output(app?.arn)]).apply(([record, known, appRoleArn]) =>
      encodeUserData(fitting(component, clientUserData(plan, record, known, appRoleArn))),
    );
    this.registerOutputs({
      given: noting.done(),
      userData: this.userData,
      instanceProfileName: this.instanceProfileName,
      roleName: this.roleName,
      ...(app === undefined ? {} : { appRoleArn: app.arn }),
      securityGroupId: this.securityGroupId,
      securityGroupIds: this.securityGroupIds,
    });
  }
}

function rolePath(connection: Output<Connection>): Output<string> {
  return connection.apply(({ cache, client }) => hostRolePath(cache, { kind: "client", name: client }));
}

function readable(connection: Output<Connection>): {
  secretArn: Output<string>;
  kmsKeyArn: Output<string>;
  region: Output<string>;
} {
  return { secretArn: connection.secretArn, kmsKeyArn: connection.kmsKeyArn, region: connection.region };
}
