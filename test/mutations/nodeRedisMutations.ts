import { hostPaths } from "../../src/host/hostPaths.js";
import type { CheckName } from "./checkName.js";
import {
  asked,
  askRedis,
  keepAndEdit,
  putBack,
  runningWith,
  unitPath,
  withMode,
  type LastingChange,
  type Restart,
} from "./hostChange.js";
import { node, type MutationThere } from "./hostMutation.js";

const { redisCommands, redisConfig, redisFolder, redisUsers, scriptsFolder } = hostPaths;

/** A user of Redis that is told otherwise while it runs; the secret has the users as they were. */
function redisUser(name: string, rules: string): LastingChange {
  return {
    changes: `the user ${name} of Redis`,
    does: askRedis(`ACL SETUSER ${name} ${rules}`),
    mends: `${scriptsFolder}/apply-users ${redisUsers}`,
  };
}

/** Redis runs with another configuration than the one that is there: a script for sed(1). */
function redisWith(script: string): Restart {
  return runningWith("redis", redisConfig, `sed -i '${script}' ${redisConfig}`);
}

/** The same, of a Redis that writes, and writes once more when it ends. */
function redisThatWrites(script: string): Restart {
  return { ...redisWith(script), sweeps: `rm -rf ${redisFolder}/dump.rdb ${redisFolder}/appendonlydir` };
}

function unitWith(script: string): Restart {
  return runningWith("redis", unitPath("redis"), `sed -i '${script}' ${unitPath("redis")}`);
}

const passwords = (shows: string): CheckName => node.check("client-passwords", shows);
const commands = (shows: string): CheckName => node.check("dangerous-commands", shows);
const buffers = node.check("limits", "what Redis keeps for clients is limited, of each and of all together");
const onDisk = (shows: string): CheckName => node.check("nothing-on-disk", shows);

const eachGivesPassword = passwords("each of them has to give a password that is in the node's files");
const secretNames = node.check(
  "live-configuration",
  "their secret names have 32 digits, no two are the same, and Redis alone can read them",
);
const disabled = commands("Redis knows none of the disabled commands");
const mayDoWhatIsPlanned = commands("every user of the running Redis may do what is planned, and nothing else");

/** What Redis on a node lets others do, and what it keeps. */
export const nodeRedisMutations: readonly MutationThere[] = [
  {
    what: "add a user of Redis",
    breaks: [
      passwords("the clients, and the node's own agent, are users, and nobody else is"),
      eachGivesPassword,
      mayDoWhatIsPlanned,
    ],
    change: redisUser("eve", `reset on #${"0".repeat(64)} -@admin`),
  },
  {
    what: "let in who names no user",
    breaks: [
      passwords("Redis's default user is off"),
      passwords("Redis answers nobody without a password"),
      eachGivesPassword,
      mayDoWhatIsPlanned,
    ],
    change: redisUser("default", "on nopass ~* +get"),
  },
  {
    what: "give a client one more password",
    breaks: [eachGivesPassword],
    change: redisUser("web", ">of-a-mutation"),
  },
  {
    what: "give a client every command beside its own",
    breaks: [mayDoWhatIsPlanned],
    change: redisUser("web", "(+@all ~*)"),
  },
  {
    what: "give a client one more password, in its file as well",
    breaks: [passwords("each client has as many passwords as generations are accepted, and shares none of them")],
    change: {
      ...redisUser("web", `#${"0".repeat(64)}`),
      does: `${keepAndEdit(redisUsers, `sed -i 's/^user web reset on /&#${"0".repeat(64)} /' ${redisUsers}`)} && ${askRedis(`ACL SETUSER web #${"0".repeat(64)}`)}`,
      mends: `${putBack(redisUsers)} && ${scriptsFolder}/apply-users ${redisUsers}`,
    },
  },
  {
    what: "give the node's agent every key",
    breaks: [mayDoWhatIsPlanned],
    change: {
      ...redisUser("_agent", "+get ~*"),
      // Its rights are of this Redis's start.
      mends: `sed -n 's/^user _agent /ACL SETUSER _agent /p' ${redisCommands} | ${asked}`,
    },
  },
  { what: "run Redis with FLUSHALL", breaks: [disabled], change: redisWith("/^rename-command flushall /d") },
  { what: "run Redis with DEBUG", breaks: [disabled], change: redisWith("/^rename-command debug /d") },
  {
    what: "run Redis with EVAL",
    breaks: [node.check("scripting", "Redis knows commands that run code as planned")],
    change: redisWith("/^rename-command eval /d"),
  },
  {
    what: "run Redis with CONFIG under its own name",
    breaks: [node.check("live-configuration", "CONFIG is gone"), secretNames],
    change: unitWith("s/prepare-redis CONFIG ACL/prepare-redis ACL/"),
  },
  {
    what: "run Redis with ACL under its own name",
    breaks: [node.check("live-configuration", "ACL is gone"), secretNames],
    change: unitWith("s/prepare-redis CONFIG ACL/prepare-redis CONFIG/"),
  },
  {
    what: "run Redis with CONFIG under a name that everybody knows",
    breaks: [secretNames],
    change: runningWith(
      "redis",
      `${scriptsFolder}/prepare-redis`,
      `sed -i 's/"$(openssl rand -hex 16)"/"known-$command"/' ${scriptsFolder}/prepare-redis`,
    ),
  },
  { what: "let everybody read the secret names", breaks: [secretNames], change: withMode(redisCommands, "o+r", "o-r") },
  {
    what: "run Redis so that it saves",
    breaks: [onDisk("Redis saves nothing")],
    change: redisThatWrites("s/^save .*/save 3600 1/"),
  },
  {
    what: "run Redis with a log of commands",
    breaks: [onDisk("Redis keeps no log of commands"), onDisk("nothing has been saved there")],
    change: redisThatWrites("s/^appendonly no/appendonly yes/"),
  },
  {
    what: "run Redis with logs of slow commands and of refused sign-ins",
    breaks: [
      onDisk("Redis keeps no slow commands"),
      onDisk("Redis measures no latencies and lists no sign-ins that it refused"),
    ],
    change: redisWith(
      "s/^slowlog-log-slower-than .*/slowlog-log-slower-than 0/; s/^acllog-max-len .*/acllog-max-len 128/",
    ),
  },
  {
    what: "let Redis leave a core dump",
    breaks: [onDisk("Redis leaves no core dump")],
    change: unitWith("/^LimitCORE=/d"),
  },
  {
    what: "run Redis for any number of clients",
    breaks: [node.check("limits", "Redis's clients are limited")],
    change: redisWith("s/^maxclients .*/maxclients 100000/"),
  },
  {
    what: "run Redis with any buffers for its clients",
    breaks: [buffers],
    change: redisWith(
      "s/^maxmemory-clients .*/maxmemory-clients 0/; s/^client-output-buffer-limit normal .*/client-output-buffer-limit normal 0 0 0/",
    ),
  },
  {
    what: "have Redis publish events of keys",
    breaks: [commands("Redis publishes events of keys as planned")],
    change: redisWith("$ a notify-keyspace-events KEA"),
  },
  {
    what: "run Redis with larger values than planned",
    breaks: [node.check("limits", "the largest value is the planned one")],
    change: redisWith("s/^proto-max-bulk-len .*/proto-max-bulk-len 512mb/"),
  },
  {
    what: "run Redis without a limit to its memory",
    breaks: [node.check("limits", "Redis's memory is limited, and its unit's, and what is evicted is as planned")],
    change: redisWith("$ a maxmemory 0"),
  },
];
