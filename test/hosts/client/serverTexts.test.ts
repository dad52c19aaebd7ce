import assert from "node:assert/strict";
import { readFileSync, realpathSync } from "node:fs";
import { serverPrograms, type ServerPrograms } from "../../../lab/servers/serverPrograms.js";
import { redisTexts } from "../../../src/ioredis/redisTexts.js";
import { safeMessage } from "../../../src/ioredis/safeMessage.js";
import { engineProgram, engines, engineVersions } from "../../../src/plan/engine.js";
import { BareServer } from "./bareServer.js";

/** What an application asks for, and what it is told. */
const refused: readonly (readonly [string, readonly [string, ...string[]], RegExp])[] = [
  ["a command that is locked", ["GET", "own"], /^NOPERM this user has no permissions to run the 'get' command$/],
  [
    "a key that is another's",
    ["SET", "other", "x"],
    /^NOPERM (No permissions to access a key|this user .* one of the keys used as arguments)$/,
  ],
  [
    "a channel that is another's",
    ["PUBLISH", "other", "x"],
    /^NOPERM (No permissions to access a channel|this user .* one of the channels used as arguments)$/,
  ],
  ["a script that is not there", ["EVALSHA", "0".repeat(40), "0"], /^NOSCRIPT No matching script\./],
  ["no transaction", ["EXEC"], /^ERR EXEC without MULTI$/],
  ["a password that is wrong", ["AUTH", "nobody", "any"], /^WRONGPASS invalid username-password pair/],
];

describe("the texts of errors that connect() lets through", () => {
  it("are all in the program of a server: what a text has a gap for stands in none", async () => {
    const strings = new Set<string>();
    for (const version of engineVersions) for (const text of textsIn(await serverPrograms(version))) strings.add(text);
    // Valkey has a gap where it says what it is.
    const titles = new RegExp(`^([A-Z]+) (${engines.map((engine) => engineProgram(engine).title).join("|")}) `);
    const isThere = (text: string): boolean =>
      strings.has(`-${text}`) || strings.has(text.replace(/^(ERR|NOPERM) /, ""));
    assert.deepEqual(
      [...redisTexts].filter((text) => !isThere(text) && !isThere(text.replace(titles, "$1 %s "))),
      [],
    );
    // The control case.
    assert.ok(!isThere("NOGROUP No such key 'key' or consumer group 'group'"));
  });

  for (const version of engineVersions) {
    describe(`with ${version}`, () => {
      let server: BareServer;
      before(async () => {
        server = await BareServer.start(await serverPrograms(version));
        await server.ask(
          "ACL",
          "SETUSER",
          "web",
          "on",
          "nopass",
          "resetkeys",
          "~own",
          "resetchannels",
          "+@all",
          "-get",
        );
        await server.ask("AUTH", "web", "any");
      });
      after(() => server.end());

      for (const [what, words, told] of refused) {
        it(`tell of ${what}`, async () => {
          const message = await server.ask(...words).then(String, (reason: unknown) => (reason as Error).message);
          assert.match(safeMessage(message) ?? `nothing: ${message}`, told);
        });
      }
    });
  }
});

function textsIn({ server }: ServerPrograms): string[] {
  return readFileSync(realpathSync(server.at(-1) ?? ""), "latin1").split(/[\0\r\n]/);
}
