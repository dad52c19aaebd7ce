import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { execa } from "execa";
import { record } from "../journal.js";
import {
  awsAddress,
  debianAddress,
  gatewayAddress,
  internetDevice,
  metadataAddress,
  resolverAddress,
  timeAddress,
} from "./facts.js";

/** Runs `ip` commands, one a line, in a namespace or in the machine's own. */
async function ip(namespace: string | undefined, lines: readonly string[]): Promise<void> {
  const where = namespace === undefined ? [] : ["-netns", namespace];
  await execa("ip", [...where, "-batch", "-"], { input: lines.join("\n") });
}

/** Before the first namespace: `ip netns` mounts a folder, which is a trace as well. */
export async function prepareNamespaces(): Promise<void> {
  if (!(await readFile("/proc/self/mountinfo", "utf8")).includes(" /run/netns ")) {
    record({ kind: "mount", path: "/run/netns" });
  }
}

/** A network namespace with nothing in it but its loopback, and these settings of the kernel. */
export async function addNamespace(name: string, settings: readonly string[]): Promise<void> {
  if (existsSync(`/run/netns/${name}`)) throw new Error(`The network namespace ${name} exists already.`);
  record({ kind: "namespace", name });
  await execa("ip", ["netns", "add", name]);
  await ip(name, ["link set lo up"]);
  const all = ["net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1", ...settings];
  await execa("nsenter", [`--net=/run/netns/${name}`, "sysctl", "--quiet", "--write", ...all], {
    reject: false,
  });
}

/** The namespace with the services that hosts find on the internet; no route leads out of it. */
export async function addInternet(name: string): Promise<void> {
  await addNamespace(name, []);
  await ip(
    name,
    [awsAddress, debianAddress].map((address) => `address add ${address}/32 dev lo`),
  );
}

/** The router of a VPC, with its link to the internet. */
export async function addRouter(name: string, internet: string, index: number): Promise<void> {
  await addNamespace(name, [
    "net.ipv4.ip_forward=1",
    // A connection that the firewall did not see begin is none.
    "net.netfilter.nf_conntrack_tcp_loose=0",
  ]);
  const device = `vpc${index}`;
  const outside = `203.0.113.${index + 1}`;
  await ip(undefined, [`link add ${internetDevice} netns ${name} type veth peer name ${device} netns ${internet}`]);
  await ip(name, [
    ...[gatewayAddress, metadataAddress, resolverAddress, timeAddress].map(
      (address) => `address add ${address}/32 dev lo`,
    ),
    `address add ${outside}/32 dev ${internetDevice}`,
    `link set ${internetDevice} up`,
  ]);
  await ip(internet, [`link set ${device} up`, `route add ${outside}/32 dev ${device} scope link`]);
  // The next hop is on-link for a veth pair: whatever address the router asks for, the other end has it.
  await ip(
    name,
    [awsAddress, debianAddress].map((to) => `route add ${to}/32 dev ${internetDevice} src ${outside}`),
  );
  await ip(name, [`route add default dev ${internetDevice} src ${outside}`]);
}

/** A host's or probe's namespace, on its own link to the router. */
export async function addLeaf(
  name: string,
  router: string,
  device: string,
  addresses: readonly string[],
): Promise<void> {
  await addNamespace(name, []);
  await ip(undefined, [`link add ${device} netns ${router} type veth peer name eth0 netns ${name}`]);
  await ip(name, [
    ...addresses.map((address) => `address add ${address}/32 dev eth0`),
    "link set eth0 up",
    `route add ${gatewayAddress}/32 dev eth0 scope link`,
    `route add default via ${gatewayAddress} dev eth0${addresses[0] === undefined ? "" : ` src ${addresses[0]}`}`,
  ]);
  await ip(router, [
    `link set ${device} up`,
    ...addresses.map((address) => `route add ${address}/32 dev ${device} scope link`),
  ]);
}

/** Loads a ruleset into a namespace, in one transaction. */
export async function loadRuleset(namespace: string, ruleset: string): Promise<void> {
  await execa("nsenter", [`--net=/run/netns/${namespace}`, "nft", "-f", "-"], { input: ruleset });
}
