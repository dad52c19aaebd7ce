import type { CachePlan } from "../plan/cachePlan";
import { ofService } from "../plan/flow";
import { literally, onHost, type Check } from "./check";

/**
 * All of sshd_config(5) that lets somebody in, or past what is asked of the others, and has no check of its own: with the value that
 * it has here.
 */
const doors: Readonly<Record<string, string>> = {
  authorizedkeyscommand: "none",
  authorizedkeyscommanduser: "none",
  authorizedprincipalscommand: "none",
  authorizedprincipalscommanduser: "none",
  authorizedprincipalsfile: "none",
  disableforwarding: "yes",
  forcecommand: "none",
  gatewayports: "no",
  gssapiauthentication: "no",
  hostbasedauthentication: "no",
  ignorerhosts: "yes",
  kbdinteractiveauthentication: "no",
  kerberosauthentication: "no",
  permitemptypasswords: "no",
  permittunnel: "no",
  permituserenvironment: "no",
  permituserrc: "no",
  pubkeyauthentication: "yes",
  securitykeyprovider: "internal",
  strictmodes: "yes",
  trustedusercakeys: "none",
  usepam: "yes",
};

/** What sshd makes of all of its files for those who may come, and that it makes the same for everybody else. */
export function sshdChecks({ operators, flows }: Pick<CachePlan, "operators" | "flows">): Check[] {
  const ways = ofService("ssh", flows);
  const callers = ways.flatMap(({ cidrBlocks, port }) =>
    cidrBlocks.map((block) => ({ address: block.replace(/\/.*$/, ""), port })),
  );
  const asked = operators.flatMap(({ name }) =>
    callers.map(({ address, port }) => `sshd -T -C user=${name},host=${address},addr=${address},lport=${port}`),
  );
  const wanted = { ...doors, port: ways.map(({ port }) => port).join() };
  return [
    onHost(
      ["cache"],
      "sshd has no other way in for an operator than their key",
      `{ ${asked.join("; ")}; } | grep --extended-regexp '^(${Object.keys(wanted).sort().join("|")}) ' | sort --unique | paste --serial --delimiters=,`,
      `^${Object.entries(wanted)
        .map((door) => literally(door.join(" ")))
        .sort()
        .join(",")}$`,
    ),
    // It tells whoever debugs it of each one that it meets, in whatever file, and of the files.
    onHost(
      ["cache"],
      "sshd is the same for everybody: none of its files has a Match block",
      `sshd -ddd -T 2>&1 | awk '/load_server_config: filename/ { files++ } /checking (syntax|match) for/ { blocks++ } END { print (files > 0 ? "read, " : "not read, ") blocks + 0 " blocks" }'`,
      "^read, 0 blocks$",
    ),
  ];
}
