import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { choicesFor, runsOf } from "../../support/dimensions.js";
import { describeOnHosts, type TestScene } from "../cache/scene.js";
import { forgedArguments, type ForgedArgument } from "./forged/arguments.js";
import { forgedValues } from "./forged/values.js";
import { runs } from "./runs.js";

/** What the programs made of one user data; see lab/scenario/onHost/parse.py. */
interface Parsed {
  readonly refused: readonly string[];
}

const parsedAtMost = runsOf(6);

describeOnHosts(["tunnel"], "a forged text in an argument", (scene, tunnel, choice) => {
  const seed = Number(process.env.FORGED_SEED ?? randomInt(2 ** 31));
  const again = `(FORGED_SEED=${seed} tries the same again)`;
  let here: TestScene;
  before(async () => {
    here = await scene();
  });

  /** Has the programs of a booted node parse user data, all in one go. */
  const parse = async (texts: readonly string[], users: readonly string[]): Promise<Parsed[]> => {
    const script = readFileSync(join(repositoryRoot, "lab", "scenario", "onHost", "parse.py"), "utf8");
    const command = ["python3", "-c", script, tunnel, ...users];
    const options = { input: JSON.stringify(texts), timeoutMs: 120_000 };
    const { exitCode, stdout, stderr } = await here.node.exec(command, options);
    assert.equal(exitCode, 0, `${stderr} ${again}`);
    return JSON.parse(stdout) as Parsed[];
  };

  for (const argument of forgedArguments) {
    if (!choicesFor(argument.dependsOn).some((one) => one.tunnel === tunnel)) continue;
    it(`is refused by its name, or is parsed as it is meant by all that read it: ${argument.path}`, async () => {
      const { path, marker, problems, render } = argument;
      assert.deepEqual(problems(marker), []);
      const values = forgedValues(argument, seed);
      const taken = values.filter((value) => problems(value).length === 0);
      for (const value of values.filter((each) => !taken.includes(each))) {
        // What is sound by itself may not fit another argument, and then the problem there shows it.
        const named = problems(value).some((each) => each.path === path || each.allowed.includes(value));
        assert.ok(named, `${JSON.stringify(value)}: ${JSON.stringify(problems(value))} ${again}`);
      }
      assert.ok(taken.length > 0 && taken.length < values.length, `${taken.length} of ${values.length} ${again}`);
      const judged = [marker, ...taken.slice(0, parsedAtMost)];
      const parsed = await parse(
        judged.map((value) => render(value, choice)),
        path === "appUser" ? judged : ["web"],
      );
      const meant = parsed[0];
      assert.ok(meant);
      for (const [index, value] of judged.entries()) {
        assert.deepEqual(parsed[index]?.refused, [], `${JSON.stringify(value)} ${again}`);
        assert.deepEqual(
          comparable(argument, parsed[index]),
          comparable(argument, meant, value),
          `${JSON.stringify(value)} ${again}`,
        );
      }
      runs.get(tunnel)?.forged.set(path, true);
    });
  }

  it("has a control case: what would break a file is found broken by the program that reads it", async () => {
    const [operator] = forgedArguments.filter(({ path }) => path === "operators[0].name");
    const [server] = forgedArguments.filter(({ path }) => path === "connection.nodes[0].serverName");
    assert.ok(operator && server);
    const broken = [
      operator.render("ada", choice).replace("PermitRootLogin no", "PermitRootLogin perhaps"),
      operator.render("ada", choice).replace("chain forward {", "chain forward"),
      operator.render("ada", choice).replace("iburst", "nonsense"),
      server.render("zz.internal", choice).replace(/client = yes|mode tcp/, "nonsense = yes"),
      "#cloud-config\nusers: [",
    ];
    const faults = (await parse(broken, ["web"])).map(({ refused }) => refused.join(" "));
    for (const [index, program] of ["sshd: ", "nft: ", "chronyd: ", `${tunnel}: `, "cloud-init: "].entries()) {
      assert.ok(faults[index]?.startsWith(program), `${program} ${JSON.stringify(faults)}`);
    }
  });
});

/** What was parsed, with the marker replaced by another value where it stands; of parts, the form alone. */
function comparable({ marker, inParts }: ForgedArgument, parsed: unknown, value?: string): unknown {
  if (inParts === true) return form(parsed);
  return JSON.parse(
    JSON.stringify(parsed, (_, part: unknown) =>
      typeof part === "string" && value !== undefined ? part.replaceAll(marker, () => value) : part,
    ),
  ) as unknown;
}

function form(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(form);
  if (typeof part !== "object" || part === null) return typeof part;
  // nft writes a network of one address as that address.
  if ("prefix" in part) return "string";
  return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, form(inner)]));
}
