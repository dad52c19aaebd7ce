import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";
import * as settings from "@pulumi/pulumi/runtime/settings.js";
import * as state from "@pulumi/pulumi/runtime/state.js";
import { ownConnections } from "../../../lab/engine/ownConnections.js";

const { withLocalStorage } = state as unknown as { withLocalStorage: <T>(run: () => T) => T };
const { grpcClientOptions: options } = settings as unknown as { grpcClientOptions: Record<string, unknown> };

describe("two programs in one process, whose engines have the same port", () => {
  const before = { ...options };
  const opened: Engine[] = [];
  afterEach(() => {
    for (const engine of opened.splice(0)) engine.close();
    for (const name of Object.keys(options)) if (!(name in before)) Reflect.deleteProperty(options, name);
  });

  /** What the second one's first call ends with, where the first called once more when its engine had gone. */
  const second = async (): Promise<number> => {
    const { server, port } = await serve(0);
    const first = engineOfProgram(port);
    opened.push(first);
    assert.equal(await called(first), grpc.status.OK);
    server.forceShutdown();
    assert.equal(await called(first), grpc.status.UNAVAILABLE);

    const next = await serve(port);
    const engine = engineOfProgram(port);
    opened.push(engine);
    return called(engine).finally(() => {
      next.server.forceShutdown();
    });
  };

  it("have a connection each", async () => {
    ownConnections();
    assert.equal(await second(), grpc.status.OK);
  });

  it("share the one that has failed, where nobody asks for their own", async () => {
    assert.equal(await second(), grpc.status.UNAVAILABLE);
  });
});

type Engine = grpc.Client & NonNullable<ReturnType<typeof settings.getEngine>>;

/** Its client as Pulumi has it for an inline program, which leaves it open. */
function engineOfProgram(port: number): Engine {
  return withLocalStorage(() => {
    const address = `127.0.0.1:${port}`;
    settings.resetOptions("project", "stack", 1, address, address, false, "organization");
    return settings.getEngine() as Engine;
  });
}

async function called(engine: Engine): Promise<number> {
  return new Promise((ended) => {
    engine.getRootResource(new messages.GetRootResourceRequest(), (error) => {
      ended(error?.code ?? grpc.status.OK);
    });
  });
}

async function serve(port: number): Promise<{ server: grpc.Server; port: number }> {
  const server = new grpc.Server();
  const getRootResource: grpc.handleUnaryCall<unknown, unknown> = (_call, answer) => {
    answer(null, new messages.GetRootResourceResponse());
  };
  server.addService(services.EngineService, { getRootResource });
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, found) => {
      if (error === null) resolve(found);
      else reject(error);
    });
  });
  return { server, port: bound };
}
