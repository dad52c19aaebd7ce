import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { execa } from "execa";
import type { Host } from "../../hosts/index.js";
import type { Attack, AttackSuite } from "../attack.js";
import { syncJournals } from "../journal.js";
import { oncePerScene, type Scene } from "../scene.js";
import { resp, talk } from "../talk.js";

/** Words that stand nowhere else, and what carries each. */
interface Canaries {
  readonly value: string;
  readonly key: string;
  readonly guess: string;
  readonly unknownCommand: string;
  /** This one is left on the disk and in the journal, to be found. */
  readonly planted: string;
}

/** Who gets the hosts' disks, as a thief of a backup does, after PHI has passed through the cache. */
export const disks: AttackSuite = {
  title: "Disks and logs",
  dependsOn: ["tunnel"],
  attacks: [
    lookingFor("value", "a value that was written and read"),
    lookingFor("key", "the name of its key"),
    lookingFor("guess", "a wrong password that was tried"),
    lookingFor("unknownCommand", "the arguments of a command that was refused"),
  ],
};

function lookingFor(name: keyof Canaries, what: string): Attack {
  return {
    who: "a thief",
    from: "both hosts' disks, journals and consoles",
    what: `look for ${what}`,
    slow: true,
    refusal: /found nowhere/,
    attempt: (scene) => lookFor(scene, name),
    controlCase: {
      what: "a word that was left on the disk, and one in the journal",
      success: /found on the disk.*found in the journal/,
      attempt: (scene) => lookFor(scene, "planted"),
    },
  };
}

async function lookFor(scene: Scene, name: keyof Canaries): Promise<string> {
  const { canaries, onDisks, inJournals } = await searched(scene);
  const places = [
    ...(onDisks.includes(canaries[name]) ? ["found on the disk"] : []),
    ...(inJournals.includes(canaries[name]) ? ["found in the journal"] : []),
  ];
  return places.join(", ") || "found nowhere";
}

/** All words at once: a disk has hundreds of megabytes. */
const searched = oncePerScene(async (scene) => {
  const canaries = await send(scene);
  const words = Object.values<string>({ ...canaries });
  const hosts = [scene.node, scene.appHost];
  const onDisks = (await Promise.all(hosts.map((host) => wordsOnDisk(host, words)))).flat();
  const logs = await Promise.all(
    hosts.map(async (host) => {
      const journal = await host.exec(["journalctl", "--no-pager", "--namespace=*", "--all", "--output=export"]);
      return journal.stdout + readFileSync(host.consoleFile, "latin1");
    }),
  );
  return { canaries, onDisks, inJournals: words.filter((word) => logs.some((log) => log.includes(word))) };
});

async function send(scene: Scene): Promise<Canaries> {
  const word = (): string => `canary${randomBytes(12).toString("hex")}`;
  const canaries = { value: word(), key: word(), guess: word(), unknownCommand: word(), planted: word() };
  const calls = [
    ["SET", canaries.key, canaries.value],
    ["GET", canaries.key],
    ["HSET", `${canaries.key}:hash`, canaries.value, canaries.value],
    ["PUBLISH", canaries.key, canaries.value],
    ["EVAL", `return '${canaries.unknownCommand}'`, "0", canaries.unknownCommand],
    ["AUTH", canaries.guess],
    ["AUTH", canaries.guess, canaries.guess],
  ];
  const answer = (await talk(scene, [calls.map(resp).join("")])).join("");
  if (!answer.includes(canaries.value)) throw new Error("The cache has not taken the value.");
  await scene.node.exec(["sh", "-c", `echo ${canaries.planted} >/var/tmp/planted; sync`]);
  await scene.appHost.exec(["logger", canaries.planted]);
  await Promise.all([scene.node, scene.appHost].map(syncJournals));
  return canaries;
}

/** The disk from outside, as a thief has it: no process of the host can hide a file from that. */
async function wordsOnDisk({ rootFolder }: Host, words: readonly string[]): Promise<string[]> {
  const options = ["--recursive", "--text", "--fixed-strings", "--only-matching", "--no-filename"];
  const { stdout } = await execa("grep", [...options, "--devices=skip", "--file=-", rootFolder], {
    input: words.join("\n"),
    reject: false,
  });
  return [...new Set(stdout.split("\n"))];
}
