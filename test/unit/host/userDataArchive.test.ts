import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { userDataPartProblems } from "../../../src/arguments/userDataPart.js";
import { clientCloudConfig, clientUserData } from "../../../src/host/clientUserData.js";
import { makesUser, userDataArchive } from "../../../src/host/userDataArchive.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { sampleConnection } from "../../support/sample.js";

const plan = planClient("web", { appUser: "web" });
const theirs = (parts: readonly string[]): unknown[] =>
  (parse(userDataArchive("#cloud-config\n", parts), { version: "1.1" }) as unknown[]).slice(1);

describe("an app host's user data", () => {
  it("is an archive of cloud-config, with ours alone in it when there is nothing else", () => {
    const text = clientUserData(plan, sampleConnection, []);
    assert.ok(text.startsWith("#cloud-config-archive\n- content: "));
    assert.deepEqual(parse(text), [{ content: clientCloudConfig(plan, sampleConnection) }]);
  });

  it("lets the caller give nothing but a list where the library's own cloud-config has one", () => {
    const own = parse(clientCloudConfig(plan, sampleConnection)) as Record<string, unknown>;
    const lists = Object.keys(own).filter((key) => Array.isArray(own[key]));
    assert.ok(lists.length > 0);
    for (const key of lists) {
      assert.equal(userDataPartProblems("part", `#cloud-config\n${key}: a\n`)[0]?.path, `part.${key}`);
      assert.deepEqual(userDataPartProblems("part", `#cloud-config\n${key}: []\n`), []);
    }
  });

  it("has the caller's cloud-config as it is, which is added to ours and replaces nothing", () => {
    const content = "\n #Cloud-config\r\nruncmd: [[aws, 089012345678]] # mine\r\nruncmd: []\r\n";
    const header = { type: "text/cloud-config", "Merge-Type": "list(append)+dict(no_replace,recurse_list)+str()" };
    assert.deepEqual(theirs([content]), [{ ...header, content }]);
  });

  it("has the caller's scripts as they are, by names that come after runcmd and keep their order", () => {
    const scripts = Array.from({ length: 11 }, (_, index) => `#!/bin/sh\r\necho ${index}\r\n`);
    const entries = theirs(scripts) as { type: string; filename: string; content: string }[];
    assert.deepEqual(
      entries.map(({ type, content }) => [type, content]),
      scripts.map((script) => ["text/x-shellscript", script]),
    );
    const names = entries.map(({ filename }) => filename);
    assert.deepEqual(["runcmd", ...names].sort(), ["runcmd", ...names]);
    assert.deepEqual([names[0], names[10]], ["user-01", "user-11"]);
  });

  it("keeps every character of a part, in ASCII alone", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (parts) => {
        const scripts = parts.map((part) => `#!${part}`);
        const text = userDataArchive("#cloud-config\n", scripts);
        assert.match(text, /^[\n -~]*$/);
        assert.deepEqual(
          (theirs(scripts) as { content: string }[]).map(({ content }) => content),
          scripts,
        );
      }),
    );
  });
});

describe("the application's user", () => {
  // Made where it is not there, and put into the group of its name, whatever group the caller's users or an image give it.
  const make = ["systemd-sysusers", "--inline", 'u web - "Application"', "m web web"];
  const commands = (parts: string[]): { bootcmd: string[][]; runcmd: string[][] } => {
    const [own] = parse(clientUserData(plan, sampleConnection, parts)) as [{ content: string }];
    return parse(own.content) as { bootcmd: string[][]; runcmd: string[][] };
  };

  it("is made before files are written, so that they can belong to it", () => {
    const { bootcmd, runcmd } = commands(["#cloud-config\nusers: [default, worker]\n"]);
    assert.deepEqual([bootcmd.at(-1), runcmd.filter(([program]) => program === make[0])], [make, []]);
  });

  it("is left to the caller's users where they name it, and made when it is not there even so", () => {
    const { bootcmd, runcmd } = commands(["#!/bin/sh\n", "#cloud-config\nusers: [{name: web, shell: /bin/sh}]\n"]);
    assert.deepEqual([bootcmd.filter((command) => command.join() === make.join()), runcmd[0]], [[], make]);
  });

  it("is in the group of its name before anything is started, whichever group the caller's users give it", () => {
    for (const user of [
      "{name: web, primary_group: staff}",
      "{name: web, no_user_group: true}",
      "{name: web, gid: 100}",
    ]) {
      const { runcmd } = commands([`#cloud-config\nusers: [${user}]\n`]);
      assert.deepEqual([runcmd[0], runcmd.findIndex(([program]) => program === "systemctl") > 0], [make, true]);
    }
  });

  it("is found in each form of users", () => {
    for (const users of ["[web]", "[[web]]", "'a, web'", "{web: {}}", "[{name: web}]", "[default, 'a,web']"]) {
      assert.ok(makesUser(`#cloud-config\nusers: ${users}\n`, "web"), users);
    }
    for (const user of ["web", "{name: web}"]) assert.ok(makesUser(`#cloud-config\nuser: ${user}\n`, "web"), user);
    for (const users of ["[webber]", "[{name: a, groups: [web]}]", "", "[default]", "5"]) {
      assert.ok(!makesUser(`#cloud-config\nusers: ${users}\n`, "web"), users);
    }
    assert.ok(!makesUser("#!/bin/sh\nusers: [web]\n", "web"));
    assert.ok(!makesUser("#cloud-config\nusers: [web\n", "web"));
    assert.ok(!makesUser("#cloud-config\n", "web"));
  });
});
