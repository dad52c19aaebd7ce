import { Option, type Command } from "commander";
import { repeated } from "./repeated";

/** The options of `verify` for a bundle: to write one, and to check one. */
export function withBundleOptions(command: Command): Command {
  const one = ["target", "ssh", "printScript", "results", "script", "extract", "patches"];
  return command
    .addOption(
      new Option(
        "--all",
        "look at all that --host names (checks, extract and patches of hosts), and write one signed bundle to the folder --out",
      ).conflicts([...one, "checkBundle"]),
    )
    .option(
      "--host <target=destination>",
      "for --all: cache=<destination>, client=<destination> as ssh(1) takes it, or aws; may be repeated",
      repeated,
    )
    .option("--policy-record <file>", "for --all: the policy pack's record of its run, which the bundle takes")
    .option(
      "--timestamp-url <url>",
      "for --all: have this timestamp authority stamp the bundle (RFC 3161); needs --timestamp-ca",
    )
    .option("--timestamp-ca <file>", "the certificates (PEM) that the timestamp authority's chain ends in")
    .addOption(
      new Option(
        "--check-bundle <folder>",
        "tell whether a bundle is as it was put together and signed; 1 when a record was removed, changed or moved",
      ).conflicts([...one, "out", "signWith", "host"]),
    )
    .option(
      "--signer <file>",
      "for --check-bundle: a public SSH key (.pub) that may sign, besides those of the cache's operators, such as a reviewer's; may be repeated",
      repeated,
    );
}
