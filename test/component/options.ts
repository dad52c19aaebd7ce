import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";

/** The options of a resource that were set, by their names in the SDK where those are listed here, else the engine's. */
export interface Options {
  /** `<type> <name>` of what is waited for (`dependsOn`), without those whose outputs are among the inputs. */
  readonly waitsFor?: readonly string[];
  readonly [field: string]: unknown;
}

/** Fields of a request that are no options, or that the SDK sets for every resource alike. */
const otherFields = new Set([
  "type",
  "name",
  "parent",
  "custom",
  "object",
  "dependenciesList",
  "propertydependenciesMap",
  "version",
  "packageref",
  "sourceposition",
  "stacktrace",
  "parentstacktracehandle",
  "acceptsecrets",
  "acceptresources",
  "supportspartialvalues",
  "supportsresultreporting",
  "aliasspecs",
  "deletebeforereplacedefined",
]);

const namesInSdk: Readonly<Record<string, string>> = {
  additionalsecretoutputsList: "additionalSecretOutputs",
  aliasesList: "aliases",
  deletebeforereplace: "deleteBeforeReplace",
  ignorechangesList: "ignoreChanges",
  retainondelete: "retainOnDelete",
};

export function optionsOf(request: RegisterResourceRequest): Options {
  const fields = Object.entries(request.toObject())
    .filter(([field, value]) => !otherFields.has(field) && !isEmpty(value))
    .map(([field, value]): [string, unknown] => [namesInSdk[field] ?? field, value]);
  const waitsFor = waitedFor(request);
  return { ...Object.fromEntries(fields), ...(waitsFor.length > 0 ? { waitsFor } : {}) };
}

function waitedFor(request: RegisterResourceRequest): string[] {
  const ofInputs = Object.values(inputsWaitFor(request)).flat();
  return request
    .getDependenciesList()
    .map(labelOf)
    .filter((label) => !ofInputs.includes(label))
    .sort();
}

/** `<type> <name>` of the resources that an input comes from, and of those that it waits for. */
export function inputsWaitFor(request: RegisterResourceRequest): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, input) => {
    found[input] = dependencies.getUrnsList().map(labelOf).sort();
  });
  return found;
}

/** Whether a field says nothing: what protocol buffers have where nothing was set. */
function isEmpty(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).every(isEmpty);
  return value === undefined || value === false || value === "";
}

/** `<type> <name>` of what a URN names, the type without its module. */
function labelOf(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${types.split(/[$:]/).at(-1) ?? ""} ${name}`;
}
