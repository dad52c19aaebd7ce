import { lastSecurityFix } from "../../../../src/plan/serverVersions.js";
import { ended, type Answers } from "./answer.js";

const rights = "CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 Root: ro";

/** Of a process of this account, and of some that are not confined. */
function processes(account: string): [string, ...string[]] {
  return [
    `${account} ${rights}`,
    `${account} CapEff: 0000003fffffffff NoNewPrivs: 1 Seccomp: 2 Root: ro`,
    `${account} CapEff: 0000000000000000 NoNewPrivs: 0 Seccomp: 2 Root: ro`,
    `${account} CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 0 Root: ro`,
    `${account} CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 Root: rw`,
    `root ${rights}`,
  ];
}

const { version } = lastSecurityFix();

const exposure = "→ Overall exposure level for hipaa-redis.service: 1.2 OK :-)";

function buffers(ofAll: string, query: number, output: number): string {
  return `OK maxmemory-clients ${ofAll} OK client-query-buffer-limit ${query} OK client-output-buffer-limit normal ${output} 67108864 60 slave 268435456 67108864 60 pubsub 33554432 8388608 60`;
}

export const hostsAnswers: Answers = {
  sandbox: [
    ["systemd counts the tunnel's exposure as 2.5 at most", exposure, ended(1, exposure)],
    ["systemd counts Redis's exposure as 2.5 at most", exposure, ended(1, exposure)],
    ["the process of the tunnel is confined", ...processes("haproxy"), `redis ${rights}`],
    ["the process of Redis is confined", ...processes("redis"), `haproxy ${rights}`],
  ],
  limits: [
    [
      "connections from one host are limited",
      "ct count over 6000,ct count over 500,ct count over 6000",
      "ct count over 60000,ct count over 500,ct count over 6000",
      "ct count over 6000",
      "",
    ],
    [
      "Redis's memory is limited, and its unit's, and what is evicted is as planned",
      "OK maxmemory 4003461120 of 4003461120 OK maxmemory-policy allkeys-lru 65",
      "OK maxmemory 0 of 4003461120 OK maxmemory-policy allkeys-lru 65",
      "OK maxmemory 0 of 0 OK maxmemory-policy allkeys-lru 65",
      "OK maxmemory 4003461120 of 3202768896 OK maxmemory-policy allkeys-lru 65",
      "OK maxmemory 400346112 of 4003461120 OK maxmemory-policy allkeys-lru 65",
      "OK maxmemory 4003461120 of 4003461120 OK maxmemory-policy noeviction 65",
      "OK maxmemory 4003461120 of 4003461120 OK maxmemory-policy allkeys-lru 0",
      "OK maxmemory 4003461120 of 4003461120 OK maxmemory-policy allkeys-lru 90",
      "OK maxmemory 4003461120 of 4003461120 OK maxmemory-policy allkeys-lru ",
    ],
    ["Redis's clients are limited", "OK maxclients 9032", "OK maxclients 90320", "OK maxclients 10000"],
    [
      "what Redis keeps for clients is limited, of each and of all together",
      buffers("10%", 67108864, 134217728),
      buffers("0", 67108864, 134217728),
      buffers("10%", 1073741824, 134217728),
      buffers("10%", 67108864, 0),
    ],
    ["the tunnel's files, which bound its connections, and its memory are limited", "18432 25", "100000 25", "18432 0"],
    [
      "the largest value is the planned one",
      "OK proto-max-bulk-len 33554432",
      "OK proto-max-bulk-len 536870912",
      "OK proto-max-bulk-len 335544320",
      "",
    ],
  ],
  "security-updates": [
    ["the window is open", "active", ended(3, "inactive")],
    ["the window is the planned one", "OnCalendar=08:00 UTC", "OnCalendar=20:00 UTC", "OnCalendar=Sun 08:00 UTC"],
    ["the last run of updates has not failed", "inactive", "failed"],
    [
      "the packages are installed, and these are their versions",
      "awscli 2.9 installed chrony 4.3 installed haproxy 2.6.12-1+deb12u3 installed jq 1.6 installed nftables 1.0 installed redis-server 5:7.0 installed unattended-upgrades 2.9 installed",
      "awscli 2.9 installed chrony 4.3 installed haproxy 2.6.12-1+deb12u3 config-files jq 1.6 installed nftables 1.0 installed redis-server 5:7.0 installed unattended-upgrades 2.9 installed",
      "awscli 2.9 installed haproxy 2.6.12-1+deb12u3 installed",
    ],
    [
      "the server has Debian's last security fix that this library knows, or is newer",
      `redis-tools ${version} is at least ${version}, which fixes CVE-2026-81934`,
      `redis-tools 5:7.0.15-1~deb12u1 is older than ${version}, which fixes CVE-2026-81934`,
      "redis-tools 5:7.0.15-1 is at least 5:7.0.15-1, which fixes CVE-2025-49844",
      `redis-tools  is at least ${version}, which fixes CVE-2026-81934`,
      ended(127),
    ],
    [
      "a run of updates came to its end without a failure in the last 48 hours, or the node has booted for the first time since",
      "run of updates 47 hours ago, in time",
      "run of updates 49 hours ago, late",
      "first boot 1000 hours ago, late",
    ],
    [
      "no security update waits, by the host's lists of Debian's security archive",
      "nothing waits, by lists that are 0 days old",
      "openssl 3.0.17-1~deb12u3,libssl3 3.0.17-1~deb12u3 waits, by lists that are 3 days old",
      ended(1),
    ],
    [
      "no restart is due, of the node or of what listens there",
      "",
      "a restart is required",
      "6.1.0-42-cloud-amd64 is there, 6.1.0-40-cloud-amd64 runs",
      "ssh.service runs what was replaced",
    ],
    ["the image of sessions-0 is at most 180 days old", "180", "181", "190", "200", "1000", "-1", "", ended(1)],
  ],
  clock: [
    [
      "the clock follows one of the planned time servers, and chrony asks no other",
      "169.254.169.123 of 169.254.169.123",
      " of 169.254.169.123",
      "169.254.169.123 of 169.254.169.123 192.0.2.1",
      "192.0.2.1 of 169.254.169.123",
      "169.254.169.123 of ",
      "169.254.169.1234 of 169.254.169.123",
      "169x254.169.123 of 169.254.169.123",
    ],
    [
      "that server has answered in the last thousand seconds, and the clock was less than a second off",
      "12 seconds ago, off by -0.000012, Normal",
      "1000 seconds ago, off by 0.000012, Normal",
      "12 seconds ago, off by 3.100000, Normal",
      "1764400000 seconds ago, off by 0.000000, Not synchronised",
    ],
  ],
  "configuration-drift": [
    [
      "the user data is the one that was planned for sessions-0",
      "<SHA-256 of the user data of sessions-0>  -",
      "0000  -",
      "x<SHA-256 of the user data of sessions-0>  -",
    ],
    [
      "AWS has the planned user data of sessions-0",
      "<SHA-256 of the user data of sessions-0>  -",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4  -",
    ],
    [
      "sessions-0 is of the planned image and type",
      "ami-0123456789abcdef0\tm6i.large",
      "ami-0123456789abcdef1\tm6i.large",
      "ami-0123456789abcdef0\tm6i.xlarge",
      "ami-0123456789abcdef0",
      "",
    ],
    [
      "every file of this library is as its user data has it",
      "31 files are as they were laid down",
      "changed: /etc/hipaa-redis/nftables.conf",
      "0 files are as they were laid down",
    ],
    [
      "root alone may change them, and the keys of operators",
      "root alone may change them",
      "not of root alone: /etc/ssh/operators/ada",
      "",
    ],
    ["nothing overrides a unit of this library", "\n\n", "/etc/systemd/system/hipaa-redis-server.service.d/eve.conf"],
  ],
};
