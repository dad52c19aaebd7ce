import { redisPort } from "../../../src/plan/ports.js";
import { said, type Attack } from "../attack.js";
import type { Scene } from "../scene.js";

/** Who waits for the host's owner to use Debian's own firewall unit, whose file begins with `flush ruleset`. */
export const flushedWall: Attack = {
  who: "the Unix user nobody",
  from: "the app host",
  what: "open the tunnel each time that nftables.service has flushed all rules",
  refusal: /flushed 4 times: refused 4 times/,
  attempt: (scene) => openAfterEach(scene, "nobody"),
  controlCase: {
    what: "the application's user",
    success: /flushed 4 times: open 4 times/,
    attempt: (scene) => openAfterEach(scene, "web"),
  },
};

/** As the unit is started, reloaded, restarted and stopped. A table of another's shows that it did flush. */
async function openAfterEach({ appHost }: Scene, user: string): Promise<string> {
  const call = `exec 3<>/dev/tcp/127.0.0.1/${redisPort} && echo open`;
  const script = [
    "flushed=0 open=0 refused=0",
    "for verb in start reload restart stop; do",
    "  nft add table inet witness; systemctl $verb nftables",
    "  nft list table inet witness >/dev/null 2>&1 || flushed=$((flushed + 1))",
    `  case $(setpriv --reuid=${user} --regid=$(id -g ${user}) --clear-groups timeout 10 bash -c '${call}' 2>&1) in`,
    "  open) open=$((open + 1)) ;;",
    "  *'Connection refused') refused=$((refused + 1)) ;;",
    "  esac",
    "done",
    'echo "flushed $flushed times: refused $refused times"; echo "flushed $flushed times: open $open times"',
  ];
  return said(await appHost.exec(["bash", "-c", script.join("\n")], { timeoutMs: 120_000 }));
}
