import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { countStartInShell, startsFileVariable } from "../starts.js";
import { stateFolder } from "../stateFolder.js";
import { onEnd } from "../onEnd.js";
import type { Engine } from "./engine.js";

let counted: Engine | undefined;

/** The engine itself, or, where a run of the tests counts its processes, a program that counts and then becomes it. */
export function countedEngine(engine: Engine): Engine {
  if ((process.env[startsFileVariable] ?? "") === "") return engine;
  counted ??= wrapped(engine);
  return counted;
}

function wrapped(engine: Engine): Engine {
  const folder = mkdtempSync(join(stateFolder(), "counted-engine-"));
  onEnd(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const binFolder = join(folder, "bin");
  mkdirSync(binFolder);
  for (const name of readdirSync(engine.binFolder)) {
    if (name !== "pulumi") symlinkSync(join(engine.binFolder, name), join(binFolder, name));
  }
  const pulumi = join(binFolder, "pulumi");
  writeFileSync(pulumi, `#!/bin/sh\n${countStartInShell("engineRuns")}\nexec '${engine.pulumi}' "$@"\n`, {
    mode: 0o755,
  });
  return { ...engine, pulumi, binFolder };
}
