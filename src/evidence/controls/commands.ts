import { hostPaths } from "../../host/hostPaths";
import { redisUsersLine } from "../../host/redisUsers";
import { engineProgram } from "../../plan/engine";
import { moduleCommands, openScripting, scriptingCommands, type LockedCommand } from "../../plan/commands";
import { asShown, noKeyspaceEvents } from "../../plan/keyspaceEvents";
import { literally, onHost, type Check } from "../check";
import type { Control, Risk } from "../control";
import { askRedis, compareUsers, userCount } from "../hostCommands";
import { hasPeers, shapeOf, type Shape } from "../shape";

const liveConfiguration: Control = {
  id: "live-configuration",
  title: "Redis can't be reconfigured while it runs",
  hipaa: ["164.312(a)(1)"],
  article: ["live-configuration"],
  nist: ["CM-5", "CM-7"],
  proposed: ["proposed 164.312(c)", "proposed 164.312(c)(2)(iii)"],
  demand: "A client application can't change the configuration after Redis has started.",
  owners: ["component"],
  how: ({ plan }) => [
    `${names(plan.lockedCommands, "renamed")} answer to secret names. The node makes up new ones at each start of Redis, and no client knows them. Their form, and that Redis alone can read the file that it took them from, a check sees; that nobody else has been told them, it doesn't.`,
    ...(plan.replication === undefined
      ? []
      : [
          "CONFIG's is the exception: Sentinel calls it to have a node follow another, so that all nodes share one name, which is in their secrets and is drawn at random by this library.",
        ]),
  ],
  checks: ({ plan }) => {
    const { account, client } = engineProgram(plan.engine);
    const renamed = plan.lockedCommands.filter(({ treatment }) => treatment === "renamed").map(({ name }) => name);
    const secretNames =
      plan.replication === undefined
        ? `rename-command (${renamed.join("|")}) [0-9a-f]{32}`
        : `rename-command (CONFIG [0-9A-Za-z]{32}|(${renamed.filter((name) => name !== "CONFIG").join("|")}) [0-9a-f]{32})`;
    return [
      ...renamed.map((name) =>
        onHost(
          ["cache"],
          `${name} is gone`,
          `${client} -s ${hostPaths.redisSocket} ${name} HELP 2>&1 || true`,
          `^(\\(error\\) )?ERR unknown command`,
        ),
      ),
      onHost(
        ["cache"],
        "their secret names have 32 digits, no two are the same, and Redis alone can read them",
        // Redis runs with these: whatever else asks it by them would get no answer.
        `echo "$(grep --line-regexp --extended-regexp '${secretNames}' ${hostPaths.redisCommands} | cut --delimiter=' ' --fields=3 | sort --unique | wc --lines) of $(grep --count '^rename-command ' ${hostPaths.redisCommands}), $(stat --format='%a %U' ${hostPaths.redisCommands})"`,
        `^${renamed.length} of ${renamed.length}, 400 ${account}$`,
      ),
      ...(plan.replication === undefined ? [] : [sharedName(account)]),
    ];
  },
  risk: {
    remains: "root on the node can read the secret names from memory.",
    mitigation: "What operators do with sudo is in the journal (`operator-audit`).",
  },
};

function sharedName(account: string): Check {
  return onHost(
    ["cache"],
    "CONFIG's name is that of the node's secret, and Redis's user alone can read it there",
    `[ "$(sed --quiet 's/^rename-command CONFIG //p' ${hostPaths.redisCommands})" = "$(cat ${hostPaths.configCommand})" ] && stat --dereference --format='%a %U' ${hostPaths.configCommand}`,
    `^400 ${account}$`,
  );
}

const dangerousCommands: Control = {
  id: "dangerous-commands",
  title: "Dangerous commands are blocked",
  hipaa: ["164.312(a)(1)"],
  article: ["commands"],
  nist: ["CM-7", "AC-6"],
  proposed: ["proposed 164.312(c)", "proposed 164.312(c)(2)(iii)"],
  demand:
    "Commands that cause insecurities are disabled: those that write to disk, stop or empty the cache, or show what others do.",
  owners: ["component"],
  how: ({ plan }) => [
    `Disabled: ${names(
      plan.lockedCommands.filter((command) => !isScripting(command)),
      "disabled",
    )}.`,
    `Denied by ACL, as ${hasPeers(plan) ? "commands that nodes need of each other, or " : ""}${plan.lockedCommands.some(({ name }) => moduleCommands.includes(name)) ? "commands of a module of Redis's own, or " : ""}subcommands of commands that are needed: ${names(plan.lockedCommands, "denied")}.`,
    "An ACL denies whatever else Redis counts as administrative or dangerous, now or in a later version.",
    plan.keyspaceEvents === noKeyspaceEvents
      ? "Redis publishes no events of keys."
      : `Redis publishes events of keys (${plan.keyspaceEvents}): their names go to every client that subscribes. Names must identify no patient.`,
  ],
  checks: ({ plan }) => {
    const disabled = plan.lockedCommands.filter(isDisabled).filter((command) => !isScripting(command));
    return [
      onHost(
        ["cache"],
        "Redis knows none of the disabled commands",
        countUnknown(disabled.map(({ name }) => name)),
        `^${disabled.length}$`,
      ),
      onHost(
        ["cache"],
        "every user of the running Redis may do what is planned, and nothing else",
        `echo "$(grep --count --invert-match --line-regexp --extended-regexp '${redisUsersLine(plan.lockedCommands, hasPeers(plan), plan.cluster !== undefined)}' ${hostPaths.redisUsers}) other lines, $(${compareUsers("rights", plan.engine)})"`,
        `^0 other lines, ${userCount(plan)} users as in their files$`,
      ),
      onHost(
        ["cache"],
        "Redis publishes events of keys as planned",
        askRedis("CONFIG GET notify-keyspace-events"),
        `^OK notify-keyspace-events ${literally(asShown(plan.keyspaceEvents)) || "?"}$`,
      ),
    ];
  },
  risk: {
    remains: "A flaw in a command that is open.",
    mitigation: "Debian's security updates (`security-updates`) and the sandbox (`sandbox`).",
  },
};

const scripting: Control = {
  id: "scripting",
  title: "No code runs inside Redis",
  hipaa: ["164.312(a)(1)"],
  article: ["commands"],
  nist: ["CM-7(2)", "SC-18"],
  demand: "Clients can't run code in the server: its interpreter has been a way to break out of it (CVE-2025-49844).",
  owners: ["component"],
  how: ({ plan }) => {
    const open = openScripting(plan.lockedCommands);
    return [
      `Disabled: ${names(plan.lockedCommands.filter(isScripting), "disabled")}.`,
      ...(open.length > 0
        ? [
            `Open to every client: ${open.join(", ")}, except ${names(plan.lockedCommands.filter(isPartOfScript), "denied")}.`,
            `When the node's agent looks for a new secret, every ${plan.refreshIntervalSeconds} s, it ends a script that doesn't end by itself; if the script has written, Redis is restarted. That the agent ends scripts, the library's tests see.`,
          ]
        : []),
    ];
  },
  checks: ({ plan }) => [
    onHost(
      ["cache"],
      "Redis knows commands that run code as planned",
      countUnknown(scriptingCommands),
      `^${plan.lockedCommands.filter(isScripting).length}$`,
    ),
  ],
  risk: riskOfCode("alone"),
  riskOf: (plan) => riskOfCode(shapeOf(plan)),
};

function riskOfCode(shape: Shape): Risk {
  const sandbox = {
    alone: "in which Redis has no network",
    replicas: "in which Redis reaches the other nodes' Redis and Sentinel alone",
    shards: "in which Redis reaches the other nodes' Redis alone",
  };
  return {
    remains: "A flaw in Redis itself could still let a client run code, with the rights of Redis's own user.",
    mitigation: `Debian's security updates (\`security-updates\`), and the sandbox (\`sandbox\`), ${sandbox[shape]}.`,
  };
}

/**
 * How many of these Redis does not know. Each comes without a password and with an argument that it can't take, so that one
 * which is there after all does nothing.
 */
function countUnknown(commands: readonly string[]): string {
  return `python3 -I -c '${askedInTurn}' ${hostPaths.redisSocket} ${commands.join(" ")}`;
}

/** On one connection. Redis closes it on who has not signed in and leaves many answers unread: the next command waits for the answer. */
const askedInTurn = [
  "import socket, sys",
  "redis = socket.socket(socket.AF_UNIX)",
  "redis.connect(sys.argv[1])",
  "answers = redis.makefile()",
  String.raw`is_unknown = lambda command: redis.sendall(f"{command} hipaa-redis-check\r\n".encode()) or "ERR unknown command" in answers.readline()`,
  "print(sum(map(is_unknown, sys.argv[2:])))",
].join("; ");

function isDisabled({ treatment }: LockedCommand): boolean {
  return treatment === "disabled";
}

function isScripting({ name }: LockedCommand): boolean {
  return scriptingCommands.includes(name);
}

function isPartOfScript({ name }: LockedCommand): boolean {
  return name.startsWith("SCRIPT ");
}

function names(commands: readonly LockedCommand[], treatment: LockedCommand["treatment"]): string {
  return commands
    .filter((command) => command.treatment === treatment)
    .map(({ name }) => name)
    .join(", ");
}

export const commandControls: readonly Control[] = [liveConfiguration, dangerousCommands, scripting];
