import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { unitNames } from "../../../src/host/units.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { redisPort } from "../../../src/plan/ports.js";
import type { Host } from "../../hosts/index.js";
import { said, type Attack } from "../attack.js";
import { waitUntilListens } from "../listens.js";
import type { Scene } from "../scene.js";

/** Takes a port of the loopback, as perl-base can, or says why not. */
const take = (port: number, address = "127.0.0.1"): string =>
  `$s = IO::Socket::INET->new(LocalAddr => "${address}", LocalPort => ${port}, Listen => 5, ReuseAddr => 1) or die "$@\\n"`;

/** A server in a few words. */
const server = (address: string, port: number): string =>
  `perl -MIO::Socket::INET -e '${take(port, address)}; while ($c = $s->accept) { print $c "it is me\\r\\n"; close $c }'`;

/** Counts what is sent from the port, on its way to the host's own firewall and behind it, but for the kernel's word that nobody listens. */
const watch = (address: string, port: number): string =>
  `table inet watch { ${["-10", "10"]
    .map((priority, index) => {
      const hook = `type filter hook output priority ${priority};`;
      return `chain ${["sent", "passed"][index] ?? ""} { ${hook} ip saddr ${address} tcp sport ${port} tcp flags & rst == 0 counter; }`;
    })
    .join("; ")}; }`;

/** Who takes the tunnel's port in the moment in which the tunnel is away: it could not come back. */
export const squatter: Attack = {
  who: "the Unix user nobody",
  from: "the app host",
  what: "take the tunnel's port while it restarts",
  refusal: /Address already in use/,
  attempt: (scene) => takeMeanwhile(scene, redisPort),
  controlCase: {
    what: "a port that is nobody's",
    success: /taken/,
    attempt: (scene) => takeMeanwhile(scene, freePort),
  },
};

const freePort = 6391;

async function takeMeanwhile({ appHost }: Scene, port: number): Promise<string> {
  const script = [
    `systemctl stop ${unitNames.tunnel}`,
    `trap 'systemctl start ${unitNames.tunnel}' EXIT`,
    `setpriv --reuid=nobody --regid=nogroup --clear-groups perl -MIO::Socket::INET -e '${take(port)}; print "taken\\n"'`,
  ];
  return said(await appHost.exec(["bash", "-c", script.join("\n")], { timeoutMs: 120_000 }));
}

/** Binds a socket beside the tunnel's and moves it over that; the tunnel's own is kept, and put back at once. */
const replaceSocket = `python3 - <<'PROGRAM'
import os, socket
place, own, kept = ("${hostPaths.clientSocket}" + end for end in ("", ".own", ".kept"))
socket.socket(socket.AF_UNIX).bind(own)
os.link(place, kept)
os.rename(own, place)
print("replaced")
os.rename(kept, place)
PROGRAM`;

/** The application's own user gets into the folder: more than anybody else who is not root. */
export const socketSquatter: Attack = {
  who: "the Unix user web",
  from: "the app host",
  what: "put a socket of its own in the place of the tunnel's while it restarts",
  refusal: /Permission denied/,
  attempt: (scene) => replaceMeanwhile(scene, "web"),
  controlCase: {
    what: "as root",
    success: /replaced/,
    attempt: (scene) => replaceMeanwhile(scene, "root"),
  },
};

async function replaceMeanwhile({ appHost }: Scene, user: string): Promise<string> {
  const script = [
    `systemctl stop ${unitNames.tunnel}`,
    `trap 'systemctl start ${unitNames.tunnel}' EXIT`,
    `setpriv --reuid=${user} --regid=$(id -g ${user}) --clear-groups ${replaceSocket}`,
  ];
  return said(await appHost.exec(["bash", "-c", script.join("\n")], { timeoutMs: 120_000 }));
}

/** And waits for the password to come, where the port is not even systemd's. */
export const impostor: Attack = {
  who: "the Unix user nobody",
  from: "the app host",
  what: "answer on the tunnel's port, of which systemd has let go",
  refusal: /all that it sent was dropped/,
  attempt: (scene) => answerAs(scene, "nobody"),
  controlCase: {
    what: "the tunnel's own account",
    success: /it is me/,
    attempt: (scene) => answerAs(scene, tunnelProgram(scene.choice.tunnel).account),
  },
};

async function answerAs({ appHost }: Scene, user: string): Promise<string> {
  const units = [unitNames.port, unitNames.tunnel];
  return answerInPlace(appHost, { address: "127.0.0.1", port: redisPort, units, user, caller: "web" });
}

/** Where somebody listens in place of the tunnel. */
export interface InPlace {
  readonly address: string;
  readonly port: number;
  /** What is stopped meanwhile, in the order in which it comes back. */
  readonly units: readonly string[];
  /** Who listens, and who calls. */
  readonly user: string;
  readonly caller: string;
}

/** Until the caller has its answer, or two packets of the server's have gone the way of the first. */
export async function answerInPlace(host: Host, { address, port, units, user, caller }: InPlace): Promise<string> {
  const as = (name: string): string => `setpriv --reuid=${name} --regid=$(id -g ${name}) --clear-groups`;
  const listening = waitUntilListens(port, address);
  const script = [
    `systemctl stop ${units.join(" ")}`,
    `comes_back() { systemctl start ${units.join(" ")}; ${listening}; }`,
    `trap 'kill $caller $server; wait $server; nft delete table inet watch; comes_back' EXIT`,
    `nft '${watch(address, port)}'`,
    `count() { nft list chain inet watch $1 | sed -n 's/.*counter packets \\([0-9]*\\).*/\\1/p'; }`,
    `${as(user)} ${server(address, port)} >/dev/null & server=$!; ${listening}`,
    `${as(caller)} bash -c 'exec 3<>/dev/tcp/${address}/${port}; head -n 1 <&3' & caller=$!`,
    `while kill -0 $caller 2>/dev/null; do [ $(count sent) -lt 2 ] || [ $(count passed) != 0 ] || { echo all that it sent was dropped; exit; }; sleep 0.1; done`,
  ];
  return said(await host.exec(["bash", "-c", script.join("\n")], { timeoutMs: 120_000 }));
}
