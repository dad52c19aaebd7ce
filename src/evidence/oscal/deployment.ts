import { evidenceAccount } from "../account";
import type { Assessment } from "../assess";
import type { Asset } from "../inventory";
import { libraryName } from "../library";
import type { Place } from "../places";
import { cacheTitle, servedInWords } from "../served";
import { uuidOf } from "../uuid";
import { namespace, ownProperty } from "./form";
import { protocolsOf } from "./protocols";
import { ownerRoles, responsibleRoles } from "./roles";

/** Makes the ids of one deployment's documents: the same whenever they are made. */
export type Ids = (...parts: readonly string[]) => string;

/** Tools that have read one document know the same things again in the next one. */
export function idsOf({ plan, evidence }: Pick<Assessment, "plan" | "evidence">): Ids {
  return (...parts) => uuidOf(namespace, evidence.deployed.kmsKeyArn, plan.name, ...parts);
}

/** Roles of a deployment's documents, and your organisation, of which nobody knows more. */
export function people(id: Ids, persons: readonly string[] = []): object {
  return {
    roles: [...ownerRoles, { id: "operator", title: "Operator" }, { id: "application", title: "Application" }],
    parties: [
      { uuid: organisation(id), type: "organization", name: "Your organisation" },
      ...persons.map((name) => ({ uuid: id("person", name), type: "person", name })),
    ],
  };
}

export function organisation(id: Ids): string {
  return id("organisation");
}

/** The cache, the account, and each client's app hosts, as components of a system. */
export function components({ plan, evidence, controls }: Assessment, id: Ids): object[] {
  const account = evidenceAccount(evidence);
  const status = { state: account.emulated ? "other" : "operational" };
  const { libraryVersion: version, deployed } = evidence;
  return [
    {
      uuid: id("component"),
      type: "software",
      title: cacheTitle(plan),
      description: `A cache that may hold patient data (PHI), made by ${libraryName} ${version} in ${deployed.region}. Its nodes run ${servedInWords(plan, "document")}.`,
      props: [{ name: "version", value: version }],
      status,
      "responsible-roles": responsibleRoles(controls),
      protocols: protocolsOf(plan.flows, id),
    },
    {
      uuid: id("account"),
      type: "service",
      title: `AWS account ${account.id}`,
      description: account.emulated
        ? "An emulated account: nothing of it is AWS's."
        : `Where the cache is, in ${deployed.region}.`,
      status,
    },
    ...plan.clients.map(({ client }) => ({
      uuid: id("client", client),
      type: "software",
      title: `Application ${client}`,
      description: `The app hosts of the client ${client}. The application itself is your organisation's.`,
      status,
    })),
  ];
}

/** The report's inventory. */
export function inventoryItems({ assets }: Assessment, id: Ids): object[] {
  return assets.map((asset) => ({
    uuid: assetId(asset, id),
    description: `${asset.kind} ${asset.name}`,
    props: [
      { name: "asset-id", value: asset.identifier },
      ownProperty("kind", asset.kind),
      ...(asset.where === "" ? [] : [ownProperty("where", asset.where)]),
    ],
    ...(asset.kind === "node" ? { "implemented-components": [{ "component-uuid": id("component") }] } : {}),
  }));
}

function assetId({ kind, name }: Pick<Asset, "kind" | "name">, id: Ids): string {
  return id("asset", kind, name);
}

/** Where a check was looked at, as a subject. */
export function subjectOf({ kind, name }: Place, id: Ids): object {
  const component = (uuid: string): object => ({ "subject-uuid": uuid, type: "component" });
  return {
    cache: { "subject-uuid": assetId({ kind: "node", name }, id), type: "inventory-item" },
    client: component(id("client", name)),
    aws: component(id("account")),
    person: { "subject-uuid": organisation(id), type: "party" },
  }[kind];
}
