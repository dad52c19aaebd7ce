import * as settings from "@pulumi/pulumi/runtime/settings.js";

/**
 * Each program that runs in this process connects to its engine by a connection of its own.
 *
 * Otherwise gRPC has all clients of an address share one, and the Automation API leaves the clients of a program open when
 * it has ended. Once a later engine was given the port of an earlier one, its program got the connection that had failed
 * since, and ended with "14 UNAVAILABLE: No connection established. Last error: null".
 * [grpc.use_local_subchannel_pool](https://github.com/grpc/grpc-node/tree/master/packages/grpc-js#supported-channel-options)
 */
export function ownConnections(): void {
  const { grpcClientOptions } = settings as { grpcClientOptions?: Record<string, unknown> };
  if (grpcClientOptions === undefined) {
    throw new Error("@pulumi/pulumi/runtime/settings: no grpcClientOptions, by which its clients got their options.");
  }
  grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
}
