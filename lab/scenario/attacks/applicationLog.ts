import { said, type Attack, type AttackSuite } from "../attack.js";
import type { ApplicationLog } from "../installApp.js";

/** Who reads what an application prints when something fails, and is not who may read the cache. */
export const applicationLog: AttackSuite = {
  title: "The application's log",
  dependsOn: [],
  // All use one key.
  inTurn: true,
  attacks: [
    attack("find the value of a command that failed", "command", /WRONGTYPE Operation against a key/),
    attack("find the value of a transaction that was refused", "transaction", /EXECABORT Transaction discarded/),
    attack("find the arguments of a locked command", "locked", /ERR unknown command 'CONFIG'/),
    attack("find a password that Redis refused", "password", /WRONGPASS invalid username-password pair/),
    attack("find the value of a command in ioredis's debug output", "debug", /set\(\[ '\?', '\?' \]\)/),
    attack("find the value of a transaction that is printed with the client", "print", /isPipeline: true/),
  ],
};

function attack(what: string, fails: ApplicationLog, refusal: RegExp): Attack {
  return {
    who: "whoever reads the application's log",
    from: "anywhere",
    what,
    refusal,
    attempt: async ({ app }) => said(await app.log(fails, "connect")),
    controlCase: {
      what: "the log of an application that uses ioredis itself",
      success: /Jane Roe/,
      attempt: async ({ app }) => said(await app.log(fails, "plain")),
    },
  };
}
