import { unitNames } from "../../../src/host/units.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { engineProgram, engines } from "../../../src/plan/engine.js";
import { debianAddress, resolverAddress } from "../../hosts/network/facts.js";
import { randomUUID } from "node:crypto";
import type { Host } from "../../hosts/index.js";
import { said, type Attack, type AttackSuite } from "../attack.js";
import { insideUnit } from "../insideUnit.js";
import { markJournal, syncJournals } from "../journal.js";
import type { Scene } from "../scene.js";
import { metadataToken } from "./appHost.js";

/** A place where a program runs that somebody has taken over by a fault in it. */
interface Place {
  readonly who: string;
  readonly from: string;
  readonly host: "node" | "appHost";
  readonly unit: string;
}

const redis: Place = { who: "Redis, taken over,", from: "the node", host: "node", unit: unitNames.redis };
const tunnel: Place = {
  who: "the tunnel, taken over,",
  from: "the node",
  host: "node",
  unit: unitNames.tunnel,
};
const clientTunnel: Place = { ...tunnel, from: "the app host", host: "appHost" };

const denied = /Permission denied/;
const shut = /Read-only file system|Permission denied/;
/** As Debian's package of a node's engine made it: its account's. */
const folderOfRedis = `"$(getent passwd ${engines.map((one) => engineProgram(one).account).join(" ")} | cut -d: -f6)"`;
const userData = "/var/lib/cloud/instance/user-data.txt";

/** But where it says that it is ready, and where journald takes what it says. */
const findSockets =
  "find /run -type s ! -path '/run/hipaa-redis/*' ! -path /run/systemd/notify ! -path '/run/systemd/journal/*' 2>/dev/null | grep . || echo none";

/** What a program on the hosts can do once an attacker runs in it, with its rights and in its sandbox. */
export const takenOver: AttackSuite = {
  title: "Programs that are taken over",
  dependsOn: [],
  attacks: [
    inside(redis, "connect to the network", {
      command: connecting(resolverAddress, 53),
      success: /connected/,
      refusal: /Address family not supported by protocol/,
    }),
    inside(redis, "read the tunnel's private key", reading(hostPaths.privateKey)),
    inside(redis, "read the user data", reading(userData)),
    ...["/etc", "/var/tmp", "/var/log"].map((folder) =>
      inside(redis, `write to the disk at ${folder}`, writing(folder)),
    ),
    inside(redis, "write to the disk at its account's own folder", writing(folderOfRedis)),
    inside(redis, "write a core dump", {
      command: "ulimit -c unlimited; ulimit -c",
      success: /unlimited/,
      refusal: /core file size: cannot modify limit/,
    }),
    inside(redis, "become root by a setuid program", {
      command: "sudo -n id -un",
      success: /^root$/m,
      refusal: /no new privileges/,
    }),
    inside(redis, "become root in a namespace of its own", {
      command: "unshare --user --map-root-user id -un",
      success: /^root$/m,
      refusal: /unshare failed: Operation not permitted/,
    }),
    ...[redis, tunnel, clientTunnel].flatMap((place) => [
      inside(place, "find a socket of the system's", {
        command: findSockets,
        success: /system_bus_socket/,
        refusal: /^none$/m,
      }),
      writingToJournal(place, "write a line of sudo's into the host's own journal", inHostsJournal),
    ]),
    writingToJournal(redis, "have the journal write it to the disk", onDisk),
    inside(clientTunnel, "ask a resolver on the host's loopback", {
      command: "echo data >/dev/udp/127.0.0.53/53 && echo sent",
      success: /^sent$/m,
      refusal: /Operation not permitted|Connection refused/,
    }),
    inside(tunnel, "read the passwords' hashes", reading(hostPaths.redisUsers)),
    inside(tunnel, "read the secret names of CONFIG and ACL", reading(hostPaths.redisCommands)),
    inside(tunnel, "read the user data", reading(userData)),
    inside(tunnel, "ask the metadata service for a token", metadataToken),
    inside(tunnel, "send data out over HTTPS", {
      command: connecting(debianAddress, 443),
      success: /connected/,
      refusal: /Connection refused/,
    }),
    inside(tunnel, "send data out in names that it asks DNS for", {
      // 2: there is none; one that waited in vain ends with 124.
      command: "timeout 15 getent ahostsv4 deb.debian.org; [ $? != 2 ] || echo no address",
      success: /STREAM/,
      refusal: /no address/,
    }),
    inside(tunnel, "write to the disk", writing("/var/tmp")),
    inside(tunnel, "stop Redis", {
      command: "pid=$(pgrep -ox '(redis|valkey)-server') || echo no such process; kill -0 $pid && echo may signal it",
      refusal: /no such process/,
      success: /may signal it/,
    }),
    inside(clientTunnel, "read the password", reading(hostPaths.password)),
    inside(clientTunnel, "read the application's folder", reading(hostPaths.clientPassword)),
    inside(clientTunnel, "write to the application's folder", writing(hostPaths.clientFolder)),
    inside(clientTunnel, "ask the metadata service for a token", metadataToken),
    inside(clientTunnel, "read the user data", reading(userData)),
    inside(clientTunnel, "write to the disk", writing("/var/tmp")),
    inside(clientTunnel, "change its own key", {
      command: `: >>${hostPaths.privateKey} && echo changed`,
      success: /changed/,
      refusal: shut,
    }),
  ],
};

interface Deed {
  readonly command: string;
  readonly refusal: RegExp;
  readonly success: RegExp;
}

function inside(place: Place, what: string, { command, refusal, success }: Deed): Attack {
  const { who, from, host, unit } = place;
  return {
    who,
    from,
    what,
    refusal,
    dependsOn: place === redis ? [] : ["tunnel"],
    attempt: async (scene) => said(await insideUnit(scene[host], unit, command)),
    controlCase: {
      what: "root, outside the sandbox",
      success,
      attempt: async (scene: Scene) => said(await scene[host].exec(["bash", "-c", command])),
    },
  };
}

type Search = (host: Host, word: string) => Promise<() => Promise<boolean>>;

/** The name that a line gives itself is its writer's own choice. */
function writingToJournal(place: Place, what: string, search: Search): Attack {
  const { who, from, host, unit } = place;
  const writing =
    (write: (host: Host, command: string) => Promise<unknown>) =>
    async (scene: Scene): Promise<string> => {
      const word = `forged-${randomUUID()}`;
      const found = await search(scene[host], word);
      await write(scene[host], `logger --tag sudo ${word}`);
      await syncJournals(scene[host]);
      return (await found()) ? "it is there" : "it is not there";
    };
  return {
    who,
    from,
    what,
    refusal: /it is not there/,
    dependsOn: place === redis ? [] : ["tunnel"],
    attempt: writing((there, command) => insideUnit(there, unit, command)),
    controlCase: {
      what: "root, outside the sandbox",
      success: /it is there/,
      attempt: writing((there, command) => there.exec(["bash", "-c", command])),
    },
  };
}

async function inHostsJournal(host: Host, word: string): Promise<() => Promise<boolean>> {
  const told = await markJournal(host, "the host's");
  return async () => (await told()).includes(word);
}

function onDisk(host: Host, word: string): Promise<() => Promise<boolean>> {
  const search = ["grep", "--recursive", "--text", "--quiet", word, "/var/log"];
  return Promise.resolve(async () => (await host.exec(search)).exitCode === 0);
}

function reading(path: string): Deed {
  return { command: `head -c 100 ${path} | wc -c`, refusal: denied, success: /^[1-9]\d*$/m };
}

function writing(folder: string): Deed {
  const file = `${folder}/left-behind`;
  return {
    command: `mkdir -p ${folder} && echo data >${file} && rm ${file} && echo written`,
    success: /written/,
    refusal: shut,
  };
}

function connecting(host: string, port: number): string {
  return `timeout 15 bash -c 'exec 3<>/dev/tcp/${host}/${port}' && echo connected || [ $? != 124 ] || echo no answer`;
}
