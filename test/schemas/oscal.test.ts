import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { trestleWorkspace, type Trestle } from "../../lab/judges/trestle.js";
import { writeEvidence } from "../../src/evidence/write.js";
import { evidenceOfAws, heldRecord, now, signed, withFinding } from "../unit/evidence/heldRecord.js";
import { catalogueOf, withCatalogue, type Profile } from "./oscalCatalogue.js";

const profileHref = "trestle://profiles/cache/profile.json";

/** What of an assembled plan is read here. */
interface Assembled {
  readonly "system-security-plan": {
    readonly "control-implementation": {
      readonly "implemented-requirements": readonly {
        readonly "control-id": string;
        readonly "by-components": readonly { readonly description: string; readonly "implementation-status": object }[];
      }[];
    };
  };
}

describe("compliance-trestle, over the OSCAL of a report", () => {
  let folder: string;
  let trestle: Trestle;
  let profile: Profile;
  const workspace = (...path: string[]): string => join(folder, "workspace", ...path);
  const report = (name: string): string => join(folder, "report", name);
  const succeeds = async (...args: string[]): Promise<string> => {
    const { exitCode, said } = await trestle(...args);
    assert.equal(exitCode, 0, `${args.join(" ")}: ${said}`);
    return said;
  };
  const write = (name: string, content: object | string): string => {
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
    return join(folder, name);
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "hipaa-redis-trestle-"));
    mkdirSync(workspace());
    trestle = await trestleWorkspace(workspace(), () => undefined);
    const evidence = evidenceOfAws({ allowScripting: true });
    const found = withFinding(heldRecord(evidence, "cache", {}, true), "tls", "Redis has no network");
    const verifications = [signed(found), signed(heldRecord(evidence, "aws"))];
    writeEvidence(join(folder, "report"), evidence, { date: now, verifications, oscalProfile: profileHref });
    profile = JSON.parse(readFileSync(report("oscal-profile.json"), "utf8")) as Profile;
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("imports each document", async () => {
    const given = {
      nist: write("catalog.json", catalogueOf(profile)),
      cache: write("profile.json", withCatalogue(profile, "trestle://catalogs/nist/catalog.json")),
      library: report("oscal-component-definition.json"),
      plan: report("oscal-ssp.json"),
      results: report("oscal-assessment-results.json"),
      open: report("oscal-poam.json"),
    };
    for (const [name, file] of Object.entries(given)) await succeeds("import", "--file", file, "--output", name);
  });

  it("finds each of them valid", async () => {
    const said = await succeeds("validate", "--all");
    assert.equal(said.match(/^VALID: /gm)?.length, 6, said);
  });

  it("makes the pages of a system security plan of them, and assembles it", async () => {
    const compdefs = ["--compdefs", "library"];
    await succeeds("author", "ssp-generate", "--profile", "cache", ...compdefs, "--output", "pages");
    const page = readFileSync(workspace("pages", "ac", "ac-2.5.md"), "utf8");
    assert.match(page, /they have done nothing for 15 minutes/);
    assert.match(
      page,
      /### pulumi-hipaa-redis\n\n.*\n\n#### Rules:\n\n {2}- automatic-logoff\n\n#### Implementation Status: implemented/,
    );
    await succeeds("author", "ssp-assemble", "--markdown", "pages", ...compdefs, "--output", "assembled");
    const file = workspace("system-security-plans", "assembled", "system-security-plan.json");
    const assembled = JSON.parse(readFileSync(file, "utf8")) as Assembled;
    const requirements = assembled["system-security-plan"]["control-implementation"]["implemented-requirements"];
    const ids = profile.profile.imports[0]["include-controls"][0]["with-ids"];
    assert.deepEqual(requirements.map((one) => one["control-id"]).sort(), [...ids].sort());
    for (const one of requirements) {
      // The library's, and what trestle calls this system.
      assert.equal(one["by-components"].filter(({ description }) => description !== "").length, 1, one["control-id"]);
    }
    await succeeds("validate", "--all");
  });

  it("refuses them with what is wrong in them", async () => {
    const definition = readFileSync(report("oscal-component-definition.json"), "utf8");
    const [, uuid = ""] = /"uuid": "([^"]+)"/.exec(definition) ?? [];
    for (const [what, wrong] of [
      ["an id that is none", definition.replace(uuid, `${uuid.slice(1)}-`)],
      ["one id twice", definition.replaceAll(/"uuid": "[^"]+"/g, `"uuid": "${uuid}"`)],
    ] as const) {
      assert.notEqual(wrong, definition, what);
      const file = write("wrong.json", wrong);
      const { exitCode } = await trestle("import", "--file", file, "--output", "wrong");
      assert.notEqual(exitCode, 0, what);
    }
    // The control case.
    await succeeds("import", "--file", write("wrong.json", definition), "--output", "wrong");
  });

  it("can't assemble pages of ids that are of version 5, which NIST's schemas take", async () => {
    const definition = readFileSync(report("oscal-component-definition.json"), "utf8");
    const others = definition.replaceAll(/"uuid": "(.{14})4/g, '"uuid": "$15');
    await succeeds("import", "--file", write("others.json", others), "--output", "others");
    const compdefs = ["--compdefs", "others"];
    const generated = await trestle("author", "ssp-generate", "--profile", "cache", ...compdefs, "--output", "others");
    const args = ["author", "ssp-assemble", "--markdown", "others", ...compdefs, "--output", "others"];
    const assembled = generated.exitCode === 0 ? await trestle(...args) : generated;
    assert.notEqual(assembled.exitCode, 0, assembled.said);
    assert.match(assembled.said, /string does not match regex "[^"]*-4\[/);
  });
});
