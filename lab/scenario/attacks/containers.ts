import { hostPaths } from "../../../src/host/hostPaths.js";
import { redisPort } from "../../../src/plan/ports.js";
import type { Host } from "../../hosts/index.js";
import { debianAddress, metadataAddress } from "../../hosts/network/facts.js";
import { said, type Attack, type AttackSuite } from "../attack.js";
import type { Scene } from "../scene.js";
import { openSocket } from "./appHost.js";

/** What a container engine sets up: a network namespace on a bridge, whose packets the host forwards and gives its own address. */
const [hostsEnd, containersEnd, network] = ["172.31.255.1", "172.31.255.2", "172.31.255.0/30"];
const unit = "attackers-container";
const inside = `nsenter --net --target "$(systemctl show --property=MainPID --value ${unit})"`;

/** Ports of the host's end that lead to its loopback, as a published port does the other way. */
const [toTunnel, toSsh] = [7001, 7002];

const setUp = [
  "set -e",
  `systemd-run --quiet --collect --unit=${unit} unshare --net sleep infinity`,
  `until ${inside} ip link show lo >/dev/null 2>&1 && [ "$(readlink /proc/self/ns/net)" != "$(${inside} readlink /proc/self/ns/net)" ]; do sleep 0.1; done`,
  `ip link add ct0 type veth peer name eth0 netns "$(systemctl show --property=MainPID --value ${unit})"`,
  `ip address add ${hostsEnd}/30 dev ct0`,
  "ip link set ct0 up",
  `${inside} ip address add ${containersEnd}/30 dev eth0`,
  `${inside} ip link set eth0 up`,
  `${inside} ip route add default via ${hostsEnd}`,
  "sysctl --quiet --write net.ipv4.ip_forward=1 net.ipv4.conf.ct0.route_localnet=1",
  "nft --file - <<'RULES'",
  "table ip container {",
  `  chain postrouting { type nat hook postrouting priority srcnat; ip saddr ${network} oifname != "ct0" masquerade; }`,
  `  chain prerouting { type nat hook prerouting priority dstnat; iifname "ct0" tcp dport ${toTunnel} dnat to 127.0.0.1:${redisPort}; iifname "ct0" tcp dport ${toSsh} dnat to 127.0.0.1:22; }`,
  "}",
  "RULES",
].join("\n");

const takeDown = [
  "nft delete table ip container",
  "sysctl --quiet --write net.ipv4.ip_forward=0",
  "ip link delete ct0",
  `systemctl stop ${unit}`,
].join("; ");

const folder = hostPaths.clientFolder;

/** A mount namespace that has nothing of the host's but its programs and the application's folder, for reading, and no capability. */
const withFolderAlone = [
  "root=/mnt",
  "mount -t tmpfs tmpfs $root",
  `mkdir -p $root/usr $root${folder}`,
  "mount --bind --options ro /usr $root/usr",
  "ln -s usr/lib usr/lib64 usr/bin $root",
  `mount --bind ${folder} $root${folder}`,
  `mount --options remount,bind,ro $root${folder}`,
].join(" && ");

/** Somebody in a container on a host: no Unix user of the host, and not on its loopback. */
export const containers: AttackSuite = {
  title: "Containers on the hosts",
  dependsOn: [],
  open: async ({ appHost, node }) => {
    for (const host of [appHost, node]) await bash(host, setUp);
    return async () => {
      for (const host of [appHost, node]) await bash(host, takeDown);
    };
  },
  attacks: [
    connecting("the app host", "ask the metadata service", () => [metadataAddress, 80]),
    connecting("the app host", "connect to the cache", ({ node }) => [node.privateIp, redisPort]),
    connecting(
      "the app host",
      "connect to the tunnel, by a port that leads to the host's loopback",
      () => [hostsEnd, toTunnel],
      ["another port of the loopback", () => [hostsEnd, toSsh]],
    ),
    withFolder("root without capabilities"),
    withFolder("another Unix user", "--reuid=12345 --regid=12345"),
    onNode("ask the metadata service", metadataAddress, 80),
    onNode("connect to the internet", debianAddress, 443),
  ],
};

type Address = (scene: Scene) => readonly [host: string, port: number];

function connecting(
  from: string,
  what: string,
  address: Address,
  [controlCase, right]: readonly [string, Address] = ["a mirror of Debian's", () => [debianAddress, 443]],
): Attack {
  const connect = (to: Address) => (scene: Scene) =>
    scene.appHost.exec(["bash", "-c", `${inside} ${connected(to(scene))}`]).then(said);
  return {
    who: "a container",
    from,
    what,
    refusal: /Connection refused/,
    attempt: connect(address),
    controlCase: { what: controlCase, success: /^opened$/m, attempt: connect(right) },
  };
}

/** What is meant for the application's container is mounted into another one, or somebody else runs in it. */
function withFolder(who: string, as = ""): Attack {
  const open = (ids: string) => (scene: Scene) => {
    const drop = `setpriv --clear-groups --bounding-set=-all --inh-caps=-all ${ids}`;
    const run = `chroot $root ${drop} bash -c ${JSON.stringify(openSocket)}`;
    return scene.appHost.exec(["unshare", "--mount", "bash", "-c", `${withFolderAlone} && ${run}`]).then(said);
  };
  return {
    who: `${who} in a container`,
    from: "the app host",
    what: "open the tunnel's socket, where the application's folder is mounted",
    refusal: /Permission denied/,
    attempt: open(as),
    controlCase: {
      what: "any user with the application's group",
      success: /^opened$/m,
      attempt: open("--reuid=12345 --regid=$(stat --format=%g " + folder + ")"),
    },
  };
}

/** A node forwards nothing at all. */
function onNode(what: string, host: string, port: number): Attack {
  const connect = (prefix: string) => (scene: Scene) =>
    scene.node.exec(["bash", "-c", `${prefix} ${connected([host, port])}`]).then(said);
  return {
    who: "a container",
    from: "the node",
    what,
    refusal: /no answer/,
    attempt: connect(inside),
    controlCase: { what: "root, in no container", success: /^opened$/m, attempt: connect("") },
  };
}

function connected([host, port]: readonly [string, number]): string {
  return `timeout 10 bash -c 'exec 3<>/dev/tcp/${host}/${port} && echo opened'`;
}

async function bash(host: Host, lines: string): Promise<void> {
  const { exitCode, stderr } = await host.exec(["timeout", "60", "bash", "-c", lines]);
  if (exitCode !== 0) throw new Error(`The container on ${host.name} was not set up, or taken down: ${stderr}`);
}
