import assert from "node:assert/strict";
import { statusOf, worstOf, type DesignedStatus, type Part, type Status } from "../../../src/evidence/status.js";
import type { CheckAt } from "../../../src/evidence/verified.js";

const kinds = { host: "cache", aws: "aws", person: "person" } as const;

/** Such as `host+ aws- person?`: what holds, what does not, and what nobody has looked at. */
function seen(text: string) {
  const outcomes = { "+": "holds", "-": "finding", "?": "not looked at" } as const;
  const checks = text.split(" ").flatMap((word): CheckAt[] => {
    const by = word.slice(0, -1) as keyof typeof kinds;
    const outcome = outcomes[word.slice(-1) as keyof typeof outcomes];
    return word === ""
      ? []
      : [{ by, shows: "", place: { kind: kinds[by], name: "" }, outcome, dates: [], recorded: [] }];
  });
  const finding = { shows: "", where: "", expected: "", found: "", date: "" };
  return { checks, findings: text.includes("-") ? [finding] : [] };
}

/** [designed, what was seen, status, whose part is missing]. */
const controls: readonly (readonly [DesignedStatus, string, Status, string])[] = [
  ["met", "host+ aws+", "met", ""],
  ["met", "host? aws?", "designed", "AWS hosts"],
  ["met", "host+ aws?", "partly met", "AWS"],
  ["met", "host+ host?", "partly met", "hosts"],
  ["met", "host+ person?", "partly met", "organisation"],
  ["met", "person?", "designed", "organisation"],
  ["met", "host+ aws-", "not met", ""],
  ["met", "host- aws?", "not met", "AWS"],
  ["met", "", "designed", ""],
  ["weakened", "host+", "weakened", ""],
  ["weakened", "host?", "weakened", "hosts"],
  ["weakened", "host-", "not met", ""],
  ["organisation", "person?", "organisation", "organisation"],
  ["organisation", "person? aws+", "organisation", "organisation"],
  ["organisation", "person+ aws?", "partly met", "AWS"],
  ["organisation", "person+ aws+", "met", ""],
  ["organisation", "person-", "not met", ""],
  ["organisation", "", "organisation", "organisation"],
  ["organisation", "host+ aws?", "organisation", "organisation AWS"],
  ["organisation", "host+ aws+", "met", ""],
  ["alternative", "person?", "alternative", "organisation"],
  ["alternative", "person+", "met", ""],
  ["alternative", "person+ aws?", "partly met", "AWS"],
  ["alternative", "person-", "not met", ""],
  ["not applicable", "person? aws?", "not applicable", ""],
  ["not applicable", "person+ aws-", "not met", ""],
];

describe("the status of a control", () => {
  for (const [designed, checks, status, missing] of controls) {
    it(`that is ${designed} by design, with ${checks === "" ? "no check" : checks}, is ${status}`, () => {
      const { status: got, missing: parts } = statusOf(designed, seen(checks));
      assert.deepEqual([got, parts.join(" ")], [status, missing]);
    });
  }
});

/** [the controls' statuses with what is missing, the requirement's status, the controls by which it is so, what is missing]. */
const requirements: readonly (readonly [string, Status, string, string])[] = [
  ["met", "met", "", ""],
  ["met met", "met", "", ""],
  ["met not-applicable", "met", "", ""],
  ["not-applicable", "not applicable", "", ""],
  ["organisation:organisation organisation:organisation", "organisation", "", "organisation=a,b"],
  ["organisation:organisation not-applicable", "organisation", "", "organisation=a"],
  ["met organisation:organisation", "partly met", "", "organisation=b"],
  ["alternative:organisation", "alternative", "", "organisation=a"],
  ["alternative:organisation not-applicable", "alternative", "", "organisation=a"],
  ["organisation:organisation alternative:organisation", "organisation", "", "organisation=a,b"],
  ["met alternative:organisation", "partly met", "", "organisation=b"],
  ["designed alternative:organisation", "designed", "", "organisation=b"],
  ["weakened alternative:organisation", "weakened", "a", "organisation=b"],
  ["designed:hosts organisation:organisation", "designed", "", "organisation=b hosts=a"],
  ["designed:AWS designed:hosts,AWS", "designed", "", "AWS=a,b hosts=b"],
  ["met designed:hosts", "partly met", "", "hosts=b"],
  ["partly-met:AWS designed:hosts", "partly met", "", "AWS=a hosts=b"],
  ["partly-met:AWS", "partly met", "", "AWS=a"],
  ["met weakened", "weakened", "b", ""],
  ["weakened:AWS organisation:organisation", "weakened", "a", "organisation=b AWS=a"],
  ["met met not-met weakened not-met", "not met", "c,e", ""],
  ["not-met organisation:organisation not-applicable", "not met", "a", "organisation=b"],
];

describe("the status of a requirement", () => {
  for (const [statuses, expected, because, missing] of requirements) {
    it(`whose controls are ${statuses} is ${expected}`, () => {
      const answering = statuses.split(" ").map((word, index) => {
        const [status = "", parts = ""] = word.split(":");
        return {
          id: "abcde".charAt(index),
          status: status.replace("-", " ") as Status,
          missing: parts.split(",").filter((part) => part !== "") as Part[],
        };
      });
      const { status, because: ids, missing: lacking } = worstOf(answering);
      const parts = lacking.map(({ part, controls: which }) => `${part}=${which.join(",")}`).join(" ");
      assert.deepEqual([status, ids.join(","), parts], [expected, because, missing]);
      // In whatever order they are.
      assert.equal(worstOf([...answering].reverse()).status, expected);
    });
  }
});
