import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceOutputsRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { notReportedYet } from "../../src/plan/health.js";
import { inputsWaitFor, optionsOf, type Options } from "./options.js";
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
  /** What a component says of itself. */
  readonly outputs: Record<string, unknown>;
  readonly options: Options;
  /** By input, `<type> <name>` of what has to be there first. */
  readonly inputsWaitFor: Readonly<Record<string, readonly string[]>>;
}

/** A question to a provider, with the provider that was asked. */
export interface Call {
  readonly token: string;
  readonly inputs: Record<string, unknown>;
  readonly provider: string;
}

export interface Recorded {
  readonly resources: readonly Registered[];
  readonly calls: readonly Call[];
}

const answers: Readonly<Record<string, Record<string, unknown>>> = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": { names: ["us-east-1a", "us-east-1b"] },
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "000000000000" },
  "aws:index/getPartition:getPartition": { partition: "aws" },
  "aws:index/getRegion:getRegion": { region: "us-east-1" },
  "aws:ssm/getParameter:getParameter": { insecureValue: notReportedYet },
  "aws:ec2/getInstance:getInstance": {},
  "aws:ec2/getInstances:getInstances": { ids: [] },
  "aws:ec2/getAmi:getAmi": { id: "ami-0123456789deb12a0", creationDate: "2026-11-01T01:40:12.000Z" },
};

// A region that is set on this machine is none of these programs'.
delete process.env.AWS_REGION;
delete process.env.AWS_DEFAULT_REGION;

/** What other stacks give, by their names. */
type OtherStacks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Runs a program against mocks and returns what it registered and asked. */
export async function record(program: () => void | Promise<void>, stacks: OtherStacks = {}): Promise<Recorded> {
  const states = new Map<string, Pick<Registered, "inputs" | "state">>();
  const calls: Call[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs: given, custom }) => {
      const inputs = given as Record<string, unknown>;
      if (type === "pulumi:pulumi:StackReference") return { id: name, state: { name, outputs: stacks[name] } };
      const outputs = custom === false ? { id: "" } : outputsOf(type, name, inputs);
      const state = { ...inputs, ...outputs };
      states.set(`${type} ${name}`, { inputs, state });
      return { id: outputs.id, state };
    },
    call: ({ token, inputs, provider }) => {
      const answer = answers[token];
      if (answer === undefined) throw new Error(`No mock knows the function ${token}.`);
      calls.push({ token, inputs: inputs as Record<string, unknown>, provider: provider ?? "" });
      return answer;
    },
  });
  const { requests, outputs } = recordRequests();
  await program();
  await pulumi.runtime.disconnect();
  const resources = requests.map((request) => {
    const [type, name] = [request.getType(), request.getName()];
    const made = states.get(`${type} ${name}`);
    if (made === undefined) throw new Error(`${type} ${name} was asked for, but not made.`);
    return {
      type,
      name,
      parentType: typeOf(request.getParent()),
      ...made,
      outputs: outputs.get(`${type} ${name}`) ?? {},
      options: optionsOf(request),
      inputsWaitFor: inputsWaitFor(request),
    };
  });
  return { resources, calls };
}

/** What a program registered. */
export async function register(program: () => void): Promise<readonly Registered[]> {
  return (await record(program)).resources;
}

interface Requests {
  readonly requests: readonly RegisterResourceRequest[];
  /** What components said of themselves at their end, by `<type> <name>`. */
  readonly outputs: ReadonlyMap<string, Record<string, unknown>>;
}

/** Mocks are told little of a resource's options and nothing of a component's outputs: the program's requests have all. */
function recordRequests(): Requests {
  const requests: RegisterResourceRequest[] = [];
  const outputs = new Map<string, Record<string, unknown>>();
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource: (request: RegisterResourceRequest, callback: unknown) => unknown;
    registerResourceOutputs: (request: RegisterResourceOutputsRequest, callback: unknown) => unknown;
  };
  const registerResource = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    requests.push(request);
    return registerResource(request, callback);
  };
  const registerResourceOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, callback) => {
    const [urn, given] = [request.getUrn(), request.getOutputs()];
    const values = (given && pulumi.runtime.deserializeProperties(given)) as Record<string, unknown>;
    outputs.set(`${typeOf(urn)} ${urn.split("::").at(-1) ?? ""}`, unwrapped(values));
    return registerResourceOutputs(request, callback);
  };
  return { requests, outputs };
}

/** Without the wrapping of secrets, at the top: one inside a value makes the SDK take the whole of it for one. */
export function unwrapped(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      pulumi.runtime.isRpcSecret(value) ? (pulumi.runtime.unwrapRpcSecret(value) as unknown) : value,
    ]),
  );
}

/** The type of the resource that a URN names: the last one, behind those of its parents. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
