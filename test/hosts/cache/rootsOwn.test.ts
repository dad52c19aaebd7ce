import assert from "node:assert/strict";
import { chmodSync, chownSync, lchownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepRootsPath, othersPart, refusalOfRoot, refuseOthersPlace } from "../../../src/cli/rootsOwn.js";

const somebody = 65_534;

/** Nothing of it needs a host, but all of it needs root. */
describe("what root may run, and where it may write", () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "roots-own-"));
    mkdirSync(at("a/b"), { recursive: true });
    writeFileSync(at("a/b/file"), "");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const lay = (target: string, name: string, owner = 0): void => {
    symlinkSync(target, at(name));
    lchownSync(at(name), owner, owner);
  };
  const give = (name: string): void => {
    chownSync(at(name), somebody, somebody);
  };

  /** What is done, to which path, and which part of it is others'; none where it is root's own. */
  const cases: readonly [string, () => void, string, string?][] = [
    ["root's own file", () => undefined, "a/b/file"],
    ["root's own folder", () => undefined, "a/b"],
    ["what isn't there yet, in root's own folder", () => undefined, "a/b/none"],
    [
      "a file of somebody",
      () => {
        give("a/b/file");
      },
      "a/b/file",
      "a/b/file",
    ],
    [
      "a file in a folder of somebody",
      () => {
        give("a/b");
      },
      "a/b/file",
      "a/b",
    ],
    [
      "what isn't there yet, in a folder of somebody",
      () => {
        give("a/b");
      },
      "a/b/none",
      "a/b",
    ],
    [
      "a folder far above of somebody",
      () => {
        give("a");
      },
      "a/b/file",
      "a",
    ],
    [
      "a file that a group may write",
      () => {
        chmodSync(at("a/b/file"), 0o664);
      },
      "a/b/file",
      "a/b/file",
    ],
    [
      "a folder that all may write",
      () => {
        chmodSync(at("a"), 0o777);
      },
      "a/b/file",
      "a",
    ],
    [
      "root's own in a sticky folder",
      () => {
        chmodSync(at("a"), 0o1777);
      },
      "a/b/file",
    ],
    [
      "what isn't there yet, in a sticky folder",
      () => {
        chmodSync(at("a"), 0o1777);
      },
      "a/none",
      "a",
    ],
    [
      "a sticky folder itself",
      () => {
        chmodSync(at("a"), 0o1777);
      },
      "a",
      "a",
    ],
    [
      "root's link to root's own",
      () => {
        lay("./a/../a/b", "link");
      },
      "link/file",
    ],
    [
      "somebody's link to root's own",
      () => {
        lay("a/b", "link", somebody);
      },
      "link/file",
      "link",
    ],
    [
      "root's link to somebody's file",
      () => {
        give("a/b");
        lay("a/b/file", "link");
      },
      "link",
      "a/b",
    ],
    [
      "root's link to root's link to somebody's",
      () => {
        give("a/b");
        lay(at("a"), "one");
        lay("./one/../one/b", "two");
      },
      "two/file",
      "a/b",
    ],
    [
      "links in a circle",
      () => {
        lay("two", "one");
        lay("one", "two");
      },
      "one",
      "one",
    ],
  ];
  for (const [what, arrange, path, others] of cases) {
    it(`${others === undefined ? "takes" : "refuses"} ${what}`, () => {
      arrange();
      assert.equal(othersPart(at(path)), others === undefined ? undefined : at(others));
    });
  }

  it("refuses to write where others have laid a link, or could", () => {
    const write = (): void => {
      refuseOthersPlace("--folder", at("a"));
    };
    write();
    symlinkSync("/etc/passwd", at("a/b/report.md"));
    // The link itself is root's own, as what it leads to is.
    write();
    lchownSync(at("a/b/report.md"), somebody, somebody);
    assert.throws(write, {
      message: `--folder: others than root can change ${at("a/b/report.md")}. Give a place that is root's own, or run this as yourself.`,
    });
  });

  it("leaves no folder of others in root's PATH", () => {
    const { PATH } = process.env;
    give("a/b");
    try {
      process.env.PATH = [at("a/b"), "/usr/bin", "relative", at("a"), "", "/tmp"].join(":");
      keepRootsPath();
      assert.equal(process.env.PATH, `/usr/bin:${at("a")}`);
    } finally {
      process.env.PATH = PATH;
    }
  });

  it("refuses root a program of somebody's, and takes root's own", () => {
    const [, program = ""] = process.argv;
    const withProgram = (path: string): string | undefined => {
      process.argv[1] = path;
      try {
        return refusalOfRoot();
      } finally {
        process.argv[1] = program;
      }
    };
    give("a/b/file");
    assert.match(
      withProgram(at("a/b/file")) ?? "",
      new RegExp(`^This does not run as root here: others than root can change ${at("a/b/file")},`),
    );
    assert.doesNotMatch(withProgram(at("a/b")) ?? "", /roots-own-/);
  });
});
