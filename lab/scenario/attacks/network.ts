import { redisPort, sshPort } from "../../../src/plan/ports.js";
import type { ExecResult } from "../../hosts/index.js";
import { said, type Attack, type AttackSuite } from "../attack.js";
import type { Scene } from "../scene.js";

type Place = "bastion" | "neighbour" | "appHost" | "node";

const attackers: Readonly<Record<Place, { who: string; from: string }>> = {
  bastion: { who: "a stranger", from: "the bastion subnet" },
  neighbour: { who: "a stranger", from: "the app subnet" },
  appHost: { who: "root", from: "the app host" },
  node: { who: "root", from: "the node" },
};

/** As fast as a machine of the lab drops packets: 65,535 ports in seven seconds. */
const inHaste = ["-n", "-Pn", "-T5", "--min-rate", "20000"];
const allTcp = ["-sS", "--max-retries", "1", "-p-"];
const allUdp = ["-sU", "--max-retries", "0", "-p-"];
/** One port is asked for three seconds: on a busy machine an answer comes late. */
const oneTcp = ["-sS", "--max-retries", "10", "-p"];
const oneUdp = ["-sU", "--max-retries", "10", "-p"];

const names = { node: "node", appHost: "app host" } as const;

/** Who is in the network and looks for a port that answers. */
export const network: AttackSuite = {
  title: "Network",
  dependsOn: [],
  attacks: [
    portScan("bastion", redisPort, sshPort),
    portScan("neighbour", sshPort, redisPort),
    portScan("appHost", sshPort, redisPort),
    tcpScan("bastion", sshPort),
    tcpScan("neighbour", redisPort),
    tcpScan("appHost", redisPort),
    answersScan("neighbour", redisPort),
    answersScan("bastion", sshPort),
    udpScan("bastion", "node"),
    udpScan("neighbour", "node"),
    shutScan("bastion", "appHost"),
    shutScan("neighbour", "appHost"),
    shutScan("node", "appHost"),
    udpScan("neighbour", "appHost"),
    spoofed(),
  ],
};

/** Runs this machine's nmap in the network of a host or probe. */
async function nmap(scene: Scene, place: Place, options: readonly string[]): Promise<string> {
  const command = ["nmap", ...inHaste, ...options];
  const more = { timeoutMs: 300_000 };
  const run = (): Promise<ExecResult> => {
    if (place === "bastion" || place === "neighbour") return scene[place].exec(command, more);
    return scene[place].execFromOutside(command, more);
  };
  return said(await run());
}

function portScan(from: Place, port: number, open: number): Attack {
  const at = (scene: Scene, one: number): Promise<string> =>
    nmap(scene, from, [...oneTcp, String(one), scene.node.privateIp]);
  return {
    ...attackers[from],
    what: `open port ${port} of the node`,
    refusal: /\d+\/tcp +filtered/,
    attempt: (scene) => at(scene, port),
    controlCase: { what: `port ${open}`, success: /\d+\/tcp +open/, attempt: (scene) => at(scene, open) },
  };
}

/** Every port but the one that is theirs. */
function tcpScan(from: Place, open: number): Attack {
  const ports = (scene: Scene, ...which: string[]): Promise<string> =>
    nmap(scene, from, [...which, scene.node.privateIp]);
  return {
    ...attackers[from],
    what: `scan all TCP ports of the node but ${open}`,
    refusal: /65534 filtered tcp ports \(no-response\)/,
    slow: true,
    attempt: (scene) => ports(scene, ...allTcp, "--exclude-ports", String(open)),
    controlCase: {
      what: `port ${open}`,
      success: /\d+\/tcp +open/,
      attempt: (scene) => ports(scene, ...oneTcp, String(open)),
    },
  };
}

/** A network ACL keeps no state: what looks like an answer to the node is held by the security group. */
function answersScan(from: "neighbour" | "bastion", open: number): Attack {
  const ports = (scene: Scene, ...options: string[]): Promise<string> =>
    nmap(scene, from, ["-g", "443", ...options, scene.node.privateIp]);
  return {
    ...attackers[from],
    what: "scan all TCP ports of the node from port 443, as answers would come",
    refusal: /65534 filtered tcp ports \(no-response\)/,
    slow: true,
    attempt: (scene) => ports(scene, ...allTcp, "--exclude-ports", String(open)),
    controlCase: {
      what: `port ${open}, from port 443`,
      success: /\d+\/tcp +open/,
      attempt: (scene) => ports(scene, ...oneTcp, String(open)),
    },
  };
}

/** No port of UDP is anybody's; where one answers, the same scan shows it. */
function udpScan(from: Place, at: "node" | "appHost"): Attack {
  return {
    ...attackers[from],
    what: `scan all UDP ports of the ${names[at]}`,
    refusal: /65535 open\|filtered udp ports \(no-response\)/,
    slow: true,
    attempt: (scene) => nmap(scene, from, [...allUdp, scene[at].privateIp]),
    controlCase: {
      what: "port 53 of Amazon's resolver",
      success: /53\/udp open /,
      attempt: (scene) => nmap(scene, from, [...oneUdp, "53", "169.254.169.253"]),
    },
  };
}

/** Nobody has anything to look for on an app host; its own network shows that something listens. */
function shutScan(from: Place, at: "appHost"): Attack {
  return {
    ...attackers[from],
    what: "scan all TCP ports of the app host",
    refusal: /65535 filtered tcp ports \(no-response\)/,
    slow: true,
    attempt: (scene) => nmap(scene, from, [...allTcp, scene[at].privateIp]),
    controlCase: {
      what: "the app host itself",
      success: /22\/tcp +open/,
      attempt: (scene) => nmap(scene, at, [...oneTcp, "22", scene[at].privateIp]),
    },
  };
}

/** What comes of a packet with another machine's address is counted where it would arrive. */
function spoofed(): Attack {
  const send = async (scene: Scene, options: (scene: Scene) => readonly string[]): Promise<string> => {
    const { node } = scene;
    const watch = `table ip watch { chain input { type filter hook prerouting priority raw; tcp dport ${redisPort} tcp sport 1999 counter accept; }; }`;
    const nft = (...command: string[]): Promise<ExecResult> => node.exec(["nft", ...command]);
    await node.exec(["nft", "--file", "/dev/stdin"], { input: `${watch}\n` });
    try {
      const packet = ["-e", "eth0", "-g", "1999", ...oneTcp, String(redisPort), node.privateIp];
      await nmap(scene, "neighbour", [...options(scene), ...packet]);
      return /counter packets \d+/.exec((await nft("list", "table", "ip", "watch")).stdout)?.[0] ?? "no counter";
    } finally {
      await nft("delete", "table", "ip", "watch");
    }
  };
  return {
    ...attackers.neighbour,
    what: "call port 6379 with the app host's address as its own",
    refusal: /counter packets 0/,
    attempt: (scene) => send(scene, ({ appHost }) => ["-S", appHost.privateIp]),
    controlCase: {
      what: "its own address",
      success: /counter packets [1-9]\d*/,
      attempt: (scene) => send(scene, () => []),
    },
  };
}
