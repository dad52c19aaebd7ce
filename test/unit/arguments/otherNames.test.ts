import assert from "node:assert/strict";
import fc from "fast-check";
import { cacheProblems } from "../../../src/arguments/cacheProblems.js";
import { clientProblems } from "../../../src/arguments/clientProblems.js";
import { imageProblems } from "../../../src/arguments/imageProblems.js";
import { networkProblems } from "../../../src/arguments/networkProblems.js";
import { otherNameProblems } from "../../../src/arguments/otherNames.js";
import type { Problem } from "../../../src/arguments/problems.js";
import { runsOf } from "../../support/dimensions.js";
import { sampleArguments, sampleConnection } from "../../support/sample.js";
import { argumentsOf } from "./documentedArguments.js";
import { lines, problemsWith } from "./lines.js";

interface Component {
  readonly name: string;
  readonly sound: object;
  readonly problems: (given: object) => readonly Problem[];
  /** All its arguments, those that may be left out among them. */
  readonly names: readonly string[];
}

function namesOf(name: Parameters<typeof argumentsOf>[0]): string[] {
  const { needed, others } = argumentsOf(name);
  return needed.concat(others);
}

const components: readonly Component[] = [
  {
    name: "HipaaRedisCache",
    sound: sampleArguments,
    problems: (given) => cacheProblems("sessions", given as typeof sampleArguments),
    names: namesOf("CacheArguments"),
  },
  {
    name: "HipaaRedisClient",
    sound: { connection: sampleConnection, appUser: "web" },
    problems: (given) => clientProblems("web", given as { connection: unknown; appUser: string }),
    names: namesOf("ClientArguments"),
  },
  {
    name: "HipaaNetwork",
    sound: { cidrBlock: "10.0.0.0/16", availabilityZones: ["us-east-1a"] },
    problems: (given) => networkProblems("clinic", given as { cidrBlock: string; availabilityZones: string[] }),
    names: namesOf("NetworkArguments"),
  },
  {
    name: "imageCloudConfig",
    sound: {},
    problems: (given) => imageProblems(given),
    names: ["tunnels", "operatingSystem", "engine"],
  },
];

describe("names that are no argument", () => {
  for (const { name, sound, problems, names } of components) {
    it(`are refused by ${name}, whatever they are and whatever is given by them`, () => {
      fc.assert(
        fc.property(fc.string(), fc.anything(), (other, value) => {
          // As an object literal takes no prototype by that name from a caller.
          fc.pre(!names.includes(other) && other !== "__proto__");
          const found = problems({ ...sound, [other]: value });
          assert.deepEqual(
            found.map(({ path }) => path),
            [other],
          );
          assert.match(found[0]?.allowed ?? "", /^There is no such argument/);
        }),
        { numRuns: runsOf(200) },
      );
      assert.deepEqual(problems(sound), []);
    });

    it(`are told the name that was meant, by ${name}, where it is one letter that is wrong`, () => {
      const typo = fc
        .tuple(fc.constantFrom(...names), fc.nat(), fc.constantFrom("x", ""))
        .map(([meant, at, letter]) => {
          const place = at % meant.length;
          return { meant, wrong: `${meant.slice(0, place)}${letter}${meant.slice(place + 1)}` };
        });
      fc.assert(
        fc.property(typo, ({ meant, wrong }) => {
          fc.pre(!names.includes(wrong));
          const [problem] = problems({ ...sound, [wrong]: undefined });
          assert.equal(problem?.allowed, `There is no such argument: did you mean ${meant}?`);
        }),
      );
    });

    it(`are refused by ${name}, which takes an object`, () => {
      for (const none of [undefined, null, "args", []]) {
        const got = none === undefined ? "nothing" : JSON.stringify(none);
        const [line, ...more] = lines(problems(none as unknown as object));
        const [first] = Object.keys(sound);
        const needed = first === undefined ? "." : ` with ${first}, `;
        assert.ok(line?.startsWith(`args: got ${got}. Give an object${needed}`), line);
        assert.deepEqual(more, []);
      }
    });
  }

  for (const [path, given] of [
    ["subnets[0].cidr", { subnets: [{ ...sampleArguments.subnets[0], cidr: "10.0.0.0/28" }] }],
    ["operators[0].key", { operators: [{ ...sampleArguments.operators[0], key: "x" }] }],
    ["rotation.authorty", { rotation: { authorty: 2 } }],
    ["certificates.validityDays", { certificates: { validityDays: 90 } }],
  ] as const) {
    it(`are refused inside an argument: ${path}`, () => {
      const found = problemsWith(given);
      assert.deepEqual(
        found.map((problem) => problem.path),
        [path],
      );
    });
  }

  const told = (given: object): string[] => lines(otherNameProblems((name) => name, given, ["clients", "tags"]));

  it("are refused with the kind of their value, and the value is not shown", () => {
    const kinds: readonly (readonly [unknown, string])[] = [
      [undefined, "undefined"],
      [null, "null"],
      [["secret"], "a list"],
      [{ a: "secret" }, "an object"],
      ["secret", "a string"],
      [5, "a number"],
      [() => 5, "a function"],
    ];
    for (const [value, kind] of kinds) {
      assert.deepEqual(told({ cleints: value }), [
        `cleints: got ${kind}. There is no such argument: did you mean clients?`,
      ]);
    }
    assert.deepEqual(told({ Tags: 1, redisPassword: "secret" }), [
      "Tags: got a number. There is no such argument: did you mean tags?",
      "redisPassword: got a string. There is no such argument. Give clients, tags.",
    ]);
  });
});
