import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { optionsOf, type Options } from "./options.js";
import { outputsOf } from "./outputs.js";

/** One resource as a program registers it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** Empty for what has no parent. */
  readonly parentType: string;
  readonly inputs: Record<string, unknown>;
  /** Its inputs and what the cloud added to them, its id among it. */
  readonly state: Record<string, unknown>;
  readonly options: Options;
}

const answers: Readonly<Record<string, Record<string, unknown>>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "000000000000" },
  "aws:index/getPartition:getPartition": { partition: "aws" },
  "aws:index/getRegion:getRegion": { region: "us-east-1" },
  "aws:ec2/getAmi:getAmi": { id: "ami-0debian12" },
};

/** Runs a program against mocks and returns what it registered. */
export async function register(program: () => void): Promise<Registered[]> {
  const states = new Map<string, Pick<Registered, "inputs" | "state">>();
  const requests: RegisterResourceRequest[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs: given, custom }) => {
      const inputs = given as Record<string, unknown>;
      const outputs = custom === false ? { id: "" } : outputsOf(type, name, inputs);
      const state = { ...inputs, ...outputs };
      states.set(`${type} ${name}`, { inputs, state });
      return { id: outputs.id, state };
    },
    call: ({ token }) => {
      const answer = answers[token];
      if (answer === undefined) throw new Error(`No mock knows the function ${token}.`);
      return answer;
    },
  });
  recordRequests(requests);
  program();
  await pulumi.runtime.disconnect();
  return requests.map((request) => {
    const [type, name] = [request.getType(), request.getName()];
    const made = states.get(`${type} ${name}`);
    if (made === undefined) throw new Error(`${type} ${name} was asked for, but not made.`);
    return { type, name, parentType: typeOf(request.getParent()), ...made, options: optionsOf(request) };
  });
}

/** Mocks are told little of a resource's options; the request that the program sends has them all. */
function recordRequests(requests: RegisterResourceRequest[]): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource: (request: RegisterResourceRequest, callback: unknown) => unknown;
  };
  const registerResource = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    requests.push(request);
    return registerResource(request, callback);
  };
}

/** The type of the resource that a URN names: the last one, behind those of its parents. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
