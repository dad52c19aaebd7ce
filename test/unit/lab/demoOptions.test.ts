import assert from "node:assert/strict";
import { syncBuiltinESMExports } from "node:module";
import util from "node:util";
import { demoOptions, helpText, readOptions } from "../../../lab/demo/options.mjs";
import { defaultEngine, engines, isPackaged } from "../../../src/plan/engine.js";
import { defaultOperatingSystem, operatingSystems } from "../../../src/plan/operatingSystem.js";
import { defaultTunnelEngine, tunnelEngines } from "../../../src/plan/tunnel.js";

describe("the command line of the demo", () => {
  const hosts = { tunnel: "haproxy", operatingSystem: defaultOperatingSystem, engine: defaultEngine };
  const chosen = { plugins: "local", ...hosts, replicas: "0", shards: "1" };
  const defaults = { ...chosen, verbose: false, down: false, skipChecks: false, help: false };

  it("is read, with defaults for what is not given", () => {
    for (const [args, changed] of [
      [[], {}],
      [["--plugins", "official", "--tunnel=stunnel"], { plugins: "official", tunnel: "stunnel" }],
      [["--operating-system", "debian-13"], { operatingSystem: "debian-13" }],
      [["--engine", "valkey", "--operating-system=debian-13"], { engine: "valkey" }],
      [["--engine", "redis", "--operating-system", "debian-12"], { operatingSystem: "debian-12" }],
      [["--replicas", "2"], { replicas: "2" }],
      [["--shards", "1", "--replicas", "2"], { replicas: "2" }],
      [["--shards", "3", "--verbose"], { shards: "3", verbose: true }],
      [["--down", "--verbose", "--skip-checks"], { down: true, verbose: true, skipChecks: true }],
      [["--help"], { help: true }],
      [["-h"], { help: true }],
    ] as const)
      assert.deepEqual(readOptions(args), { options: { ...defaults, ...changed } });
  });

  it("is refused with what is wrong, and what was probably meant or is allowed", () => {
    const flags = demoOptions.map(({ flag }) => flag).join(", ");
    const alone = "--replicas: it is for one shard. With --shards 3 each has a replica: leave it out.";
    const noPackage = "--engine: Debian 12 has no package of Valkey. Leave --operating-system out.";
    for (const [args, problem] of [
      [["--dwon"], "There is no option --dwon: did you mean --down?"],
      [["--verbos"], "There is no option --verbos: did you mean --verbose?"],
      [["everything"], `There is no option everything. Give ${flags}.`],
      [["--", "--down"], `There is no option --. Give ${flags}.`],
      [["-x"], `There is no option -x. Give ${flags}.`],
      [["--down=yes"], '--down: got "yes". It takes no value.'],
      [["--tunnel", "ssh"], '--tunnel: got "ssh". Give haproxy or stunnel.'],
      [["--operating-system", "ubuntu-24.04"], '--operating-system: got "ubuntu-24.04". Give debian-13 or debian-12.'],
      [["--engine", "keydb"], '--engine: got "keydb". Give redis or valkey.'],
      [["--operating-system", "debian-12", "--engine", "valkey"], noPackage],
      [["--engine=valkey", "--operating-system=debian-12", "--shards=3"], noPackage],
      [["--replicas", "1"], '--replicas: got "1". Give 0 or 2.'],
      [["--shards", "2"], '--shards: got "2". Give 1 or 3.'],
      [["--shards", "3", "--replicas", "2"], alone],
      [["--replicas=0", "--shards=3"], alone],
      [["--plugins"], "--plugins: nothing was given. Give local or official."],
    ] as const)
      assert.deepEqual(readOptions(args), { problem });
  });

  it("has its defaults on a Node.js that is too old to read one, so that the checks which follow can say so", () => {
    const { parseArgs } = util;
    const setTo = (value: unknown): void => {
      Reflect.set(util, "parseArgs", value);
      syncBuiltinESMExports();
    };
    setTo(undefined);
    try {
      assert.deepEqual(readOptions(["--down", "--dwon"]), { options: defaults });
    } finally {
      setTo(parseArgs);
    }
  });

  it("has the tunnels, releases and engines of the library, its default first, and refuses what that refuses", () => {
    for (const [wanted, all, first] of [
      ["--tunnel", tunnelEngines, defaultTunnelEngine],
      ["--operating-system", operatingSystems, defaultOperatingSystem],
      ["--engine", engines, defaultEngine],
    ] as const) {
      const choices = demoOptions.find(({ flag }) => flag === wanted)?.choices ?? [];
      assert.deepEqual([...choices].sort(), [...all].sort());
      assert.equal(choices[0], first);
    }
    for (const operatingSystem of operatingSystems) {
      for (const engine of engines) {
        const { problem } = readOptions(["--operating-system", operatingSystem, "--engine", engine]);
        assert.equal(problem === undefined, isPackaged({ operatingSystem, engine }), `${engine} on ${operatingSystem}`);
        const down = readOptions(["--operating-system", operatingSystem, "--engine", engine, "--down"]);
        assert.equal(down.problem, undefined, `${engine} on ${operatingSystem}, taken away`);
      }
    }
  });

  it("has help that names every option and fits a terminal", () => {
    for (const { flag } of demoOptions) assert.ok(helpText().includes(flag), flag);
    for (const line of helpText().split("\n")) assert.ok(line.length <= 80, line);
  });
});
