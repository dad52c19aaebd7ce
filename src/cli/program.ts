import { Command, CommanderError } from "commander";
import { libraryName, libraryVersion } from "../evidence/library";
import { withHelp } from "./help";
import { reportCommand } from "./reportCommand";
import { complain } from "./say";
import { sheetsCommand } from "./sheetsCommand";
import { signatureCommand } from "./signatureCommand";
import { verifyCommand } from "./verifyCommand";

/** Exit codes: 0 all is well; 1 there are findings; 2 it could not be done. */
const couldNot = 2;

const examples = [
  "pulumi stack output evidence --json >evidence.json",
  "pulumi-hipaa-redis report --evidence evidence.json --folder report",
  "pulumi-hipaa-redis verify --help",
];

const program = withHelp(new Command(libraryName), examples)
  .description("Checks a HIPAA Redis cache against its plan, and writes its compliance report.")
  .version(libraryVersion())
  .exitOverride()
  .addCommand(verifyCommand())
  .addCommand(signatureCommand())
  .addCommand(reportCommand())
  .addCommand(sheetsCommand());

try {
  process.exitCode = 0;
  program.parse();
} catch (error) {
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : couldNot;
  // commander has said what is wrong with the command line.
  if (!(error instanceof CommanderError))
    complain(`${libraryName}: ${error instanceof Error ? error.message : String(error)}`);
}
