import { redisPort } from "../../../src/plan/ports.js";
import { nothing, said, type Attack, type ControlCase, type AttackSuite } from "../attack.js";
import type { Scene } from "../scene.js";
import { ownCertificate, tlsListen, tlsPing } from "../tls.js";
import { withTheClientsCertificate } from "./certificates.js";

const anyCipher = ["-cipher", "ALL:@SECLEVEL=0"];
const overTls: ControlCase = { ...withTheClientsCertificate, what: "the same over TLS with the certificate" };

/** Who speaks something else than TLS 1.3, with the right certificate where there is one to show. */
export const protocol: AttackSuite = {
  title: "Protocol",
  dependsOn: ["tunnel"],
  attacks: [
    ...["PING\\r\\n", "GET / HTTP/1.0\\r\\n\\r\\n", "PROXY TCP4 10.0.16.4 10.0.0.100 5000 6379\\r\\nPING\\r\\n"].map(
      plaintext,
    ),
    noise(),
    old("TLS 1.0", ["-tls1", ...anyCipher]),
    old("TLS 1.1", ["-tls1_1", ...anyCipher]),
    old("TLS 1.2", ["-tls1_2"]),
    old("TLS 1.2 with CBC", ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-SHA384:ECDHE-ECDSA-AES128-SHA"]),
    old("TLS 1.2 without encryption", ["-tls1_2", "-cipher", "eNULL:aNULL:@SECLEVEL=0"]),
    renegotiation(),
    weak("TLS 1.3 with a short authentication tag", ["-ciphersuites", "TLS_AES_128_CCM_8_SHA256", ...anyCipher]),
    weak("TLS 1.3 with a cipher suite that is not on the list", ["-ciphersuites", "TLS_AES_128_CCM_SHA256"]),
    sharedKey(),
  ],
};

function plaintext(text: string): Attack {
  return {
    who: "a stranger",
    from: "the app subnet",
    what: `plain text: ${text.split("\\r")[0] ?? ""}`,
    refusal: /nothing, and the end of the connection/,
    attempt: (scene) => raw(scene, `printf '${text}'`),
    controlCase: overTls,
  };
}

function noise(): Attack {
  return {
    who: "a stranger",
    from: "the app subnet",
    what: "64 KiB of noise",
    refusal: /nothing, and the end of the connection/,
    attempt: (scene) => raw(scene, "head -c 65536 /dev/urandom"),
    controlCase: overTls,
  };
}

/** Sends what a command prints and returns the text that comes back, which an alert of TLS is not. */
async function raw({ neighbour, node }: Scene, command: string): Promise<string> {
  const script = `set -o pipefail; exec 3<>/dev/tcp/${node.privateIp}/${redisPort} || exit; ${command} >&3; timeout 40 cat <&3 | tr -cd '[:print:]'`;
  const result = await neighbour.exec(["bash", "-c", script]);
  const { exitCode, stdout, stderr } = result;
  // Silence is no end of the connection.
  if (exitCode === 124 || exitCode === 137) return said(result);
  const ended = stderr.replace(/.*(Connection reset by peer|Broken pipe)/g, "").trim();
  return stdout + ended === "" ? nothing : stdout + ended;
}

function old(what: string, options: readonly string[]): Attack {
  return asTheClient(what, /alert protocol version/, options);
}

function weak(what: string, options: readonly string[]): Attack {
  return asTheClient(what, /alert handshake failure/, options);
}

function asTheClient(what: string, refusal: RegExp, options: readonly string[]): Attack {
  return {
    who: "root",
    from: "the app host",
    what: `${what}, with the client's certificate`,
    refusal,
    attempt: async ({ appHost, node }) => said(await tlsPing(appHost, node.privateIp, [...ownCertificate, ...options])),
    controlCase: { ...withTheClientsCertificate, what: "TLS 1.3 as openssl offers it" },
  };
}

/** TLS 1.3 has none; s_client renegotiates at a line with an R. */
function renegotiation(): Attack {
  const attack = asTheClient("renegotiate (TLS 1.2 is the last to have it)", /alert protocol version/, []);
  return {
    ...attack,
    attempt: async ({ appHost, node }) => {
      const client = `openssl s_client -connect ${node.privateIp}:${redisPort} -tls1_2 ${ownCertificate.join(" ")}`;
      return said(await appHost.exec(["bash", "-c", `printf 'R\\nPING\\n' | ${client}`]));
    },
  };
}

function sharedKey(): Attack {
  return {
    who: "a stranger",
    from: "the app subnet",
    what: "a pre-shared key in place of a certificate",
    refusal: /alert certificate required/,
    attempt: async ({ neighbour, node }) =>
      said(await tlsListen(neighbour, node.privateIp, ["-psk_identity", "web", "-psk", "00".repeat(32)])),
    controlCase: withTheClientsCertificate,
  };
}
