import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { unitNames } from "../../../src/host/units.js";
import { redisPort } from "../../../src/plan/ports.js";
import { said, type Attack } from "../attack.js";
import { waitUntilListens } from "../listens.js";
import type { Scene } from "../scene.js";

/** A server in a few words, as perl-base has it. */
const server = `perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => ${redisPort}, Listen => 5, ReuseAddr => 1) or die "$@\\n"; while ($c = $s->accept) { print $c "it is me\\r\\n"; close $c }'`;

/** Counts what is sent from the port, on its way to the host's own firewall and behind it. */
const watch = `table inet watch { ${["-10", "10"]
  .map((priority, index) => {
    const hook = `type filter hook output priority ${priority};`;
    return `chain ${["sent", "passed"][index] ?? ""} { ${hook} ip saddr 127.0.0.0/8 tcp sport ${redisPort} counter; }`;
  })
  .join("; ")}; }`;

/** Who takes the tunnel's port in the moment in which the tunnel is away, and waits for the password to come. */
export const impostor: Attack = {
  ...{
    who: "the Unix user nobody",
    from: "the app host",
    what: "answer on the tunnel's port while it restarts",
  },
  refusal: /all that it sent was dropped/,
  attempt: (scene) => answerAs(scene, "nobody"),
  control: {
    ...{ what: "the tunnel's own account", success: /it is me/ },
    attempt: (scene) => answerAs(scene, tunnelProgram(scene.engine).account),
  },
};

/** Until the caller has its answer, or two packets of the server's have gone the way of the first. */
async function answerAs({ appHost }: Scene, user: string): Promise<string> {
  const as = (name: string): string => `setpriv --reuid=${name} --regid=$(id -g ${name}) --clear-groups`;
  const listening = waitUntilListens(redisPort);
  const script = [
    `systemctl stop ${unitNames.tunnel}`,
    `comes_back() { systemctl start ${unitNames.tunnel}; ${listening}; }`,
    `trap 'kill $caller $server; wait $server; nft delete table inet watch; comes_back' EXIT`,
    `nft '${watch}'`,
    `count() { nft list chain inet watch $1 | sed -n 's/.*counter packets \\([0-9]*\\).*/\\1/p'; }`,
    `${as(user)} ${server} >/dev/null & server=$!; ${listening}`,
    `${as("web")} bash -c 'exec 3<>/dev/tcp/127.0.0.1/${redisPort}; head -n 1 <&3' & caller=$!`,
    `while kill -0 $caller 2>/dev/null; do [ $(count sent) -lt 2 ] || [ $(count passed) != 0 ] || { echo all that it sent was dropped; exit; }; sleep 0.1; done`,
  ];
  return said(await appHost.exec(["bash", "-c", script.join("\n")], { timeoutMs: 120_000 }));
}
