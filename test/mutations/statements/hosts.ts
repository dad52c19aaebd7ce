import type { Statements } from "./statement.js";

const buffers = "run Redis with any buffers for its clients";
const noFilter = "run the tunnel without a filter of system calls";
const writable = "run the tunnel on a file system that it could write";

/** What src/evidence/controls/hosts.ts says. */
export const hostsStatements: Statements = {
  sandbox: [
    {
      claim: "A flaw in Redis or in the tunnel opens nothing else.",
      found: {
        node: [
          "take Redis out of its sandbox at its next start",
          "take the tunnel out of its sandbox at its next start",
        ],
      },
      unseen: "A flaw in the kernel itself.",
    },
    {
      claim: "Redis and haproxy run as users of their own",
      found: { answers: [["the process of Redis is confined", process("root")]] },
      swapped: {
        answers: [
          ["the process of Redis is confined", process("haproxy")],
          ["the process of the tunnel is confined", process("redis")],
        ],
      },
    },
    {
      claim: "without capabilities, on a read-only file system, with filtered system calls",
      found: {
        node: [
          noFilter,
          writable,
          "run Redis without a filter of system calls",
          "run Redis on a file system that it could write",
        ],
        appHost: [noFilter, writable],
      },
    },
    {
      claim: "no executable memory;",
      found: { node: ["take Redis out of its sandbox at its next start"] },
      unseen: "Which calls are filtered, and all else, it reads from the unit",
    },
    { claim: "Redis has no network (`tls`);", found: { node: ["run Redis with a network"] } },
    {
      claim: "the tunnel reaches only the applications' networks.",
      found: { node: ["take the tunnel out of its sandbox at its next start"] },
      unseen: "all else, it reads from the unit",
    },
    {
      claim:
        "Of what runs, a check sees the account, the capabilities, that system calls are filtered and that the file system is read-only.",
      found: { node: [noFilter, writable] },
    },
    {
      claim:
        "Which calls are filtered, and all else, it reads from the unit, whose file is compared with the one that was laid down (`configuration-drift`).",
      found: { node: ["take Redis out of its sandbox at its next start"] },
    },
  ],
  limits: [
    { claim: "A client that sends or asks too much is refused or disconnected;", found: { node: [buffers] } },
    { claim: "the others keep what they have.", found: { node: ["take any number of connections from one host"] } },
    {
      claim: "One host may have 6000 connections, or 500 once there are 6000 in all.",
      found: { node: ["take any number of connections from one host"] },
      swapped: {
        answers: [
          ["connections from one host are limited", "ct count over 60000,ct count over 500,ct count over 6000"],
        ],
      },
    },
    {
      claim:
        "The tunnel takes 9000 and Redis 9032, so that the node's agent can connect even when clients use all of theirs.",
      found: { node: ["run the tunnel with any number of files", "run Redis for any number of clients"] },
      unseen: "The tunnel's own number is bounded by the files that it may open, which a check sees",
    },
    {
      claim: "The tunnel's own number is bounded by the files that it may open, which a check sees.",
      found: { node: ["run the tunnel with any number of files"] },
    },
    {
      claim: "Redis may use 50 % of the machine's memory, and all clients' buffers 10 % of that;",
      found: { node: ["run Redis without a limit to its memory", buffers] },
    },
    { claim: "at 65 % it is ended and restarted.", found: { node: ["give Redis most of the machine's memory"] } },
    {
      claim: "The tunnel may use 25 %.",
      found: {
        answers: [["the tunnel's files, which bound its connections, and its memory are limited", "18432 0"]],
      },
    },
    { claim: "A value has at most 32 MiB.", found: { node: ["run Redis with larger values than planned"] } },
    {
      claim: "A full Redis makes room by evicting keys (allkeys-lru), any of them.",
      swapped: {
        answers: [
          [
            "Redis's memory is limited, and its unit's, and what is evicted is as planned",
            "OK maxmemory 4003461120 of 4003461120 OK maxmemory-policy noeviction 65",
          ],
        ],
      },
    },
    {
      claim: "Disabled, because its memory outlives the client's connection",
      found: {
        node: [
          "run Redis with logs of slow commands and of refused sign-ins",
          "give a client every command beside its own",
        ],
      },
    },
    {
      claim:
        "the table of keys of CLIENT TRACKING (`dangerous-commands`) and the log of refused sign-ins (`nothing-on-disk`).",
      found: { node: ["run Redis with logs of slow commands and of refused sign-ins"] },
    },
  ],
};

function process(account: string): string {
  return `${account} CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 Root: ro`;
}
