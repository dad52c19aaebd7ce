import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { connectMachines, openMachine, type Daemon, type Machine } from "../../lab/machines/machine.js";
import { tunnelCommand } from "../../lab/routes/tunnelCommand.js";
import { newIdentity, type Identity } from "../../lab/x509/identity.js";
import { admittedConf } from "../../src/host/admitted.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import { tunnelProgram } from "../../src/host/tunnelProgram.js";
import { clusterRules, type ClusterPlan } from "../../src/plan/cluster.js";
import { nodeTunnel } from "../../src/plan/nodeTunnel.js";
import { busPort, redisPort, replicationPort } from "../../src/plan/ports.js";
import { tunnelEngines, type Leg, type TunnelConf, type TunnelEngine } from "../../src/plan/tunnel.js";
import { result, type Result } from "../figures/result.js";
import { engineNames } from "../report/engineNames.js";
import type { BusTraffic, Taken } from "./busTraffic.js";
import { bytesSentBySecond, messageBytes } from "./gossip.js";

const seconds = 20;
const peersName = "peers.sessions";
/** On the peers' machine: what their bus answers by, and the way to the node's. */
const [peersBus, toNode] = ["127.0.0.1:20001", "127.0.0.1:20002"];
const { nodeTimeoutMs } = clusterRules;

interface Stage {
  readonly node: Machine;
  readonly peers: Machine;
  /** Of the node. */
  readonly tunnel: Daemon;
  readonly cluster: ClusterPlan;
}

/**
 * What the tunnel of one node takes in such clusters: with a way to every other node that nobody uses, and with what the nodes' Redis
 * say to each other all the time, in both directions. One machine stands for all other nodes.
 */
export async function peerTunnels(
  clusters: readonly ClusterPlan[],
  progress: (line: string) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const cluster of clusters) {
    const nodes = cluster.members.length;
    for (const tunnel of tunnelEngines) {
      progress(`the tunnel of one of ${nodes} nodes, ${engineNames[tunnel]}`);
      results.push(...(await ofTunnel(tunnel, cluster)));
    }
    const megabits = (bytesSentBySecond(nodes, nodeTimeoutMs) * 8) / 1e6;
    results.push(result(`bus of one of ${nodes} nodes: what it sends`, "Mbit/s", [megabits]));
  }
  return results;
}

async function ofTunnel(tunnel: TunnelEngine, cluster: ClusterPlan): Promise<Result[]> {
  const [first, second] = availableParallelism() > 1 ? ["0", "1"] : ["0", "0"];
  const node = await openMachine("node", "10.99.0.1", first);
  const peers = await openMachine("peers", "10.99.0.2", second);
  try {
    await connectMachines(node, peers);
    const running = await startTunnels(tunnel, node, peers, cluster);
    const stage = { node, peers, tunnel: running, cluster };
    const [unused, talking] = [await withoutTraffic(stage), await withTraffic(stage)];
    const label = `tunnel of one of ${cluster.members.length} nodes, ${tunnel}`;
    return [...told(`${label}, nobody talks`, unused), ...told(`${label}, the bus talks`, talking)];
  } finally {
    await node.stop();
    await peers.stop();
  }
}

function told(label: string, { anonymousKibibytes, cpuMicroseconds }: Taken): Result[] {
  return [
    result(`${label}: memory`, "MB", [anonymousKibibytes / 1024]),
    result(`${label}: CPU`, "ms/s", [cpuMicroseconds / 1000 / seconds]),
  ];
}

function withoutTraffic(stage: Stage): Promise<Taken> {
  return look(stage, [], 0);
}

async function withTraffic(stage: Stage): Promise<Taken> {
  const { peers, cluster } = stage;
  const others = cluster.members.slice(1);
  const bytes = messageBytes(cluster.members.length);
  const calls = others.map(() => addressOf(toNode));
  await peers.start("traffic", command({ answersOn: addressOf(peersBus), calls, bytes }), peersBus);
  const taken = await look(
    stage,
    others.map(({ loopbackAddress: host }) => ({ host, port: busPort })),
    others.length,
  );
  const least = 0.9 * others.length * seconds;
  assert.ok(taken.answers >= least, `${taken.answers} messages were answered in ${seconds} s, and not ${least}.`);
  return taken;
}

async function look({ node, tunnel, cluster }: Stage, calls: BusTraffic["calls"], callers: number): Promise<Taken> {
  const answersOn = { host: cluster.members[0]?.loopbackAddress ?? "", port: busPort };
  const bytes = messageBytes(cluster.members.length);
  return JSON.parse(
    await node.run(command({ answersOn, calls, bytes, look: { pid: tunnel.pid, seconds, callers } })),
  ) as Taken;
}

function command(traffic: BusTraffic): string[] {
  const program = join(import.meta.dirname, "busTraffic.ts");
  return [process.execPath, "--import", import.meta.resolve("tsx"), program, JSON.stringify(traffic)];
}

function addressOf(text: string): BusTraffic["answersOn"] {
  const [host = "", port] = text.split(":");
  return { host, port: Number(port) };
}

/** The files that a node gets, and one tunnel that stands for all others. Returns the node's. */
async function startTunnels(
  tunnel: TunnelEngine,
  node: Machine,
  peers: Machine,
  cluster: ClusterPlan,
): Promise<Daemon> {
  const [self] = cluster.members;
  if (self === undefined) throw new Error("A cluster has members.");
  const authority = await newIdentity({ subject: "CN=Bench CA", usage: "authority" });
  await layDown(node, self.serverName, peersName, tunnel, authority);
  await layDown(peers, peersName, self.serverName, tunnel, authority);
  const plain = `bind 127.0.0.1\nport 0\nunixsocket ${hostPaths.redisSocket}\nsave ""\n`;
  node.write(`${hostPaths.redisFolder}/plain.conf`, plain);
  await node.start("Redis", ["redis-server", `${hostPaths.redisFolder}/plain.conf`], hostPaths.redisSocket);
  const { services } = nodeTunnel({ name: self.name, privateIp: node.address, port: redisPort }, undefined, cluster);
  const legs = cluster.members.slice(1).flatMap(({ name, loopbackAddress }) => legsTo(name, loopbackAddress, peers));
  await start(tunnel, peers, peersTunnel(peers, node, self.serverName), `${peers.address}:${busPort}`);
  return start(tunnel, node, { services, legs }, `${node.address}:${busPort}`);
}

/** As a node has them to each other one. */
function legsTo(name: string, loopbackAddress: string, { address }: Machine): Leg[] {
  const way = { address, serverName: peersName };
  return [
    { ...way, name, listens: [`${loopbackAddress}:${redisPort}`], port: replicationPort },
    { ...way, name: `${name}-bus`, listens: [`${loopbackAddress}:${busPort}`], port: busPort },
  ];
}

function peersTunnel({ address }: Machine, node: Machine, serverName: string): TunnelConf {
  return {
    services: [{ name: "bus", listen: `${address}:${busPort}`, admitsField: "admittedPeers", connect: peersBus }],
    legs: [{ name: "node", listens: [toNode], address: node.address, port: busPort, serverName }],
  };
}

async function layDown(
  machine: Machine,
  ownName: string,
  admittedName: string,
  tunnel: TunnelEngine,
  authority: Identity,
): Promise<void> {
  const own = await newIdentity({
    subject: `CN=${ownName}`,
    usage: "both",
    dnsNames: [ownName],
    signedBy: authority,
  });
  machine.write(hostPaths.certificate, own.certificate);
  machine.write(hostPaths.privateKey, own.privateKey);
  machine.write(hostPaths.trusted, authority.certificate);
  for (const list of [hostPaths.admitted, hostPaths.admittedPeers])
    machine.write(list, admittedConf(tunnel, [admittedName]));
}

function start(tunnel: TunnelEngine, machine: Machine, conf: TunnelConf, listensOn: string): Promise<Daemon> {
  const config = `${hostPaths.runFolder}/tunnel.conf`;
  machine.write(config, tunnelProgram(tunnel).conf(conf));
  return machine.start(tunnel, tunnelCommand(tunnel, config), listensOn);
}
