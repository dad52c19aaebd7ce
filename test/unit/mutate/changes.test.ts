import assert from "node:assert/strict";
import { changed, lineOf } from "../../mutate/change.js";
import { sample } from "../../mutate/sample.js";
import { shellChanges } from "../../mutate/shellChanges.js";
import { mutators, typescriptChanges } from "../../mutate/typescriptChanges.js";

const source = `
import { other } from "./other";
type Mode = "on" | "off";
export async function decide(list: readonly string[], mode: Mode): Promise<string[]> {
  const limit = 60 * 2;
  const name = (await other()) ?? "none";
  if (list.length > limit || !(mode === "on")) throw new Error(\`\${name} is too much\`);
  else list.forEach(other);
  const pick = (text: string): boolean => {
    return /^a+/.test(text);
  };
  return [name, ...list.filter(pick)].map((text) => other({ text, loud: true }, text));
}
function firstOf(list: readonly string[]): string | undefined {
  return list[0];
}
`;

const script = `#!/bin/sh
# Comments stay 12.
set -eu
[ "$1" -gt 3 ] || exit 1
! grep -q 'word' "$2" && echo $((3 * "$1"))
install -m 0640 "$1" "$2"
`;

describe("test:mutate", () => {
  const changes = typescriptChanges("decide.ts", source);

  it("has something that each of its mutators changes", () => {
    const kinds = new Set(changes.map(({ kind }) => kind));
    assert.deepEqual(
      mutators.map(({ kind }) => kind).filter((kind) => !kinds.has(kind)),
      [],
    );
  });

  for (const [name, text, edits] of [
    ["TypeScript", source, changes],
    ["shell", script, shellChanges(script)],
  ] as const) {
    it(`makes a different text of ${name} with every change`, () => {
      assert.ok(edits.length > 10);
      const texts = edits.map((edit) => changed(text, edit));
      assert.equal(new Set([text, ...texts]).size, edits.length + 1);
    });
  }

  it("leaves alone what runs nowhere: imports, types and comments", () => {
    const lines = changes.map((edit) => lineOf(source, edit).line);
    assert.deepEqual([...new Set(lines)].filter((line) => line < 5).sort(), []);
    assert.ok(shellChanges(script).every((edit) => lineOf(script, edit).line > 2));
  });

  it("tells the line before and after", () => {
    const edit = changes.find(({ kind }) => kind === "boundary moved");
    assert.ok(edit);
    const { line, before, after } = lineOf(source, edit);
    assert.deepEqual([line, after], [7, before.replace("length > limit", "length >= limit")]);
  });

  describe("the sample", () => {
    const inFile = (file: string) => changes.map((edit) => ({ file, ...edit }));
    const folders = new Map(["one", "two", "three"].map((name) => [name, inFile(`src/${name}/decide.ts`)]));

    it("is the same for a seed, and another for another", () => {
      assert.deepEqual(sample(folders, 30, 7), sample(folders, 30, 7));
      assert.notDeepEqual(sample(folders, 30, 7), sample(folders, 30, 8));
    });

    it("takes as many of each folder, and of each kind before a second of any", () => {
      const drawn = sample(folders, 32, 7);
      assert.deepEqual(
        [...drawn.values()].map((some) => some.length),
        [11, 11, 10],
      );
      for (const some of drawn.values()) assert.equal(new Set(some.map(({ kind }) => kind)).size, some.length);
    });

    it("takes all of a folder that has fewer", () => {
      assert.equal(sample(new Map([["one", inFile("src/one/decide.ts").slice(0, 3)]]), 30, 7).get("one")?.length, 3);
    });
  });
});
