import { createHash } from "node:crypto";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { ofTunnel, type Attack, type ControlCase, type Step, type AttackSuite } from "../attack.js";
import type { Scene } from "../scene.js";
import { resp, talk } from "../talk.js";

/** The right password by the same way. */
const rightPassword: ControlCase = {
  what: "the right password",
  success: /\+PONG/,
  attempt: async (scene) => (await talk(scene, ["PING\r\n"])).join(""),
};

/** Who is let through the tunnel, as the application's user is, and has no password. */
export const passwords: AttackSuite = {
  title: "Passwords",
  dependsOn: [],
  attacks: [
    saying("no password", /^-NOAUTH/, () => ""),
    saying("a wrong password", /^-WRONGPASS/, () => resp(["AUTH", "web", "wrong-password"])),
    saying("an empty password", /^-WRONGPASS/, () => resp(["AUTH", "web", ""])),
    saying("the password but for its last character", /^-WRONGPASS/, (password) =>
      resp(["AUTH", "web", password.slice(0, -1)]),
    ),
    saying("the password in the other case", /^-WRONGPASS/, (password) =>
      resp(["AUTH", "web", password.replace(/[a-z]/gi, otherCase)]),
    ),
    saying("the password's SHA-256, which the node holds", /^-WRONGPASS/, (password) =>
      resp(["AUTH", "web", createHash("sha256").update(password).digest("hex")]),
    ),
    saying("the password of a user who is none", /^-WRONGPASS/, (password) => resp(["AUTH", "admin", password])),
    saying("the password without a user's name", /^-WRONGPASS/, (password) => resp(["AUTH", password])),
    saying("a wrong password by HELLO", /^-WRONGPASS/, () => resp(["HELLO", "3", "AUTH", "web", "wrong"])),
    saying("commands in a transaction, without a password", /-EXECABORT Transaction discarded because of: NOAUTH/, () =>
      [["MULTI"], ["PING"], ["EXEC"]].map(resp).join(""),
    ),
    saying("a subscription, without a password", /^-NOAUTH/, () => resp(["SUBSCRIBE", "news"])),
    // Redis closes behind these answers, and a tunnel has to hand on what was said last.
    ofTunnel(saying("a value of 1 MB, without a password", /unauthenticated bulk length/, () => "*2\r\n$1048576\r\n")),
    ofTunnel(
      saying("a million arguments, without a password", /unauthenticated multibulk length/, () => "*1000000\r\n"),
    ),
  ],
};

function otherCase(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}

/** Sends it, and PING behind it. */
function saying(what: string, refusal: RegExp, bytes: (password: string) => string): Attack {
  const attempt: Step = async (scene) => {
    const sent = `${bytes(await password(scene))}PING\r\n`;
    return (await talk(scene, [sent], { password: false })).join("");
  };
  return { who: "the Unix user web", from: "the app host", what, refusal, attempt, controlCase: rightPassword };
}

async function password({ appHost }: Scene): Promise<string> {
  return (await appHost.exec(["cat", hostPaths.password])).stdout.trim();
}
