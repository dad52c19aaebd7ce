/** Writes test/data/rendered anew, for a change of what hosts get that is meant: its diff is what the change does to them. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { renderedFolder, renderedHosts } from "./rendered.js";

rmSync(renderedFolder, { recursive: true, force: true });
for (const [host, files] of renderedHosts()) {
  for (const [path, content] of files) {
    const file = join(renderedFolder, host, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
