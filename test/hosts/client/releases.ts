import { admittedConf } from "../../../src/host/admitted.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { clientCertificate } from "../../../src/plan/certificates.js";
import { keyExchange } from "../../../src/plan/keyExchange.js";
import { operatingSystems, type OperatingSystem } from "../../../src/plan/operatingSystem.js";
import { callsRedis, servesRedis, type TunnelConf, type TunnelEngine } from "../../../src/plan/tunnel.js";
import type { Machine } from "../../../lab/machines/machine.js";
import type { Fixture } from "../../../lab/routes/fixture.js";
import { openFixture } from "../../../lab/routes/openFixture.js";
import { tunnelCommand } from "../../../lab/routes/tunnelCommand.js";
import { tunnelPrograms, type TunnelPrograms } from "../../../lab/routes/tunnelPrograms.js";
import { waitFor } from "../../../lab/until.js";

/** What an end of a tunnel runs on, and which program makes it. */
export interface End {
  readonly tunnel: TunnelEngine;
  readonly operatingSystem: OperatingSystem;
}

export interface OpenTunnel {
  /** What an application gets that sends PING, and all that either end's log says once these tell how the connection ended: both, by default. */
  ping(
    which?: readonly ("app" | "node")[],
  ): Promise<{ readonly answer: string; readonly app: string; readonly node: string }>;
  /** Where the node's end listens. */
  readonly address: string;
  readonly nodeLog: string;
}

/** Two machines with the tunnel's programs of both releases. */
export class Releases {
  #port = 6400;

  private constructor(
    readonly fixture: Fixture,
    private readonly programs: readonly TunnelPrograms[],
  ) {}

  static async open(progress: (line: string) => void): Promise<Releases> {
    const fixture = await openFixture("shared");
    const { certificates } = fixture;
    for (const [machine, identity] of [
      [fixture.app, certificates.client],
      [fixture.node, certificates.server],
    ] as const) {
      machine.write(hostPaths.certificate, identity.certificate);
      machine.write(hostPaths.privateKey, identity.privateKey);
      machine.write(hostPaths.trusted, certificates.authority);
    }
    const programs: TunnelPrograms[] = [];
    for (const name of operatingSystems) programs.push(await tunnelPrograms(name, fixture, progress));
    return new Releases(fixture, programs);
  }

  stop(): Promise<void> {
    return this.fixture.stop();
  }

  /** By the files that hosts of these releases get, of which HAProxy warns of nothing. */
  async tunnel(app: End, node: End, requiresHybrid = false): Promise<OpenTunnel> {
    const { node: machine } = this.fixture;
    const port = this.#port++;
    const address = `${machine.address}:${port}`;
    machine.write(hostPaths.admitted, admittedConf(node.tunnel, [clientCertificate("sessions", "web").dnsName]));
    const conf = servesRedis({ privateIp: machine.address, port });
    const nodeLog = await this.#start(
      machine,
      node,
      { ...conf, ...keyExchange(node.operatingSystem, requiresHybrid) },
      address,
    );
    return this.near(app, { address, nodeLog }, requiresHybrid);
  }

  /** Another near end to the same node. */
  async near(app: End, to: Pick<OpenTunnel, "address" | "nodeLog">, requiresHybrid = false): Promise<OpenTunnel> {
    const { app: machine, node, certificates } = this.fixture;
    const listens = `127.0.0.1:${this.#port++}`;
    const far = { address: node.address, port: Number(to.address.split(":")[1]), serverName: certificates.serverName };
    const conf = { ...callsRedis([listens], far), ...keyExchange(app.operatingSystem, requiresHybrid) };
    const appLog = await this.#start(machine, app, conf, listens);
    return {
      ...to,
      ping: async (which = ["app", "node"]) => {
        const logs = { app: [machine, appLog], node: [node, to.nodeLog] } as const;
        const before = { app: await ends(...logs.app), node: await ends(...logs.node) };
        const script = `trap '' PIPE; exec 3<>/dev/tcp/${listens.replace(":", "/")}; printf 'PING\\r\\nQUIT\\r\\n' >&3; timeout 20 cat <&3 2>/dev/null | tr -d '\\r'`;
        const answer = await machine.run(["bash", "-c", script]);
        for (const end of which)
          await waitFor(
            `the log of the ${end} tells how the connection ended`,
            async () => (await ends(...logs[end])) > before[end],
          );
        return { answer, app: await read(...logs.app), node: await read(...logs.node) };
      },
    };
  }

  /** Sends PING by a release's own openssl, and returns all that comes back. */
  tlsPing(operatingSystem: OperatingSystem, address: string, options: readonly string[]): Promise<string> {
    const { app } = this.fixture;
    const client = [
      ...this.#behind(app, operatingSystem),
      "openssl",
      "s_client",
      "-quiet",
      "-connect",
      address,
      ...options,
    ];
    return app.run(["sh", "-c", '"$@" 2>&1 || true', "sh", ...client], { input: "PING\r\nQUIT\r\n" });
  }

  async #start(
    machine: Machine,
    { tunnel, operatingSystem }: End,
    conf: TunnelConf,
    listensOn: string,
  ): Promise<string> {
    const name = listensOn.replaceAll(/[.:]/g, "-");
    const [config, log] = [`${hostPaths.runFolder}/${name}.conf`, `${hostPaths.runFolder}/${name}.log`];
    machine.write(config, tunnelProgram(tunnel).conf(conf));
    if (tunnel === "haproxy")
      await machine.run([...this.#behind(machine, operatingSystem), "haproxy", "-c", "-q", "-dW", "-f", config]);
    const command = `exec ${tunnelCommand(tunnel, config).join(" ")} >${log} 2>&1`;
    await machine.start(name, [...this.#behind(machine, operatingSystem), "sh", "-c", command], listensOn);
    return log;
  }

  #behind(machine: Machine, name: OperatingSystem): readonly string[] {
    const found = this.programs.find(({ operatingSystem }) => operatingSystem === name);
    if (found === undefined) throw new Error(`There are no programs of ${name}.`);
    return found.behind(machine);
  }
}

function read(machine: Machine, log: string): Promise<string> {
  return machine.run(["cat", log]);
}

/** How many connections have ended by a log: HAProxy has a line for each, stunnel one of its end. */
async function ends(machine: Machine, log: string): Promise<number> {
  return (await read(machine, log))
    .split("\n")
    .filter((line) => /Connection (closed|reset)|ms, \d+ bytes| refused: /.test(line)).length;
}
