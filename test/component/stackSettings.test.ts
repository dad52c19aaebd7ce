import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runtime } from "@pulumi/pulumi";
import { parse } from "yaml";
import { warnOfPassphrase } from "../../src/resources/stackSettings.js";

const salt = "encryptionsalt: v1:AAAAAAAAAAA=:v1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\n";

describe("a stack whose secrets a passphrase keeps", () => {
  const say = console.warn;
  let folder: string;
  let said: string[];
  beforeEach(async () => {
    await runtime.setMocks({ newResource: () => assert.fail(), call: () => assert.fail() }, "clinic", "prod");
    folder = mkdtempSync(join(tmpdir(), "pulumi-hipaa-redis-"));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: clinic\n");
    mkdirSync(join(folder, "infrastructure"));
    said = [];
    console.warn = (line: string) => said.push(line);
  });
  afterEach(() => {
    console.warn = say;
    rmSync(folder, { recursive: true });
  });

  const settings = (text: string, stack = "prod"): void => {
    writeFileSync(join(folder, `Pulumi.${stack}.yaml`), text);
  };
  const warnings = (from = folder): number => {
    warnOfPassphrase(from, {});
    return said.length;
  };

  it("is warned of, by its names, with what to do, once in each run", () => {
    settings(salt);
    const [first, second] = [{}, {}];
    for (const run of [first, first, second, first]) warnOfPassphrase(folder, run);
    assert.equal(said.length, 2);
    assert.match(said[0] ?? "", /stack prod of clinic .* passphrase.*`pulumi stack change-secrets-provider "awskms:/s);
    assert.ok(!said.join().includes("AAAA"));
  });

  for (const [what, text] of [
    ["the salt of a passphrase", salt],
    ["the salt beside the name of Pulumi's default", `secretsprovider: default\n${salt}`],
    ["a passphrase by name", `secretsprovider: passphrase\n${salt}config:\n  aws:region: us-east-1\n`],
    ["a passphrase by name, without its salt yet", "secretsprovider: passphrase\n"],
  ] as const) {
    it(`is known by ${what}`, () => {
      settings(text);
      assert.equal(warnings(), 1);
    });
  }

  for (const [what, text] of [
    ["a key of AWS", "secretsprovider: awskms://alias/pulumi?region=us-east-1\nencryptedkey: AAAA\n"],
    ["a key of AWS, with the salt of before", `secretsprovider: awskms://alias/pulumi\n${salt}`],
    ["Pulumi's own service", "config:\n  aws:region: us-east-1\n"],
    ["nothing", ""],
    ["a list", "- encryptionsalt\n"],
    ["no YAML", "encryptionsalt: [\n"],
  ] as const) {
    it(`is not one whose settings are ${what}`, () => {
      settings(text);
      assert.equal(warnings(), 0);
    });
  }

  it("is found from a folder of the project, where its program may be", () => {
    settings(salt);
    assert.equal(warnings(join(folder, "infrastructure")), 1);
  });

  for (const extension of ["yaml", "yml", "json"]) {
    const written = (text: string): string => (extension === "json" ? JSON.stringify(parse(text)) : text);
    /** Where a project's file says that settings are, and where they are in truth. */
    const warned = (project: string, place: string, from = "."): number => {
      rmSync(join(folder, "Pulumi.yaml"));
      writeFileSync(join(folder, `Pulumi.${extension}`), written(project));
      mkdirSync(join(folder, place), { recursive: true });
      writeFileSync(join(folder, place, `Pulumi.prod.${extension}`), written(salt));
      return warnings(join(folder, from));
    };

    it(`is found beside Pulumi.${extension}, with the same ending`, () => {
      assert.equal(warned("name: clinic\n", "."), 1);
    });

    it(`is found in the folder of settings that Pulumi.${extension} names, by its name of today or of before, and nowhere else`, () => {
      for (const [key, place, count] of [
        ["stackConfigDir", "stacks", 1],
        ["config", "stacks/all", 1],
        ["stackConfigDir", "elsewhere", 0],
      ] as const) {
        said = [];
        writeFileSync(join(folder, "Pulumi.yaml"), "name: clinic\n");
        const named = count === 1 ? place : "nowhere";
        assert.equal(warned(`name: clinic\n${key}: ${named}\n`, place, "infrastructure"), count, key);
      }
    });

    it(`is found beside Pulumi.${extension} where config has values, as Pulumi itself does`, () => {
      assert.equal(warned("name: clinic\nconfig:\n  aws:region: us-east-1\n", "."), 1);
    });
  }

  it("is not one in a file of another ending than the project's", () => {
    writeFileSync(join(folder, "Pulumi.prod.yml"), salt);
    assert.equal(warnings(), 0);
  });

  it("is not one without settings, of another name, or outside of any project", () => {
    settings(salt, "test");
    assert.equal(warnings(), 0);
    settings(salt);
    rmSync(join(folder, "Pulumi.yaml"));
    assert.equal(warnings(), 0);
  });
});
