import { redisPort } from "../../../src/plan/ports.js";
import { said, type Attack, type Step, type Theme } from "../attack.js";
import type { Scene } from "../scene.js";
import { ownCertificate } from "../tls.js";

/** Where a server of openssl's own listens on the app host, with the same certificate, that resumes what it can. */
const resumingPort = 7100;
const session = "/run/attack-session";
const ping = "(printf 'PING\\r\\nQUIT\\r\\n'; sleep 0.3)";

/** Who was let in once, and comes again by what is left of that time. */
export const resumption: Theme = {
  title: "Resumed sessions",
  dependsOn: ["tunnel"],
  inTurn: true,
  open: openResumingServer,
  attacks: [
    resuming("resume the session of an earlier visit", ownCertificate, [], {
      ...{ refusal: /no session was given|New, TLSv1\.3/, success: /Reused, TLSv1\.3/ },
    }),
    resuming("resume a session that another server gave, without the certificate", [], [], {
      ...{
        refusal: /alert certificate required/,
        success: /Reused, TLSv1\.3/,
        from: "resuming",
        listens: true,
      },
    }),
    resuming("send a command as early data (0-RTT)", [], ["-early_data", "/run/attack-early"], {
      ...{
        refusal: /Early data was (not sent|rejected)/,
        success: /Early data was accepted/,
        from: "resuming",
      },
    }),
  ],
};

interface Outcome {
  readonly refusal: RegExp;
  readonly success: RegExp;
  /** Whose session is shown: by default of the server that is called. */
  readonly from?: "resuming";
  /** Only listens where it is refused, for the reason that `tlsListen` names. */
  readonly listens?: true;
}

function resuming(
  what: string,
  identity: readonly string[],
  options: readonly string[],
  { refusal, success, from, listens }: Outcome,
): Attack {
  const visit =
    (server: (scene: Scene) => string, giver: (scene: Scene) => string, says: string): Step =>
    async (scene) => {
      const client = (to: string, ...more: readonly string[]): string =>
        `timeout 8 openssl s_client -ign_eof -tls1_3 -connect ${to} ${more.join(" ")} 2>&1`;
      const first = `${ping} | ${client(giver(scene), ...ownCertificate, "-sess_out", session)}`;
      const again = `${says} | ${client(server(scene), ...identity, ...options, "-sess_in", session)}`;
      const script = `rm -f ${session}; ${first} >/dev/null; [ -s ${session} ] || { echo no session was given; exit; }; ${again}`;
      return said(await scene.appHost.exec(["bash", "-c", script], { timeoutMs: 20_000 }));
    };
  const cache = ({ node }: Scene): string => `${node.privateIp}:${redisPort}`;
  const other = (): string => `127.0.0.1:${resumingPort}`;
  return {
    ...{ who: "root", from: "the app host", what, refusal },
    attempt: visit(cache, from === "resuming" ? other : cache, listens === true ? ":" : ping),
    control: { what: "a server that resumes sessions", success, attempt: visit(other, other, ping) },
  };
}

async function openResumingServer({ appHost }: Scene): Promise<() => Promise<void>> {
  const unit = "resuming-server";
  const options = [
    "-quiet",
    "-accept",
    `127.0.0.1:${resumingPort}`,
    "-tls1_3",
    "-early_data",
    "-no_anti_replay",
  ];
  const server = ["openssl", "s_server", ...options, ...ownCertificate];
  await appHost.exec([
    "systemd-run",
    "--quiet",
    "--collect",
    `--unit=${unit}`,
    "--property=StandardInput=null",
    ...server,
  ]);
  const ready = `printf 'PING\\r\\nQUIT\\r\\n' >/run/attack-early; until ss -Hltn sport = :${resumingPort} | grep -q .; do sleep 0.1; done`;
  await appHost.exec(["timeout", "20", "sh", "-c", ready]);
  return async () => {
    await appHost.exec(["systemctl", "stop", unit]);
    await appHost.exec(["rm", "-f", session, "/run/attack-early"]);
  };
}
