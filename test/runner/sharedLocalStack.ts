import { writeFileSync } from "node:fs";
import type { LocalStack } from "../../lab/localstack/localStack.js";
import { startLocalStack } from "../../lab/localstack/startLocalStack.js";
import { sharedEndpointVariable } from "../support/localStack.js";
import type { CpuGroup } from "./cpuGroup.js";

/** The one LocalStack of all layers that share one: its start takes ten seconds of CPU. */
export class SharedLocalStack {
  #started: Promise<LocalStack> | undefined;

  constructor(private readonly cpu: CpuGroup | undefined) {}

  /** Starts it for the first who asks; returns what tells a layer of it. Where it can't be, the layer's tests will say so. */
  async environment(): Promise<Readonly<Record<string, string>>> {
    try {
      this.#started ??= this.#start();
      return { [sharedEndpointVariable]: (await this.#started).endpoint };
    } catch (error) {
      console.error(`The layers' LocalStack did not start: ${String(error)}`);
      return {};
    }
  }

  async stop(): Promise<void> {
    const started = await this.#started?.catch(() => undefined);
    await started?.stop();
  }

  async #start(): Promise<LocalStack> {
    const localStack = await startLocalStack({ progress: console.log });
    const { pid } = localStack;
    if (this.cpu !== undefined && pid !== undefined) writeFileSync(this.cpu.processesFile, String(pid));
    return localStack;
  }
}
