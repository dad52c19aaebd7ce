import { join } from "node:path";
import type { EC2Client } from "@aws-sdk/client-ec2";
import { issueCertificate } from "./certificate.js";
import type { Api } from "../clientOptions.js";
import { ec2Client } from "./ec2.js";
import { createHost, type Host, type StartedHost } from "./host.js";
import { hostImages, type HostImages, type HostImagesOptions } from "./image/hostImages.js";
import { labKeys, type LabKeys } from "./image/labKeys.js";
import { debianHostNames } from "./image/recipe.js";
import { readInstances, type RunningInstance } from "./instances.js";
import { startRun, type Run } from "./lab.js";
import { addInternet, prepareNamespaces } from "./network/namespaces.js";
import { createProbe, type Probe, type ProbeOptions } from "./probe.js";
import { startService } from "./processes.js";
import { onSignal } from "../onEnd.js";
import { endNamespace, removeRecorded } from "./stopEverything.js";
import { VpcNetwork } from "./vpcNetwork.js";
import { VpcServices } from "./vpcServices.js";

export type { Host, StartedHost } from "./host.js";
export type { ImageRecipe } from "./image/derivedImage.js";

export interface HostsOptions extends Api, HostImagesOptions {
  /** The VPCs whose instances are booted. */
  readonly vpcIds: readonly string[];
  /** Names of instances whose user data is expected to fail: they are handed back with `cloudInitErrors`. */
  readonly mayFail?: readonly string[];
  /** Told of each host as soon as its machine runs; what it returns is waited for. */
  readonly onStart?: (host: StartedHost) => void | Promise<void>;
}

/** The booted test hosts of one run. */
export interface Hosts {
  readonly all: readonly Host[];
  /** The host with that `Name` tag. */
  byName(nameTag: string): Host;
  /** Boots an instance that has come to a VPC since. */
  add(vpcId: string, nameTag: string): Promise<Host>;
  /** Ends a host, which is never used again. */
  remove(host: Host): Promise<void>;
  /**
   * Ends a host whose instance has been replaced, and boots the instance that has its name and its address now. The old host is never used
   * again.
   */
  replace(host: Host): Promise<Host>;
  addProbe(options: ProbeOptions): Promise<Probe>;
  /** Compiles the firewalls anew from what the EC2 API reports now, as AWS does by itself after a change. */
  reloadFirewalls(): Promise<void>;
  /** Packets that the VPC's firewall dropped since it was last loaded, by reason. */
  droppedPackets(vpcId: string): Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
}

/**
 * Boots every running instance that the EC2 API reports in these VPCs, with its own user data, in networks and behind firewalls made
 * from what the API reports, and returns when cloud-init is done on all of them. When one fails, all are stopped.
 */
export async function bootHosts(options: HostsOptions): Promise<Hosts> {
  const run = await startRun(options.progress);
  const making = new Set<Promise<unknown>>();
  const remove = () => removeRecorded(Promise.allSettled(making));
  const callOff = onSignal(remove);
  const stop = async () => {
    callOff();
    await remove();
  };
  const track = <T>(promise: Promise<T>) => {
    const settled = promise.finally(() => making.delete(settled));
    making.add(settled);
    return settled;
  };
  try {
    const hosts = await track(boot(run, options));
    return {
      ...hosts,
      stop,
      add: (vpcId, nameTag) => track(hosts.add(vpcId, nameTag)),
      remove: (host) => track(hosts.remove(host)),
      replace: (host) => track(hosts.replace(host)),
      addProbe: (probe) => track(hosts.addProbe(probe)),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function boot(run: Run, options: HostsOptions): Promise<Omit<Hosts, "stop">> {
  const { endpoint, region, progress } = options;
  const api = { endpoint, region };
  const ec2 = ec2Client(api);
  const instances = await readInstances(api, options.vpcIds);
  const keys = await labKeys(progress);
  const images = hostImages(run, keys, ec2, options);
  // One after the other: each is made with all of the machine.
  for (const instance of instances) await images.rootOf(instance);
  progress(`networks and services for ${instances.length} hosts`);
  const { networks, services } = await buildNetworks({ run, api, ec2, instances, keys, images });
  const attached = new Map<string, { readonly namespace: string; readonly interfaceId: string }>();
  const start = async (instance: RunningInstance): Promise<Host> => {
    const namespace = `${run.prefix}-h${attached.size}`;
    attached.set(instance.instanceId, { namespace, interfaceId: instance.interfaceId });
    await networkOf(networks, instance.vpcId).attach(namespace, instance.interfaceId);
    const imageRoot = await images.rootOf(instance);
    const { mayFail = [], onStart = () => undefined } = options;
    return createHost({ run, instance, namespace, imageRoot, mayFail, onStart, progress });
  };
  const all = await Promise.all(instances.map(start));
  const add = async (vpcId: string, isMeant: (instance: RunningInstance) => boolean, what: string): Promise<Host> => {
    const now = await readInstances(api, [vpcId]);
    const instance = now.find((one) => isMeant(one) && !attached.has(one.instanceId));
    if (instance === undefined) throw new Error(`The EC2 API reports no instance that ${what}.`);
    await services.showInstances(networkOf(networks, vpcId), now);
    const host = await start(instance);
    all.push(host);
    return host;
  };
  const remove = async (host: Host): Promise<void> => {
    const { namespace, interfaceId } = attached.get(host.instanceId) ?? {};
    if (namespace === undefined || interfaceId === undefined || !all.includes(host)) {
      throw new Error(`${host.name} is no test host of this run, or not any more.`);
    }
    await endNamespace(namespace);
    await networkOf(networks, host.vpcId).detached(interfaceId);
    all.splice(all.indexOf(host), 1);
  };
  let probes = 0;
  return {
    all,
    add: (vpcId, nameTag) => add(vpcId, ({ name }) => name === nameTag, `is named "${nameTag}" and was not booted`),
    remove,
    replace: async (old) => {
      await remove(old);
      const isSuccessor = ({ name, privateIp }: RunningInstance): boolean =>
        name === old.name && privateIp === old.privateIp;
      return add(old.vpcId, isSuccessor, `has taken the place of ${old.name}`);
    },
    byName: (name) => findHost(all, name),
    droppedPackets: (vpcId) => networkOf(networks, vpcId).droppedPackets(),
    reloadFirewalls: async () => {
      await Promise.all(networks.map((network) => network.reloadFirewall()));
    },
    addProbe: (probe) => {
      const namespace = `${run.prefix}-p${probes++}`;
      return createProbe(probe, { api, ec2, namespace, vpcNetwork: (vpcId) => networkOf(networks, vpcId) });
    },
  };
}

async function buildNetworks(options: {
  readonly run: Run;
  readonly api: Api;
  readonly ec2: EC2Client;
  readonly instances: readonly RunningInstance[];
  readonly keys: LabKeys;
  readonly images: HostImages;
}): Promise<{ readonly networks: VpcNetwork[]; readonly services: VpcServices }> {
  const { run, api, ec2, instances, keys, images } = options;
  const { folder, prefix } = run;
  const internet = `${prefix}-net`;
  const localStackSocket = join(folder, "localstack.sock");
  await prepareNamespaces();
  await addInternet(internet);
  const certificate = await issueCertificate(keys, api.region, folder);
  const vpcIds = [...new Set(instances.map(({ vpcId }) => vpcId))];
  const networks = vpcIds.map((vpcId, index) => new VpcNetwork(vpcId, `${prefix}-r${index}`, ec2));
  for (const [index, network] of networks.entries()) await network.build(internet, index);
  const services = new VpcServices(folder, api.region, localStackSocket);
  const start = (name: string, rest: Omit<Parameters<typeof startService>[0], "name" | "folder">) =>
    startService({ folder, name, ...rest });
  await Promise.all([
    start("forwarder", { service: "forwarder", config: { localStackSocket, endpoint: api.endpoint } }),
    start("internet", {
      service: "internet",
      namespace: internet,
      config: { localStackSocket, mirrors: images.mirrors, debianHostNames, ...certificate },
    }),
    ...networks.map((network) => services.showInstances(network, instances)),
  ]);
  return { networks, services };
}

function networkOf(networks: readonly VpcNetwork[], vpcId: string): VpcNetwork {
  const found = networks.find((network) => network.vpcId === vpcId);
  if (found !== undefined) return found;
  const known = networks.map((network) => network.vpcId).join(", ");
  throw new Error(`The lab has built no network for ${vpcId}; it has ${known || "none"}, where instances run.`);
}

function findHost(hosts: readonly Host[], name: string): Host {
  const found = hosts.filter((host) => host.name === name);
  if (found.length === 1 && found[0] !== undefined) return found[0];
  const names = hosts.map((host) => host.name).join(", ");
  throw new Error(`${found.length} test hosts are named "${name}"; there are: ${names || "none"}.`);
}
