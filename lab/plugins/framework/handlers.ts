import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import type * as requests from "@pulumi/pulumi/proto/provider_pb.js";
import { bagProblems } from "./kinds.js";
import type { Problem } from "./kinds.js";
import {
  checkInputs,
  createResource,
  diffResource,
  HalfMade,
  invokeFunction,
  readResource,
  resourceOf,
  updateResource,
} from "./provider.js";
import type { Plugin, ResourceType } from "./resourceType.js";
import { unwrap, wrap } from "./values.js";
import type { PropertyBag } from "./values.js";

type Struct = ReturnType<requests.CheckRequest["getOlds"]>;

/** The methods of the plugin protocol, each a translation between its messages and the table's functions. */
export function handlers(plugin: Plugin) {
  return {
    /** By an engine that has found this process running: nothing is to be told to it. */
    attach: async () => Promise.resolve(new emptyProto.Empty()),

    getPluginInfo: async () => {
      const response = new pluginProto.PluginInfo();
      response.setVersion(plugin.version);
      return Promise.resolve(response);
    },

    checkConfig: async (request: requests.CheckRequest) => {
      const news = bagOf(request.getNews());
      const values = providerConfiguration(plugin, news);
      const problems = bagProblems(plugin.configuration, [], values).map(({ path, reason }) => ({
        path,
        reason: `pulumi:providers:${plugin.name}: ${reason}`,
      }));
      return Promise.resolve(checkResponse(news, problems));
    },

    diffConfig: async (request: requests.DiffRequest) => {
      const olds = JSON.stringify(bagOf(request.getOlds()));
      const changed = olds !== JSON.stringify(bagOf(request.getNews()));
      return Promise.resolve(diffResponse({ changed: new Set(changed ? ["configuration"] : []), replaces: [] }));
    },

    configure: async (request: requests.ConfigureRequest) => {
      const values = providerConfiguration(plugin, bagOf(request.getArgs()));
      const problems = bagProblems(plugin.configuration, [], values);
      if (problems.length > 0) throw new Error(problems.map(({ path, reason }) => `${path}: ${reason}`).join("; "));
      plugin.configure?.(values);
      const response = new proto.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return Promise.resolve(response);
    },

    invoke: async (request: requests.InvokeRequest) => {
      const outputs = await invokeFunction(plugin, request.getTok(), unwrap(bagOf(request.getArgs())).values);
      const response = new proto.InvokeResponse();
      response.setReturn(structOf(wrap(outputs, [])));
      return response;
    },

    check: async (request: requests.CheckRequest) => {
      const { type, token, name } = resource(plugin, request.getUrn());
      const olds = unwrap(bagOf(request.getOlds())).values;
      const news = unwrap(bagOf(request.getNews()));
      const { inputs, problems } = checkInputs(type, token, name, olds, news.values);
      return Promise.resolve(checkResponse(wrap(inputs, news.secrets), problems));
    },

    diff: async (request: requests.DiffRequest) => {
      const { type } = resource(plugin, request.getUrn());
      const [state, oldInputs, inputs] = [request.getOlds(), request.getOldInputs(), request.getNews()].map(
        (bag) => unwrap(bagOf(bag)).values,
      ) as [PropertyBag, PropertyBag, PropertyBag];
      return Promise.resolve(diffResponse(diffResource(type, state, oldInputs, inputs)));
    },

    create: async (request: requests.CreateRequest) => {
      const { type, name } = resource(plugin, request.getUrn());
      const properties = bagOf(request.getProperties());
      const inputs = unwrap(properties);
      const response = new proto.CreateResponse();
      if (request.getPreview()) {
        response.setProperties(structOf(properties));
        return response;
      }
      try {
        const { id, state } = await createResource(type, name, inputs.values);
        response.setId(id);
        response.setProperties(structOf(wrap(state, secretNames(type, inputs.secrets))));
        return response;
      } catch (error) {
        if (error instanceof HalfMade) error.properties = properties;
        throw error;
      }
    },

    read: async (request: requests.ReadRequest) => {
      const { type } = resource(plugin, request.getUrn());
      const state = unwrap(bagOf(request.getProperties()));
      const oldInputs = unwrap(bagOf(request.getInputs()));
      const found = await readResource(type, request.getId(), state.values, oldInputs.values);
      const response = new proto.ReadResponse();
      if (found === undefined) return response;
      const secrets = secretNames(type, [...state.secrets, ...oldInputs.secrets]);
      response.setId(request.getId());
      response.setProperties(structOf(wrap(found.state, secrets)));
      response.setInputs(structOf(wrap(found.inputs, secrets)));
      return response;
    },

    update: async (request: requests.UpdateRequest) => {
      const { type } = resource(plugin, request.getUrn());
      const state = unwrap(bagOf(request.getOlds())).values;
      const oldInputs = unwrap(bagOf(request.getOldInputs())).values;
      const inputs = unwrap(bagOf(request.getNews()));
      const after = request.getPreview()
        ? { ...state, ...inputs.values }
        : await updateResource(type, request.getId(), state, oldInputs, inputs.values);
      const response = new proto.UpdateResponse();
      response.setProperties(structOf(wrap(after, secretNames(type, inputs.secrets))));
      return response;
    },

    delete: async (request: requests.DeleteRequest) => {
      const { type } = resource(plugin, request.getUrn());
      await type.delete?.(request.getId(), unwrap(bagOf(request.getProperties())).values);
      return new emptyProto.Empty();
    },

    cancel: async () => Promise.resolve(new emptyProto.Empty()),
  };
}

/** A URN is `urn:pulumi:stack::project::parents$type::name`. */
function resource(plugin: Plugin, urn: string): { type: ResourceType; token: string; name: string } {
  const [, , types = "", ...rest] = urn.split("::");
  const token = types.slice(types.lastIndexOf("$") + 1);
  return { type: resourceOf(plugin, token), token, name: rest.join("::") };
}

/** Provider configuration travels as text, in which everything but texts is JSON. `version` is the engine's own. */
function providerConfiguration(plugin: Plugin, bag: PropertyBag): PropertyBag {
  const entries = Object.entries(unwrap(bag).values).filter(([name]) => name !== "version");
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const isText = (plugin.configuration[name] ?? "string") === "string";
      return [name, isText || typeof value !== "string" ? value : (JSON.parse(value) as typeof value)];
    }),
  );
}

function secretNames(type: ResourceType, inputs: Iterable<string>): string[] {
  return [...inputs, ...(type.secretOutputs ?? [])];
}

function checkResponse(inputs: PropertyBag, problems: readonly Problem[]) {
  const response = new proto.CheckResponse();
  response.setInputs(structOf(inputs));
  response.setFailuresList(
    problems.map(({ path, reason }) => {
      const failure = new proto.CheckFailure();
      failure.setProperty(path);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}

function diffResponse(found: { changed: Set<string>; replaces: string[]; deleteBeforeReplace?: boolean }) {
  const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
  const response = new proto.DiffResponse();
  response.setChanges(found.changed.size > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList([...found.changed]);
  response.setReplacesList(found.replaces);
  response.setDeletebeforereplace(found.deleteBeforeReplace ?? false);
  return response;
}

function bagOf(struct: Struct): PropertyBag {
  return struct?.toJavaScript() ?? {};
}

function structOf(bag: PropertyBag): NonNullable<Struct> {
  return structProto.Struct.fromJavaScript(bag);
}
