/** Compiles src to dist and lays the host scripts beside the code that reads them. */
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execaSync } from "execa";

const root = join(__dirname, "..");

rmSync(join(root, "dist"), { recursive: true, force: true });
execaSync("tsc", ["-p", "tsconfig.build.json"], { cwd: root, preferLocal: true, stdio: "inherit" });
cpSync(join(root, "src/host/scripts"), join(root, "dist/host/scripts"), { recursive: true });
