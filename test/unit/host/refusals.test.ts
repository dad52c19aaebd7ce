import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { fitting, userDataProblems } from "../../../src/host/checkUserData.js";
import { clientCloudConfig } from "../../../src/host/clientUserData.js";
import { encodeEnvironment, encodeIni, encodeLines, UnsafeTextError } from "../../../src/host/encode.js";
import { imageCloudConfig } from "../../../src/host/imageCloudConfig.js";
import { encodeUserData, userDataBytes, userDataLimitBytes } from "../../../src/host/userData.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { InvalidArgumentsError } from "../../../src/arguments/problems.js";
import type { TunnelEngine } from "../../../src/plan/tunnel.js";
import { sampleConnection, samplePlan, sshPublicKey } from "../../support/sample.js";

const plan = planClient("web", { appUser: "web" });

/** What nothing compresses much, and always the same, so that it has a length that just fits. */
const noise = Array.from({ length: 700 }, (_, index) =>
  createHash("sha256").update(String(index)).digest("base64url"),
).join("");

/** By halves: the compressor isn't fast. */
function longestFitting(text: string): number {
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (userDataBytes(text.slice(0, middle)) <= userDataLimitBytes) fits = middle;
    else tooLong = middle;
  }
  return fits;
}

describe("user data is refused", () => {
  it("when a connection has no node", () => {
    assert.throws(
      () => clientCloudConfig(plan, { ...sampleConnection, nodes: [] }),
      new Error("The connection of client web has no node."),
    );
  });

  it("when there are more operators than EC2 takes, with all that there is to know", () => {
    const operators = Array.from({ length: 300 }, (_, index) => ({
      name: `operator${String(index)}`,
      sshPublicKey: sshPublicKey(),
    }));
    const [problem, ...rest] = userDataProblems(samplePlan({ operators }));
    assert.match(problem?.got ?? "", /^user data of \d{5} bytes with 300 operators$/);
    assert.deepEqual(
      [{ ...problem, got: "" }, rest],
      [
        {
          path: "operators",
          got: "",
          allowed:
            "EC2 takes 16384 bytes: give fewer operators, ssh-ed25519 keys, which are short, or an image that has the packages (imageHasPackages).",
        },
        [],
      ],
    );
  });

  it("from the first byte beyond EC2's limit on, which counts before base64", () => {
    assert.equal(userDataLimitBytes, 16_384);
    const length = longestFitting(noise);
    const [text, beyond] = [noise.slice(0, length), noise.slice(0, length + 1)];
    assert.deepEqual([userDataBytes(text), userDataBytes(beyond)], [16_384, 16_385]);
    assert.equal(Buffer.from(encodeUserData(text), "base64").length, userDataBytes(text));
    assert.equal(fitting("web", text), text);
    assert.throws(
      () => fitting("web", beyond),
      new InvalidArgumentsError("web", [
        {
          path: "additionalUserData",
          got: `user data of ${String(userDataBytes(beyond))} bytes, compressed and all together`,
          allowed: "EC2 takes 16384: keep large files elsewhere and fetch them at boot.",
        },
      ]),
    );
  });
});

describe("encoders of config files", () => {
  it("refuse a control character by the key, and never show the value", () => {
    const refusal = (where: string): Error => new UnsafeTextError(where);
    assert.equal(
      refusal("key").message,
      "key: a value has a line break or control character and can't go into a config file.",
    );
    assert.equal(refusal("key").name, "UnsafeTextError");
    for (const control of ["\u0000", "\u001f", "\u007f", "\n"]) {
      assert.throws(() => encodeLines([["key", `a${control}b`]]), refusal("key"));
    }
    for (const value of ["a\nb", "a b", "a\n", " a", "é"]) {
      assert.throws(() => encodeEnvironment([["KEY", value]]), refusal("KEY"), value);
    }
  });

  it("take a value that stands on one line", () => {
    assert.equal(
      encodeLines([
        ["a", " ~é"],
        ["b", 0],
      ]),
      "a  ~é\nb 0\n",
    );
    assert.equal(
      encodeEnvironment([
        ["A", ""],
        ["B", "aZ09:/._@%+,=-"],
      ]),
      "A=\nB=aZ09:/._@%+,=-\n",
    );
    assert.equal(
      encodeIni(
        [
          [
            "",
            [
              ["a", 1],
              ["a", 2],
            ],
          ],
          ["s", [["b", "c"]]],
          ["t", []],
        ],
        " = ",
      ),
      "a = 1\na = 2\n\n[s]\nb = c\n\n[t]\n",
    );
  });
});

describe("the cloud-config of an image refuses", () => {
  const problem = (tunnels: readonly string[]): unknown => {
    try {
      return imageCloudConfig({ tunnels: tunnels as readonly TunnelEngine[] });
    } catch (error) {
      return error;
    }
  };

  it("to put in no program", () => {
    const refusal = [{ path: "tunnels", got: "an empty list", allowed: "Give at least one." }];
    assert.deepEqual(problem([]), new InvalidArgumentsError("imageCloudConfig", refusal));
  });

  it("a program that there is none of, by its place", () => {
    const refusal = [{ path: "tunnels[1]", got: '"ghostunnel"', allowed: 'Give "stunnel" or "haproxy".' }];
    assert.deepEqual(problem(["haproxy", "ghostunnel"]), new InvalidArgumentsError("imageCloudConfig", refusal));
  });
});
