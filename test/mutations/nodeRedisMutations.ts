import { hostPaths } from "../../src/plan/hostPaths.js";
import { askRedis, runningWith, unitPath, type Deed, type HostMutation } from "./hostMutation.js";

const { redisConfig, redisFolder, redisUsers, scriptsFolder } = hostPaths;

/** The users as the secret has them. */
const asBefore = `${scriptsFolder}/apply-users ${redisUsers}`;

function redisTold(command: string): Deed {
  return { does: askRedis(command), mends: asBefore };
}

/** Redis runs with another configuration than the one that is there: a script for sed(1). */
function redisWith(script: string): Deed {
  return runningWith("redis", redisConfig, `sed -i '${script}' ${redisConfig}`);
}

/** The same, of a Redis that writes, and writes once more when it ends. */
function redisThatWrites(script: string): Deed {
  const { does, mends } = redisWith(script);
  return { does, mends: `${mends} && rm -rf ${redisFolder}/dump.rdb ${redisFolder}/appendonlydir` };
}

function unitWith(script: string): Deed {
  return runningWith("redis", unitPath("redis"), `sed -i '${script}' ${unitPath("redis")}`);
}

/** What Redis on a node lets others do, and what it keeps. */
export const nodeRedisMutations: readonly Omit<HostMutation, "on">[] = [
  {
    control: "client-passwords",
    what: "add a user of Redis",
    ...redisTold(`ACL SETUSER eve reset on #${"0".repeat(64)} -@admin`),
  },
  {
    control: "client-passwords",
    what: "let a client in without a password",
    ...redisTold("ACL SETUSER web nopass"),
  },
  {
    control: "client-passwords",
    what: "let in who names no user",
    ...redisTold("ACL SETUSER default on nopass ~* +get"),
  },
  {
    control: "dangerous-commands",
    what: "give a client every command",
    ...redisTold("ACL SETUSER web +@all"),
  },
  {
    control: "dangerous-commands",
    what: "let a client cut others",
    ...redisTold("ACL SETUSER web +client|kill"),
  },
  {
    control: "dangerous-commands",
    what: "run Redis with FLUSHALL",
    ...redisWith("/^rename-command FLUSHALL /d"),
  },
  { control: "dangerous-commands", what: "run Redis with DEBUG", ...redisWith("/^rename-command DEBUG /d") },
  { control: "scripting", what: "run Redis with EVAL", ...redisWith("/^rename-command EVAL /d") },
  {
    control: "live-configuration",
    what: "run Redis with CONFIG under its own name",
    ...unitWith("s/prepare-redis CONFIG ACL/prepare-redis ACL/"),
  },
  {
    control: "live-configuration",
    what: "run Redis with ACL under its own name",
    ...unitWith("s/prepare-redis CONFIG ACL/prepare-redis CONFIG/"),
  },
  {
    control: "nothing-on-disk",
    what: "run Redis so that it saves",
    ...redisThatWrites("s/^save .*/save 3600 1/"),
  },
  {
    control: "nothing-on-disk",
    what: "run Redis with a log of commands",
    ...redisThatWrites("s/^appendonly no/appendonly yes/"),
  },
  {
    control: "nothing-on-disk",
    what: "run Redis with a log of slow commands",
    ...redisWith("s/^slowlog-log-slower-than .*/slowlog-log-slower-than 0/"),
  },
  { control: "nothing-on-disk", what: "let Redis leave a core dump", ...unitWith("/^LimitCORE=/d") },
  {
    control: "limits",
    what: "run Redis for any number of clients",
    ...redisWith("s/^maxclients .*/maxclients 100000/"),
  },
  { control: "limits", what: "run Redis without a limit to its memory", ...redisWith("$ a maxmemory 0") },
];
