import { hostPaths } from "./hostPaths";
import { configFile, type CloudFile } from "./cloudConfig";
import { encodeIni } from "./encode";
import { hostScript, unitFile } from "./hostFiles";
import { rootSandbox } from "./sandbox";
import { sshdConf, type OperatorAccess } from "./sshdConf";
import { serviceUnit, unitNames } from "./units";

/** What governs the sessions of operators on a node; none where there are no operators. */
export function operatorFiles(access: OperatorAccess): CloudFile[] {
  if (access.operators.length === 0) return [];
  return [
    ...access.operators.map(({ name, sshPublicKey }) =>
      configFile(`${hostPaths.operatorKeys}/${name}`, `${sshPublicKey}\n`),
    ),
    configFile(hostPaths.sshdConfig, sshdConf(access)),
    hostScript("end-idle"),
    unitFile(unitNames.idle, idleUnit(access)),
    { path: hostPaths.sudoConfig, content: sudoConf, permissions: "0440" },
  ];
}

/** Keeps the journal, the audit trail, over restarts, and from filling the disk (journald.conf(5)). */
export const journalConf = encodeIni(
  [
    [
      "Journal",
      [
        ["Storage", "persistent"],
        ["SystemMaxUse", "1G"],
      ],
    ],
  ],
  "=",
);

/**
 * Ends the session of an operator who has typed nothing for so long, even while a program such as `journalctl --follow` keeps writing to
 * their terminal: 45 CFR 164.312(a)(2)(iii), automatic logoff.
 */
function idleUnit({ operatorIdleLogoffMinutes }: OperatorAccess): string {
  return serviceUnit(
    [
      ["Description", "HIPAA Redis: end idle sessions"],
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["ExecStart", `${hostPaths.scriptsFolder}/end-idle ${operatorIdleLogoffMinutes}`],
      ["Restart", "always"],
      ["RestrictAddressFamilies", "none"],
      ...rootSandbox(["CAP_KILL"]),
    ],
    "multi-user.target",
  );
}

/**
 * sudo tells the journal by operator's name what they run, and what the shells and programs that they run so run in turn
 * (sudoers(5)): it traces them, as a library that it preloads is not in programs that are linked statically or ask the kernel
 * themselves. What these print is not kept: it could be PHI.
 */
const sudoConf = "Defaults log_subcmds, intercept_type=trace, !log_input, !log_output\n";
