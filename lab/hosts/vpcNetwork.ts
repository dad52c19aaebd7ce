import { execa } from "execa";
import type { EC2Client } from "@aws-sdk/client-ec2";
import { compileFirewall, firewallTable } from "./network/compileFirewall.js";
import { deviceName, type InterfaceFacts } from "./network/facts.js";
import { addLeaf, addRouter, loadRuleset } from "./network/namespaces.js";
import { waitFor } from "../until.js";
import { readNetworkFacts } from "./network/readNetworkFacts.js";

/** One VPC as the lab has built it. */
export class VpcNetwork {
  constructor(
    readonly vpcId: string,
    readonly router: string,
    private readonly ec2: EC2Client,
  ) {}

  async build(internet: string, index: number): Promise<void> {
    await addRouter(this.router, internet, index);
    await this.reloadFirewall();
  }

  /** Compiles the firewall anew from what the EC2 API now reports, and swaps it in one transaction. */
  async reloadFirewall(): Promise<readonly InterfaceFacts[]> {
    const facts = await readNetworkFacts(this.ec2, this.vpcId);
    await loadRuleset(this.router, compileFirewall(facts));
    return facts.interfaces;
  }

  /** Gives a network interface of the VPC a namespace of its own, behind the router. */
  async attach(namespace: string, interfaceId: string): Promise<void> {
    const found = (await this.reloadFirewall()).find(({ id }) => id === interfaceId);
    if (found === undefined) throw new Error(`The EC2 API reports no network interface ${interfaceId}.`);
    await addLeaf(namespace, this.router, deviceName(interfaceId), found.addresses);
  }

  /** Waits until the link of an interface is gone, as it is a moment after the namespace at its other end. */
  async detached(interfaceId: string): Promise<void> {
    const show = ["-netns", this.router, "link", "show", "dev", deviceName(interfaceId)];
    const gone = async (): Promise<boolean> => (await execa("ip", show, { reject: false })).failed;
    await waitFor(`${interfaceId} is detached`, gone, { timeoutMs: 10_000 });
  }

  /** Packets that were dropped, by reason; reasons without any are left out. */
  async droppedPackets(): Promise<Readonly<Record<string, number>>> {
    const nft = ["nft", "--json", "list", "counters", "table", "ip", firewallTable];
    const { stdout } = await execa("nsenter", [`--net=/run/netns/${this.router}`, ...nft]);
    const listed = (JSON.parse(stdout) as { nftables: { counter?: { name: string; packets: number } }[] }).nftables;
    return Object.fromEntries(
      listed.flatMap(({ counter }) => (counter && counter.packets > 0 ? [[counter.name, counter.packets]] : [])),
    );
  }
}
