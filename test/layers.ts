import { readdirSync } from "node:fs";
import { join } from "node:path";
import { labs, type Lab } from "../lab/hosts/labs.js";
import { repositoryRoot } from "../lab/stateFolder.js";

/** One part of `npm test`, which can run apart: `npm run test:<name>`. */
export interface Layer {
  readonly name: string;
  readonly what: string;
  /** Commands that must end in 0; each counts as one test. */
  readonly commands?: readonly (readonly [string, ...string[]])[];
  /** Files of mocha tests. */
  readonly files?: readonly string[];
  /** Namespaces, mounts and containers: only root on Linux can make them. */
  readonly needsRoot?: boolean;
  /** It boots hosts, in this one of the checkout's labs, which has one run of them at a time. */
  readonly lab?: Lab;
  /** It is given the LocalStack of all that boot hosts, where it finds what others have, and have left. */
  readonly sharesLocalStack?: boolean;
}

const scriptsFolder = "src/host/scripts";
const hostScripts = readdirSync(join(repositoryRoot, scriptsFolder)).map((name) => `${scriptsFolder}/${name}`);

const compiler = "node_modules/typescript-7/bin/tsc";

/** Room for the program, and for what is young, so that it is collected less often. */
const roomy = ["--max-old-space-size=8192", "--max-semi-space-size=128"];

export const layers: readonly Layer[] = [
  {
    name: "static",
    what: "types, lint, format, shell scripts, imports, what nothing uses, the public interface",
    commands: [
      // The longest first. Typed rules hold the whole program in memory, the types of @pulumi/aws with it.
      ["node", ...roomy, "node_modules/eslint/bin/eslint.js", "--max-warnings", "0", "."],
      // By the compiler in Go, which takes a third of the time; lint still needs the one before it, which has an interface.
      ["node", compiler, "--noEmit"],
      // As each one's own tsconfig.json would, which a unit test holds: together they load the types of @pulumi/aws once.
      ["node", compiler, "--project", "examples"],
      ["prettier", "--check", "."],
      // Which file may import which.
      ["depcruise", "--config", ".dependency-cruiser.json", "src", "lab", "test", "bench"],
      // What nothing uses: files, exports, dependencies.
      ["knip", "--no-progress"],
      // What is built against the committed reports of the public interface.
      ["node", "--import", "tsx", "test/api/main.ts"],
      ["shellcheck", ...hostScripts, ".ci/run", "examples/baked-image/make-image.sh"],
    ],
  },
  {
    name: "integration",
    what: "the real engine against LocalStack",
    files: ["test/integration/*.test.ts", "bench/author/*.test.ts"],
  },
  {
    name: "client",
    what: "connect() against a real Redis, and through both tunnels that fall silent",
    files: ["test/hosts/client/*.test.ts"],
    needsRoot: true,
  },
  {
    name: "unit",
    what: "the plan and the rendered files; components against mocks",
    files: [
      "test/unit/**/*.test.ts",
      "test/component/**/*.test.ts",
      "bench/{failover,figures,report,shards}/*.test.ts",
    ],
  },
  {
    name: "package",
    what: "the packed tarball in an empty project, and its command line",
    files: ["test/package/*.test.ts"],
  },
  {
    name: "evidence",
    what: "the compliance report in a real browser, and the commands of its checks",
    files: ["test/evidence/*.test.ts"],
  },
  {
    name: "schemas",
    what: "AWS's own schemas over what every example registers, and over every policy; compliance-trestle over the OSCAL",
    files: ["test/schemas/*.test.ts"],
  },
  {
    name: "lab",
    what: "the test hosts themselves",
    files: ["test/hosts/lab.test.ts"],
    needsRoot: true,
    lab: "more-hosts",
    sharesLocalStack: true,
  },
  {
    name: "hosts",
    what: "the quickstart on booted hosts, and every attack on it",
    files: ["test/hosts/cache/*.test.ts", "test/hosts/attacks/*.test.ts"],
    needsRoot: true,
    lab: "hosts",
    sharesLocalStack: true,
  },
  {
    name: "rotation",
    what: "hosts from an image with the packages, trust that changes under load, and secrets that are not sound",
    files: ["test/hosts/image/*.test.ts", "test/hosts/rotation/*.test.ts"],
    needsRoot: true,
    lab: "hosts",
    sharesLocalStack: true,
  },
  {
    name: "replicas",
    what: "a primary, its replicas and Sentinel: faults, attacks, rotation and replacement under load",
    files: ["test/hosts/replicas/*.test.ts"],
    needsRoot: true,
    lab: "more-hosts",
    sharesLocalStack: true,
  },
  {
    name: "cluster",
    what: "three shards with a replica each: faults, a minority, attacks on the bus, rotation, replacement and growth under load",
    files: ["test/hosts/cluster/*.test.ts"],
    needsRoot: true,
    lab: "more-hosts",
    sharesLocalStack: true,
  },
  {
    name: "demo",
    what: "npm run demo, Ctrl-C and --down",
    files: ["test/demo/*.test.ts"],
    needsRoot: true,
    lab: "hosts",
  },
];

/**
 * What runs side by side: in each lab those that boot hosts follow each other and wait much of their time, shared out so that both labs are
 * done at about the same time, the first one last; beside them the others, two at a time, of which the longest are listed first. A lane that
 * has nothing of its own left takes what is left of those.
 */
export class Lanes {
  readonly #own: readonly Layer[][];
  readonly #computing: Layer[];

  constructor(chosen: readonly Layer[]) {
    this.#computing = chosen.filter(({ lab }) => lab === undefined);
    const booting = labs.map((lab) => chosen.filter((layer) => layer.lab === lab));
    const labLanes = booting.filter((lane) => lane.length > 0);
    // Alone they are one after the other, so that each has both processors.
    const others = Math.min(this.#computing.length, labLanes.length > 0 ? 2 : 1);
    this.#own = [...labLanes, ...Array.from({ length: others }, () => [])];
  }

  get count(): number {
    return this.#own.length;
  }

  /** What a lane runs next; nothing when it is done. */
  next(lane: number): Layer | undefined {
    return this.#own[lane]?.shift() ?? this.#computing.shift();
  }
}
