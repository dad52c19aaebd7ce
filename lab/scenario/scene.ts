import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Host, Hosts, Probe } from "../hosts/index.js";
import { ensureDebianPackages } from "../prerequisites.js";
import type { Choice } from "./dimensions.js";
import { authorities, type Authorities } from "./identities.js";
import { installApp, type App } from "./installApp.js";
import type { Quickstart } from "./quickstart.js";
import { newSshKey } from "./sshKey.js";

/** The quickstart on booted hosts, its application, and two machines that are not its own: where attacks come from. */
export interface Scene {
  readonly choice: Choice;
  readonly appHost: Host;
  readonly node: Host;
  readonly app: App;
  /** A machine in the app subnet that is not an app host. */
  readonly neighbour: Probe;
  /** A machine in the bastion subnet. */
  readonly bastion: Probe;
  /** An operator of the node with their private key, and a key that nobody knows. */
  readonly operator: { readonly name: string; readonly privateKeyFile: string };
  readonly strangersKeyFile: string;
  /** The cache's own authority, whose key no attacker has, and another one. */
  readonly authorities: Authorities;
  /** A folder of this machine for root alone. */
  readonly folder: string;
}

/** What strangers bring along: this machine's programs, run in their networks. */
const attackersPackages = ["nmap", "openssh-client", "openssl"];

/** Installs the application and sets up the two other machines. */
export async function openScene(options: {
  readonly choice: Choice;
  readonly quickstart: Quickstart;
  readonly hosts: Hosts;
  readonly vpcId: string;
  readonly bastionSubnetId: string;
  readonly folder: string;
}): Promise<Scene> {
  const { choice, quickstart, hosts, vpcId, bastionSubnetId, folder } = options;
  await ensureDebianPackages(attackersPackages);
  const named = (...names: string[]): Host => {
    const found = hosts.all.find((host) => host.vpcId === vpcId && names.includes(host.name));
    if (found === undefined) throw new Error(`No test host ${names.join(" or ")} was booted in ${vpcId}.`);
    return found;
  };
  // With shards the first node is that of the first shard.
  const [appHost, node] = [named("web"), named("sessions-0", "sessions-0-0")];
  const identities = join(folder, "identities");
  mkdirSync(identities, { mode: 0o700 });
  const { name, key } = quickstart.operator;
  return {
    choice,
    appHost,
    node,
    folder: identities,
    app: await installApp(appHost, "web"),
    neighbour: await hosts.addProbe({ name: "neighbour", subnetId: appHost.subnetId }),
    bastion: await hosts.addProbe({ name: "bastion", subnetId: bastionSubnetId }),
    operator: { name, privateKeyFile: key.privateKeyFile },
    strangersKeyFile: (await newSshKey(folder, "stranger")).privateKeyFile,
    authorities: await authorities(await quickstart.stack.exportStack(), identities),
  };
}

/** Something that is made once a scene, for whoever asks first. */
export function oncePerScene<Value>(make: (scene: Scene) => Promise<Value>): (scene: Scene) => Promise<Value> {
  const made = new WeakMap<Scene, Promise<Value>>();
  return (scene) => {
    const value = made.get(scene) ?? make(scene);
    made.set(scene, value);
    return value;
  };
}
