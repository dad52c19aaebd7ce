import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { OpMap, Stack } from "@pulumi/pulumi/automation/index.js";
import type { Host } from "../../../lab/hosts/index.js";
import type { Connection } from "../../../src/arguments/connection.js";
import type { Choice } from "../../../lab/scenario/dimensions.js";
import type { Change } from "./program.js";

/** One cache with its node and its app hosts, all booted; their timers are stopped. */
export interface RotationFixture {
  readonly choice: Choice;
  readonly stack: Stack;
  readonly secrets: SecretsManagerClient;
  readonly node: Host;
  /** The app hosts of the clients that stay. */
  readonly apps: readonly Host[];
  /** `pulumi up` with this change of the cache; tells what it did. */
  change(change: Change): Promise<OpMap>;
  /** Boots the instance that has taken the node's place. */
  replaceNode(): Promise<Host>;
  connection(client: string): Promise<Connection>;
}
