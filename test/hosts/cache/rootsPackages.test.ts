import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepRootsPath, othersPackage } from "../../../src/cli/rootsOwn.js";

const somebody = 65_534;

/** Nothing of it needs a host, but all of it needs root, and a place that is root's own, as /tmp is not. */
describe("what Node.js may load for root, and what root's shell may find", () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  const ours = "above/in/node_modules/ours/dist/cli/main.js";
  const lay = (name: string, text = ""): void => {
    mkdirSync(join(at(name), ".."), { recursive: true });
    writeFileSync(at(name), text);
  };
  const give = (name: string): void => {
    chownSync(at(name), somebody, somebody);
  };
  /** A package that is elsewhere, and a link to it. */
  const link = (name: string, place: string): void => {
    lay(`${place}/index.js`);
    symlinkSync(at(place), at(name));
  };

  beforeEach(() => {
    folder = mkdtempSync("/opt/roots-packages-");
    lay(ours);
    lay("above/in/node_modules/theirs/index.js");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** What there is beside packages of root's, and which part of it is others'. */
  const cases: readonly [string, () => void, string?][] = [
    ["packages of root's", () => undefined],
    [
      "a package beside ours with a file of somebody",
      () => {
        give("above/in/node_modules/theirs/index.js");
      },
      "above/in/node_modules/theirs/index.js",
    ],
    [
      "packages further up, which are root's",
      () => {
        lay("above/node_modules/more/index.js");
      },
    ],
    [
      "packages further up, of which somebody has a file",
      () => {
        lay("above/node_modules/more/index.js");
        give("above/node_modules/more/index.js");
      },
      "above/node_modules/more/index.js",
    ],
    [
      "a folder further up in which everybody may make packages",
      () => {
        chmodSync(at("above"), 0o1777);
      },
      "above",
    ],
    [
      "the same with packages of root's already there",
      () => {
        lay("above/node_modules/more/index.js");
        chmodSync(at("above"), 0o1777);
      },
    ],
    [
      "a linked package of root's",
      () => {
        link("above/in/node_modules/linked", "elsewhere/linked");
      },
    ],
    [
      "a linked package with a file of somebody",
      () => {
        link("above/in/node_modules/linked", "elsewhere/linked");
        give("elsewhere/linked/index.js");
      },
      "elsewhere/linked/index.js",
    ],
    [
      "a linked package that finds packages of somebody's",
      () => {
        link("above/in/node_modules/linked", "elsewhere/linked");
        lay("elsewhere/node_modules/more/index.js");
        give("elsewhere/node_modules/more");
      },
      "elsewhere/node_modules/more",
    ],
    [
      "a linked package in whose place everybody may make packages",
      () => {
        link("above/in/node_modules/linked", "elsewhere/linked");
        chmodSync(at("elsewhere"), 0o1777);
      },
      "elsewhere",
    ],
    [
      "a link to a link to a package with a file of somebody",
      () => {
        link("elsewhere-too", "elsewhere/linked");
        symlinkSync(at("elsewhere-too"), at("above/in/node_modules/linked"));
        give("elsewhere/linked/index.js");
      },
      "elsewhere/linked/index.js",
    ],
    [
      "links in a circle of folders",
      () => {
        symlinkSync(at("above"), at("above/in/node_modules/theirs/up"));
      },
    ],
    [
      "a link to nothing, in root's own place",
      () => {
        symlinkSync(at("above/none"), at("above/in/node_modules/theirs/none"));
      },
    ],
  ];
  for (const [what, arrange, others] of cases) {
    it(`${others === undefined ? "takes" : "refuses"} ${what}`, () => {
      arrange();
      assert.equal(othersPackage(at(ours)), others === undefined ? undefined : at(others));
    });
  }

  it("looks at NODE_PATH and at the home folder as well", () => {
    // Node.js reads both when it starts.
    const found = (environment: Readonly<Record<string, string>>): string => {
      const script = `console.log(require(process.argv[1]).othersPackage(process.argv[2]) ?? "nothing")`;
      const module = join(import.meta.dirname, "../../../src/cli/rootsOwn.ts");
      const args = ["--import=tsx", "--eval", script, module, at(ours)];
      const { stdout, stderr } = spawnSync(process.execPath, args, {
        env: { ...process.env, NODE_PATH: "", HOME: "/root", ...environment },
        encoding: "utf8",
      });
      return stdout.trim() || stderr;
    };
    mkdirSync(at("other"));
    assert.equal(found({ NODE_PATH: at("other"), HOME: at("other") }), "nothing");
    give("other");
    assert.equal(found({ NODE_PATH: at("other") }), at("other"));
    assert.equal(found({ HOME: at("other") }), at("other"));
  });

  it("leaves root the system's programs where no folder of PATH is root's own, and none of the folder that it is called in", () => {
    const { PATH } = process.env;
    const here = process.cwd();
    lay("sh", "#!/bin/sh\necho somebody was here\n");
    chmodSync(at("sh"), 0o755);
    give("sh");
    const asked = (): string => spawnSync("sh", ["-c", "echo the system"], { encoding: "utf8" }).stdout;
    try {
      process.chdir(folder);
      process.env.PATH = "";
      assert.equal(asked(), "somebody was here\n");
      for (const others of ["", "relative", "/tmp:relative"]) {
        process.env.PATH = others;
        keepRootsPath();
        assert.equal(asked(), "the system\n", others);
      }
    } finally {
      process.chdir(here);
      process.env.PATH = PATH;
    }
  });
});
