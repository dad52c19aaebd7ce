import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { ofConnection } from "./connection.js";
import { handlers } from "./handlers.js";
import type { Plugin } from "./resourceType.js";
import { asServiceError } from "./serviceError.js";

const largestMessage = 400 * 1024 * 1024;

type Handle = (request: unknown) => Promise<unknown>;

/**
 * Serves a plugin to the engine, and returns the port. This is not `provider.main` of the SDK,
 * because that one drops the provider's configuration and the old inputs, and what is dropped cannot be checked.
 * A method of the protocol that has no handler answers "unimplemented".
 */
export async function serve(plugin: Plugin): Promise<number> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": largestMessage });
  const methods = Object.entries(handlers(plugin) as unknown as Record<string, Handle>);
  server.addService(
    services.ResourceProviderService,
    Object.fromEntries(methods.map(([name, handle]) => [name, unary(handle)])),
  );
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
}

function unary(handle: Handle): grpc.handleUnaryCall<unknown, unknown> {
  return (call, callback) => {
    ofConnection(call.getPeer(), () => handle(call.request)).then(
      (response) => {
        callback(null, response);
      },
      (error: unknown) => {
        callback(asServiceError(error));
      },
    );
  };
}
