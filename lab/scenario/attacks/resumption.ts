import { redisPort } from "../../../src/plan/ports.js";
import { said, type Attack, type Step, type AttackSuite } from "../attack.js";
import { listens } from "../listens.js";
import type { Scene } from "../scene.js";
import { ownCertificate } from "../tls.js";

/** Where a server of openssl's own listens on the app host, with the same certificate, that resumes what it can. */
const resumingPort = 7100;
const session = "/run/attack-session";
/** PING and QUIT, behind which Redis closes. */
const ping = "/run/attack-ping";

/** One visit of openssl's client, until the other side ends it or a line comes that matches $1; it sends the file $2. */
const visitOnce = `visit() {
  local ends=$1 input=$2 client line; shift 2
  exec 4< <(exec timeout 60 openssl s_client -ign_eof -tls1_3 "$@" <"$input" 2>&1); client=$!
  while IFS= read -r line <&4; do printf '%s\\n' "$line"; [[ -z $ends || ! $line =~ $ends ]] || break; done
  exec 4<&-; kill $client 2>/dev/null; wait $client 2>/dev/null
}`;
/** The server of openssl's own does not end a visit: it is over when what it was for has come. */
const ticket = "Post-Handshake New Session Ticket";
const shaken = "Verify return code";

/** Who was let in once, and comes again by what is left of that time. */
export const resumption: AttackSuite = {
  title: "Resumed sessions",
  dependsOn: ["tunnel"],
  inTurn: true,
  open: openResumingServer,
  attacks: [
    resuming("resume the session of an earlier visit", ownCertificate, [], {
      refusal: /no session was given|New, TLSv1\.3/,
      success: /Reused, TLSv1\.3/,
    }),
    resuming("resume a session that another server gave, without the certificate", [], [], {
      refusal: /alert certificate required/,
      success: /Reused, TLSv1\.3/,
      from: "resuming",
      listens: true,
    }),
    resuming("send a command as early data (0-RTT)", [], ["-early_data", ping], {
      refusal: /Early data was (not sent|rejected)/,
      success: /Early data was accepted/,
      from: "resuming",
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
      const client = (to: string, end: string, input: string, ...more: readonly string[]): string =>
        `visit '${to === other() ? end : ""}' ${input} -connect ${to} ${more.join(" ")}`;
      const script = [
        visitOnce,
        `rm -f ${session}`,
        `${client(giver(scene), ticket, ping, ...ownCertificate, "-sess_out", session)} >/dev/null`,
        `[ -s ${session} ] || { echo no session was given; exit; }`,
        client(server(scene), shaken, says, ...identity, ...options, "-sess_in", session),
      ];
      return said(await scene.appHost.exec(["bash", "-c", script.join("\n")], { timeoutMs: 150_000 }));
    };
  const cache = ({ node }: Scene): string => `${node.privateIp}:${redisPort}`;
  const other = (): string => `127.0.0.1:${resumingPort}`;
  return {
    who: "root",
    from: "the app host",
    what,
    refusal,
    attempt: visit(cache, from === "resuming" ? other : cache, listens === true ? "/dev/null" : ping),
    controlCase: { what: "a server that resumes sessions", success, attempt: visit(other, other, ping) },
  };
}

async function openResumingServer({ appHost }: Scene): Promise<() => Promise<void>> {
  const unit = "resuming-server";
  const options = ["-quiet", "-accept", `127.0.0.1:${resumingPort}`, "-tls1_3", "-early_data", "-no_anti_replay"];
  const server = ["openssl", "s_server", ...options, ...ownCertificate];
  await appHost.exec([
    "systemd-run",
    "--quiet",
    "--collect",
    `--unit=${unit}`,
    "--property=StandardInput=null",
    ...server,
  ]);
  await appHost.exec(["sh", "-c", `printf 'PING\\r\\nQUIT\\r\\n' >${ping}`]);
  await listens(appHost, resumingPort);
  return async () => {
    await appHost.exec(["systemctl", "stop", unit]);
    await appHost.exec(["rm", "-f", session, ping]);
  };
}
