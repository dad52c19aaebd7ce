import { Help, type Command, type Option } from "commander";

/** Gives a command a help that marks what has to be given, and ends with examples. */
export function withHelp(command: Command, examples: readonly string[]): Command {
  const optionDescription = (option: Option): string => {
    const text = new Help().optionDescription(option);
    return option.mandatory ? `required: ${text}` : text;
  };
  return command
    .configureHelp({ optionDescription })
    .addHelpText("after", `\n${["Examples:", ...examples.map((line) => `  ${line}`)].join("\n")}`);
}
