import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { unitNames } from "../../../src/host/units.js";
import { redisPort } from "../../../src/plan/ports.js";
import { said, type Attack } from "../attack.js";
import type { Scene } from "../scene.js";

/** A server in a few words, as perl-base has it. */
const server = `perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => ${redisPort}, Listen => 5, ReuseAddr => 1) or die "$@\\n"; while ($c = $s->accept) { print $c "it is me\\r\\n"; close $c }'`;

/** Who takes the tunnel's port in the moment in which the tunnel is away, and waits for the password to come. */
export const impostor: Attack = {
  ...{
    who: "the Unix user nobody",
    from: "the app host",
    what: "answer on the tunnel's port while it restarts",
  },
  refusal: /no answer/,
  attempt: (scene) => answerAs(scene, "nobody", 3),
  control: {
    ...{ what: "the tunnel's own account", success: /it is me/ },
    attempt: (scene) => answerAs(scene, tunnelProgram(scene.engine).account, 20),
  },
};

async function answerAs({ appHost }: Scene, user: string, seconds: number): Promise<string> {
  const as = (name: string): string => `setpriv --reuid=${name} --regid=$(id -g ${name}) --clear-groups`;
  const listens = `ss -Hltn sport = :${redisPort} | grep -q .`;
  const script = [
    `systemctl stop ${unitNames.tunnel}`,
    `trap 'kill $!; wait $!; systemctl start ${unitNames.tunnel}; timeout 20 sh -c "until ${listens}; do sleep 0.1; done"' EXIT`,
    `${as(user)} ${server} >/dev/null & timeout 10 sh -c "until ${listens}; do sleep 0.1; done"`,
    `${as("web")} timeout ${seconds} bash -c 'exec 3<>/dev/tcp/127.0.0.1/${redisPort}; head -n 1 <&3' || echo no answer`,
  ];
  return said(await appHost.exec(["bash", "-c", script.join("\n")], { timeoutMs: 60_000 }));
}
