import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { reportCommand } from "../../../src/cli/reportCommand.js";
import { sheetsCommand } from "../../../src/cli/sheetsCommand.js";
import { signatureCommand } from "../../../src/cli/signatureCommand.js";
import { verifyCommand } from "../../../src/cli/verifyCommand.js";

function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 200 }).outputHelp();
  return text;
}

function examplesOf(help: string): string {
  const [, examples = ""] = help.split("\nExamples:\n");
  return examples;
}

describe("docs/verify.md", () => {
  it("names options that there are, of these commands", () => {
    const text = readFileSync(join(repositoryRoot, "docs/verify.md"), "utf8");
    const known = [verifyCommand(), signatureCommand(), reportCommand(), sheetsCommand()].flatMap(({ options }) =>
      options.map(({ long }) => String(long)),
    );
    const inExamples = [...text.matchAll(/pulumi-hipaa-redis (?:verify|report|signature)\b[^\n`>]*/g)].join(" ");
    const named = [...text.matchAll(/`(--[a-z-]+)/g), ...inExamples.matchAll(/(--[a-z-]+)/g)].map(
      ([, option = ""]) => option,
    );
    assert.ok(named.length > 15, named.join());
    assert.deepEqual(
      named.filter((option) => !known.includes(option)),
      [],
    );
  });
});

describe("the help of a command", () => {
  for (const command of [verifyCommand(), signatureCommand(), reportCommand(), sheetsCommand()]) {
    const help = helpOf(command);

    it(`of ${command.name()} marks what has to be given, and nothing else`, () => {
      for (const { long, mandatory } of command.options) {
        const line = help.split("\n").find((each) => each.includes(` ${String(long)}`)) ?? "";
        assert.equal(/ {2}required: /.test(line), mandatory, line);
      }
    });

    it(`of ${command.name()} has no empty default, and examples whose options there are`, () => {
      assert.doesNotMatch(help, /default: \[\]/);
      const examples = examplesOf(help).replaceAll(" \\\n    ", " ");
      assert.match(examples, new RegExp(`^ {2}pulumi-hipaa-redis ${command.name()} `, "m"));
      const own = examples.split("\n").filter((line) => line.includes("pulumi-hipaa-redis"));
      for (const [option] of own.join("\n").matchAll(/--[a-z-]+/g)) {
        assert.ok(
          command.options.some(({ long }) => long === option),
          option,
        );
      }
    });

    it(`of ${command.name()} has examples that fit 80 columns`, () => {
      const wide = examplesOf(help)
        .split("\n")
        .filter((line) => line.length > 80);
      assert.deepEqual(wide, []);
    });
  }
});
