import { readdirSync } from "node:fs";
import { join } from "node:path";
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
  /** It boots hosts: the checkout's lab, which runs once. */
  readonly bootsHosts?: boolean;
  /** It is given the LocalStack of those that follow each other, where it finds what others have left. */
  readonly sharesLocalStack?: boolean;
}

const scriptsFolder = "src/host/scripts";
const hostScripts = readdirSync(join(repositoryRoot, scriptsFolder)).map(
  (name) => `${scriptsFolder}/${name}`,
);

export const layers: readonly Layer[] = [
  {
    name: "static",
    what: "types, lint, format, shell scripts",
    commands: [
      // The longest first. Typed rules hold the whole program in memory, the types of @pulumi/aws with it.
      ["node", "--max-old-space-size=8192", "node_modules/eslint/bin/eslint.js", "--max-warnings", "0", "."],
      ["tsc", "--noEmit"],
      // As each one's own tsconfig.json would, which a unit test holds: together they load the types of @pulumi/aws once.
      ["tsc", "--project", "examples"],
      ["prettier", "--check", "."],
      ["shellcheck", ...hostScripts, ".ci/run", "examples/baked-image/make-image.sh"],
    ],
  },
  {
    name: "unit",
    what: "the plan and the rendered files; components against mocks",
    files: ["test/unit/**/*.test.ts", "test/component/**/*.test.ts", "bench/figures/*.test.ts"],
  },
  {
    name: "evidence",
    what: "the compliance report in a real browser, and the commands of its checks",
    files: ["test/evidence/*.test.ts"],
  },
  {
    name: "package",
    what: "the packed tarball in an empty project, and its command line",
    files: ["test/package/*.test.ts"],
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
    name: "lab",
    what: "the test hosts themselves",
    files: ["test/hosts/lab.test.ts"],
    needsRoot: true,
    bootsHosts: true,
    sharesLocalStack: true,
  },
  {
    name: "hosts",
    what: "the quickstart on booted hosts, and every attack on it",
    files: ["test/hosts/cache/*.test.ts", "test/hosts/attacks/*.test.ts"],
    needsRoot: true,
    bootsHosts: true,
    sharesLocalStack: true,
  },
  {
    name: "image",
    what: "hosts that boot from an image with the packages",
    files: ["test/hosts/image/*.test.ts"],
    needsRoot: true,
    bootsHosts: true,
    sharesLocalStack: true,
  },
  {
    name: "rotation",
    what: "trust that changes under load, and secrets that are not sound",
    files: ["test/hosts/rotation/*.test.ts"],
    needsRoot: true,
    bootsHosts: true,
    sharesLocalStack: true,
  },
  {
    name: "demo",
    what: "npm run demo, Ctrl-C and --down",
    files: ["test/demo/*.test.ts"],
    needsRoot: true,
    bootsHosts: true,
  },
];

/** What runs side by side: those that boot hosts follow each other and wait much of their time; beside them those that compute. */
export function lanesOf(chosen: readonly Layer[]): Layer[][] {
  const boot = ({ bootsHosts }: Layer): boolean => bootsHosts === true;
  const lanes = [chosen.filter(boot), chosen.filter((layer) => !boot(layer))];
  return lanes.filter((lane) => lane.length > 0);
}
