import { execa } from "execa";

/** The first Go that can fetch the newer toolchain which a module asks for. */
const leastGo = 21;
/** The Go that the engine's module asks for. */
const engineGo = 25;

/** What the environment needs so that `go build` can build the engine; an error with the way out where it cannot. */
export async function goEnvironment(): Promise<Record<string, string>> {
  const { stdout, failed } = await execa("go", ["env", "GOVERSION"], { reject: false });
  if (failed) throw new Error(`The Pulumi engine has to be built here, and there is no Go. ${wayOut}`);
  const minor = Number(/^go1\.(\d+)/.exec(stdout)?.[1]);
  if (!(minor >= leastGo)) {
    throw new Error(`The Pulumi engine has to be built here, and Go is too old: ${stdout}. ${wayOut}`);
  }
  // A Go between the two fetches the toolchain, also where it was told to stay with itself.
  return minor < engineGo ? { GOTOOLCHAIN: "auto" } : {};
}

const wayOut =
  "Install Go 1.21 or newer (https://go.dev/dl, or Debian 13's golang-go) and put it on PATH, " +
  "or let this machine reach https://get.pulumi.com, from where the official CLI comes.";
