import { key, otherKey, type Answers } from "./answer.js";

const unknown = "ERR unknown command 'CONFIG', with args beginning with: 'HELP' ";

export const redisAnswers: Answers = {
  "nothing-on-disk": [
    ["Redis saves nothing", "OK save ", "OK save 3600 1 300 100", "OK save"],
    ["Redis keeps no log of commands", "OK appendonly no", "OK appendonly yes"],
    [
      "Redis keeps no slow commands",
      "OK slowlog-log-slower-than -1 hide-user-data-from-log yes",
      "OK slowlog-log-slower-than 10000 hide-user-data-from-log yes",
      "OK slowlog-log-slower-than -1 hide-user-data-from-log no",
      "OK slowlog-log-slower-than -1 hide-user-data-from-log yess",
      "OK slowlog-log-slower-than -10 hide-user-data-from-log yes",
    ],
    [
      "Redis measures no latencies and lists no sign-ins that it refused",
      "OK latency-monitor-threshold 0 OK acllog-max-len 0",
      "OK latency-monitor-threshold 100 OK acllog-max-len 0",
      "OK latency-monitor-threshold 0 OK acllog-max-len 128",
    ],
    ["Redis's folder is in memory", "tmpfs", "ext4", "overlay"],
    ["nothing has been saved there", "", "/run/hipaa-redis/redis/dump.rdb"],
    ["there is no swap", "", "/dev/nvme1n1 partition 1G 0B -2"],
    [
      "a core dump of any process is thrown away",
      "kernel.core_pattern = |/bin/false",
      "kernel.core_pattern = core",
      "kernel.core_pattern = |/bin/false-not",
      "kernelxcore_pattern = |/bin/false",
    ],
    ["Redis leaves no core dump", "0 0", "0 unlimited", "unlimited unlimited"],
  ],
  "encrypted-volumes": [
    [
      "all volumes of sessions-0 are encrypted under the cache's key",
      key,
      otherKey,
      `${key} vol-1 is not`,
      `${key} ${otherKey}`,
    ],
    ["the key's material is renewed each year", "true", "false"],
  ],
  backup: [["no snapshot has been made of a volume of sessions-0", "0", "1", "10"]],
  "live-configuration": [
    ["CONFIG is gone", unknown, `(error) NOAUTH`, "1) CONFIG <subcommand>", `said ${unknown}`],
    ["ACL is gone", `(error) ${unknown}`, "1) ACL <subcommand>"],
    [
      "their secret names have 32 digits, no two are the same, and Redis alone can read them",
      "2 of 2, 400 redis",
      "1 of 2, 400 redis",
      "2 of 3, 400 redis",
      "2 of 2, 404 redis",
      "2 of 2, 400 haproxy",
    ],
  ],
  "dangerous-commands": [
    ["Redis knows none of the disabled commands", "30", "29", "300", "0"],
    [
      "every user of the running Redis may do what is planned, and nothing else",
      "0 other lines, 3 users as in their files",
      "1 other lines, 3 users as in their files",
      "0 other lines, 4 users as in their files",
      "0 other lines, not as in their files: web",
      "0 other lines, ",
    ],
    [
      "Redis publishes events of keys as planned",
      "OK notify-keyspace-events ",
      "OK notify-keyspace-events xE",
      "OK notify-keyspace-events AKE",
      "NOAUTH Authentication required.",
      "",
    ],
  ],
  scripting: [["Redis knows commands that run code as planned", "8", "0", "7", "80"]],
};
