import type { Statements } from "./statement.js";

/** What src/evidence/controls/commands.ts says. */
export const commandsStatements: Statements = {
  "live-configuration": [
    {
      claim: "A client application can't change the configuration after Redis has started.",
      found: { node: ["run Redis with CONFIG under its own name"] },
    },
    {
      claim: "CONFIG, ACL answer to secret names.",
      found: { node: ["run Redis with CONFIG under its own name", "run Redis with ACL under its own name"] },
      swapped: { node: ["run Redis with CONFIG under a name that everybody knows"] },
    },
    {
      claim: "The node makes up new ones at each start of Redis",
      swapped: { node: ["run Redis with CONFIG under a name that everybody knows"] },
    },
    {
      claim: "no client knows them.",
      found: { node: ["let everybody read the secret names"] },
      unseen: "that nobody else has been told them, it doesn't",
    },
    {
      claim: "Their form, and that Redis alone can read the file that it took them from, a check sees;",
      found: { node: ["let everybody read the secret names"] },
    },
    {
      claim: "that nobody else has been told them, it doesn't.",
      unseen: "that nobody else has been told them, it doesn't.",
    },
  ],
  "dangerous-commands": [
    {
      claim:
        "Commands that cause insecurities are disabled: those that write to disk, stop or empty the cache, or show what others do.",
      found: { node: ["run Redis with FLUSHALL", "run Redis with DEBUG"] },
    },
    {
      claim: "Disabled: SAVE, BGSAVE",
      found: { node: ["run Redis with FLUSHALL", "run Redis with DEBUG"] },
    },
    {
      claim: "FLUSHDB, FLUSHALL, SWAPDB",
      found: { node: ["run Redis with FLUSHALL"] },
    },
    {
      claim: "Denied by ACL, as commands of a module of Redis's own, or subcommands of commands that are needed",
      found: { node: ["give a client every command beside its own"] },
    },
    {
      claim: "An ACL denies whatever else Redis counts as administrative or dangerous",
      found: { node: ["give a client every command beside its own"] },
      swapped: { node: ["give the node's agent every key"] },
    },
    { claim: "Redis publishes no events of keys.", found: { node: ["have Redis publish events of keys"] } },
    {
      claim: "their names go to every client that subscribes.",
      of: { keyspaceEvents: "KE$n" },
      found: { answers: [["Redis publishes events of keys as planned", "OK notify-keyspace-events AKE"]] },
    },
  ],
  scripting: [
    {
      claim: "Clients can't run code in the server",
      found: { node: ["run Redis with EVAL"] },
    },
    { claim: "Disabled: EVAL_RO", found: { node: ["run Redis with EVAL"] } },
    {
      claim: "Open to every client: EVAL",
      of: { allowScripting: true },
      found: { answers: [["Redis knows commands that run code as planned", "0"]] },
    },
    {
      claim: "it ends a script that doesn't end by itself; if the script has written, Redis is restarted.",
      of: { allowScripting: true },
      unseen: "That the agent ends scripts, the library's tests see.",
    },
  ],
};
