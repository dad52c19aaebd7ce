import { metadataOf } from "./hostMetadata.js";
import { debianHostNames } from "./image/recipe.js";
import type { RunningInstance } from "./instances.js";
import type { Owner } from "./journal.js";
import { debianAddress } from "./network/facts.js";
import { changeService, startService } from "./processes.js";
import type { VpcNetwork } from "./vpcNetwork.js";

/** Amazon's own services in each VPC: the resolver, and the metadata service, which knows the instances. */
export class VpcServices {
  readonly #running = new Map<string, Owner>();
  readonly #turns = new Map<string, Promise<void>>();

  constructor(
    private readonly folder: string,
    private readonly region: string,
    private readonly localStackSocket: string,
  ) {}

  /** Starts a VPC's services, or has them show other instances: one after the other, where several come at the same time. */
  showInstances(network: VpcNetwork, instances: readonly RunningInstance[]): Promise<void> {
    const before = this.#turns.get(network.router) ?? Promise.resolve();
    const shown = before.then(() => this.#show(network, instances));
    this.#turns.set(
      network.router,
      shown.catch(() => undefined),
    );
    return shown;
  }

  async #show({ router, vpcId }: VpcNetwork, instances: readonly RunningInstance[]): Promise<void> {
    const service = {
      service: "vpcServices",
      namespace: router,
      folder: this.folder,
      name: `services-${router}`,
      config: {
        region: this.region,
        localStackSocket: this.localStackSocket,
        names: Object.fromEntries(debianHostNames.map((name) => [name, debianAddress])),
        instances: instances
          .filter((each) => each.vpcId === vpcId)
          .map((instance) => metadataOf(instance, this.region)),
      },
    } as const;
    const running = this.#running.get(router);
    if (running === undefined) this.#running.set(router, await startService(service));
    else await changeService(running, service);
  }
}
