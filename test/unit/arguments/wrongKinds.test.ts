import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { cacheProblems } from "../../../src/arguments/cacheProblems.js";
import { clientProblems } from "../../../src/arguments/clientProblems.js";
import { networkProblems } from "../../../src/arguments/networkProblems.js";
import { InvalidArgumentsError, type Problem } from "../../../src/arguments/problems.js";
import { HipaaNetwork } from "../../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../../src/hipaaRedisClient.js";
import { sampleArguments, sampleConnection } from "../../support/sample.js";

interface Component {
  readonly make: new (...given: never[]) => unknown;
  readonly problems: (given: never) => readonly Problem[];
  readonly sound: Readonly<Record<string, unknown>>;
  /** That have to be given. */
  readonly needed: readonly string[];
  /** That may be left out. */
  readonly others: readonly string[];
}

const components: readonly Component[] = [
  {
    make: HipaaNetwork,
    problems: (given) => networkProblems("one", given),
    sound: { cidrBlock: "10.0.0.0/16", availabilityZones: ["us-east-1a"] },
    needed: ["cidrBlock", "availabilityZones"],
    others: ["allowSharedTenancy", "flowLogRetentionDays", "tags"],
  },
  {
    make: HipaaRedisCache,
    problems: (given) => cacheProblems("one", given),
    sound: { ...sampleArguments, vpcId: "vpc-1" },
    needed: ["vpcId", "vpcCidrBlock", "subnets", "appCidrBlocks", "operators", "clients"],
    others: [
      "appSecurityGroupIds",
      "bastionCidrBlocks",
      "bastionSecurityGroupIds",
      "httpsEgressCidrBlocks",
      "operatorIdleLogoffMinutes",
      "securityUpdateWindow",
      "secretAdministratorArns",
      "rotation",
      "certificates",
      "refreshIntervalSeconds",
      "tunnel",
      "instanceType",
      "imageId",
      "imageHasPackages",
      "evictionPolicy",
      "allowSharedTenancy",
      "allowScripting",
      "tags",
    ],
  },
  {
    make: HipaaRedisClient,
    problems: (given) => clientProblems("one", given),
    sound: { connection: sampleConnection, appUser: "web" },
    needed: ["connection", "appUser"],
    others: [
      "localPort",
      "refreshIntervalSeconds",
      "tunnel",
      "imageHasPackages",
      "httpsEgressCidrBlocks",
      "additionalUserData",
      "tags",
    ],
  },
];

const circular: unknown[] = [];
circular.push(circular);

/** Of no kind that any argument has, or of another argument's: what JavaScript lets through. */
const wrong: readonly unknown[] = [
  null,
  "",
  "a\nb",
  -1,
  Number.NaN,
  Infinity,
  5n,
  Symbol("a"),
  () => "a",
  { a: 1 },
  Object.create(null),
  [null],
  [[]],
  [{}],
  [undefined],
  [Symbol("a")],
  [5n],
  new Map([["web", 1]]),
  circular,
];

for (const { make, problems, sound, needed, others } of components) {
  const { name } = make;
  const told = (given: unknown): readonly string[] => problems(given as never).map(({ path }) => path);

  describe(`${name}, called from JavaScript`, () => {
    const Make = make as new (...given: unknown[]) => unknown;

    it("takes valid arguments: the control case", () => {
      assert.deepEqual(told(sound), []);
    });

    for (const [what, given] of [
      ["without arguments", []],
      ["with undefined", [undefined]],
      ["with null", [null]],
      ["with a list", [[]]],
      ["with a text", ["vpc-1"]],
      ["with arguments that come later", [output(sound)]],
    ] as const) {
      it(`${what}, fails with an error that says which object to give`, () => {
        assert.throws(
          () => new Make("one", ...given),
          (error) => {
            assert.ok(error instanceof InvalidArgumentsError, String(error));
            const [first] = error.problems;
            if (first?.path === "args") assert.equal(first.allowed, `Give an object with ${needed.join(", ")}.`);
            return error.message.startsWith(`${name} "one": `);
          },
        );
      });
    }

    it("without a name, or with a name that is no string, fails with an error about `name`", () => {
      for (const given of [[], [undefined, sound], [5, sound], [Symbol("one"), sound]]) {
        assert.throws(
          () => new Make(...given),
          (error) => error instanceof InvalidArgumentsError && error.problems[0]?.path === "name",
        );
      }
    });

    for (const argument of needed) {
      it(`without ${argument}, says that this argument is missing, and names no other`, () => {
        const rest = Object.fromEntries(Object.entries(sound).filter(([key]) => key !== argument));
        assert.deepEqual(told(rest), [argument]);
        assert.equal(problems({ ...sound, [argument]: undefined } as never)[0]?.got, "nothing");
      });
    }

    for (const argument of [...needed, ...others]) {
      it(`refuses a value of a wrong kind for ${argument}, and names no other argument`, () => {
        for (const value of wrong) {
          const paths = told({ ...sound, [argument]: value });
          assert.ok(paths.length > 0 || mayBe(argument, value), `${argument}: ${typeof value}`);
          assert.ok(
            paths.every((path) => path.startsWith(argument)),
            paths.join(),
          );
        }
      });
    }
  });
}

/** Records without a name in them are sound wherever a record is. */
function mayBe(argument: string, value: unknown): boolean {
  const isEmpty =
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
  return isEmpty && ["tags", "rotation", "certificates"].includes(argument);
}
