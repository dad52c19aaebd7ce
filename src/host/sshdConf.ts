import type { OperatorShape } from "../plan/shape";
import { encodeLines } from "./encode";

/** sshd_config(5) for a node: operators only, keys only, no way on from there (article, "How Secure is it?"). */
export function sshdConf(operators: readonly OperatorShape[]): string {
  return encodeLines([
    ["AllowUsers", operators.map((operator) => operator.name).join(" ")],
    ["AuthenticationMethods", "publickey"],
    ["PasswordAuthentication", "no"],
    ["KbdInteractiveAuthentication", "no"],
    ["PermitRootLogin", "no"],
    ["AllowTcpForwarding", "no"],
    ["AllowStreamLocalForwarding", "no"],
    ["AllowAgentForwarding", "no"],
    ["PermitTunnel", "no"],
    ["X11Forwarding", "no"],
    ["MaxAuthTries", 3],
    ["LoginGraceTime", 30],
    // Names the key that signed in, for the audit trail.
    ["LogLevel", "VERBOSE"],
  ]);
}
