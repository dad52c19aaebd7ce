import { dirname } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { Engine } from "./engine.js";
import { ownConnections } from "./ownConnections.js";

const commands = new Map<string, Promise<PulumiCommand>>();

/** The engine as the Automation API wants it, which asks each for its version: once a process here. */
export function pulumiCommand({ binFolder }: Engine): Promise<PulumiCommand> {
  ownConnections();
  const found = commands.get(binFolder) ?? PulumiCommand.get({ root: dirname(binFolder) });
  commands.set(binFolder, found);
  return found;
}
