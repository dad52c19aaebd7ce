import { hostPaths } from "../../host/hostPaths";
import { engineProgram } from "../../plan/engine";
import { onHost } from "../check";
import type { Control, Subject } from "../control";
import { askRedis, compareUsers, peerUsersOf, userCount } from "../hostCommands";
import { sentinelUserChecks } from "../peerChecks";
import { hasPeers, shapeOf, type Shape } from "../shape";

export const passwords: Control = {
  id: "client-passwords",
  title: "A password for each application",
  hipaa: ["164.312(d)", "164.312(a)(1)"],
  article: ["access"],
  nist: ["IA-5(1)", "IA-9"],
  demand: "Redis asks for a password as an additional layer of authentication.",
  owners: ["component"],
  how: ({ plan }) => [
    `Each client is a user of its own in Redis (${plan.clients.map(({ client }) => client).join(", ")}) with a random password of its own, of generation ${plan.rotation.passwords.current}. The node holds only its SHA-256, and accepts generations ${plan.rotation.passwords.accepted.join(", ")}.`,
    "Redis's default user, for connections that name none, is off.",
    ...ofPeers[shapeOf(plan)],
    "A check sees how many passwords there are, and that no two are the same. Which generation one is of, and that it is random, it can't.",
  ],
  checks: ({ plan }) => [
    onHost(
      ["cache"],
      "Redis's default user is off",
      `${askRedis("ACL LIST")} | grep --only-matching 'user default off '`,
      "^user default off $",
    ),
    onHost(
      ["cache"],
      hasPeers(plan)
        ? "the clients, the node's own agent and its peers are users, and nobody else is"
        : "the clients, and the node's own agent, are users, and nobody else is",
      askRedis("ACL USERS"),
      `^OK ${["_agent", "default", ...peerUsersOf(plan), ...plan.clients.map(({ client }) => client)].sort().join(" ")}$`,
    ),
    onHost(
      ["cache"],
      "each of them has to give a password that is in the node's files",
      compareUsers("passwords", plan.engine),
      `^${userCount(plan)} users as in their files$`,
    ),
    onHost(
      ["cache"],
      hasPeers(plan)
        ? "each client has as many passwords as generations are accepted, and shares none of them; peers have as many"
        : "each client has as many passwords as generations are accepted, and shares none of them",
      `hashes=$(grep --only-matching '#[0-9a-f]*' ${hostPaths.redisUsers}); echo "$(echo "$hashes" | wc --lines), $(echo "$hashes" | sort --unique | wc --lines) of them different"`,
      `^${passwordCount(plan).all}, ${passwordCount(plan).different} of them different$`,
    ),
    onHost(
      ["cache"],
      "Redis answers nobody without a password",
      `${engineProgram(plan.engine).client} -s ${hostPaths.redisSocket} GET hipaa-redis-check 2>&1 || true`,
      "^(\\(error\\) )?NOAUTH",
    ),
    ...sentinelUserChecks(plan),
    onHost(
      ["client"],
      "root owns the application's password, and the application's own group alone reads it",
      `echo "$(stat --dereference --format='%a %U %G' ${hostPaths.password}) of $(awk '$1 == "password" { print $4 }' ${hostPaths.secretFilesTable})"`,
      String.raw`^440 root (\S+) of \1$`,
    ),
  ],
  risk: {
    remains: "The application knows its password: whoever breaks into the application has it.",
    mitigation:
      "Without the host's tunnel it opens nothing; after a break-in, raise `rotation.passwords` and retire the older ones.",
  },
};

const ofPeers: Readonly<Record<Shape, readonly string[]>> = {
  alone: [],
  replicas: [
    "Nodes have a password for each other, random and of the same generation: for two users of Redis, of which one copies and the other watches and has a replica take over, and for one of Sentinel. Sentinel has users of its own; a client may ask it who leads, and nothing else.",
  ],
  shards: [
    "Nodes have a password for each other, random and of the same generation, for two users of Redis: one copies, and the other asks how the cluster is, has a replica take over and moves slots.",
  ],
};

/** Peers are two users with one password. */
function passwordCount(plan: Subject["plan"]): { all: number; different: number } {
  const clients = plan.clients.length;
  const each = plan.rotation.passwords.accepted.length;
  return { all: (clients + peerUsersOf(plan).length) * each, different: (clients + (hasPeers(plan) ? 1 : 0)) * each };
}
