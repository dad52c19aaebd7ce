import { Help, type Command, type Option } from "commander";

/** Gives a command a help that marks what has to be given, and ends with examples. */
export function withHelp(command: Command, examples: readonly string[]): Command {
  const optionDescription = (option: Option): string => {
    const text = new Help().optionDescription(option);
    return option.mandatory ? `required: ${text}` : text;
  };
  return command
    .configureHelp({ optionDescription })
    .addHelpText("after", `\n${["Examples:", ...examples.map(inLines)].join("\n")}`);
}

/** An example for a terminal of 80 columns: what is longer goes on in a further line, which begins with an option. */
function inLines(example: string): string {
  const [command = "", ...options] = example.split(/ (?=--)/);
  const lines = [`  ${command}`];
  for (const option of options) {
    const longer = `${lines.at(-1) ?? ""} ${option}`;
    if (`${longer} \\`.length > 80) lines.push(`    ${option}`);
    else lines[lines.length - 1] = longer;
  }
  return lines.join(" \\\n");
}
