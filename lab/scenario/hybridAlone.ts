import { tunnelProgram } from "../../src/host/tunnelProgram.js";
import { unitNames } from "../../src/host/units.js";
import { keyExchange } from "../../src/plan/keyExchange.js";
import { redisPort } from "../../src/plan/ports.js";
import { servesRedis } from "../../src/plan/tunnel.js";
import { listens } from "./listens.js";
import type { Scene } from "./scene.js";

/**
 * Has the tunnel of a cache's only node run with the file that it gets with `requireHybridKeyExchange`, and nothing else changed; what it
 * returns has it run with its own again.
 */
export async function takeHybridAlone({ node, choice }: Pick<Scene, "node" | "choice">): Promise<() => Promise<void>> {
  const { configPath, conf } = tunnelProgram(choice.tunnel);
  const rendered = (isRequired: boolean): string =>
    conf({
      ...servesRedis({ privateIp: node.privateIp, port: redisPort }),
      ...keyExchange(choice.operatingSystem, isRequired),
    });
  const [own, stricter] = [rendered(false), rendered(true)];
  const { stdout: there } = await node.exec(["cat", configPath]);
  if (there.trim() !== own.trim()) throw new Error(`${configPath} of ${node.name} is not what its user data had.`);
  const runWith = async (text: string): Promise<void> => {
    const command = `cat >${configPath} && systemctl restart ${unitNames.tunnel}`;
    const { exitCode, stderr } = await node.exec(["sh", "-c", command], { input: text, timeoutMs: 120_000 });
    if (exitCode !== 0) throw new Error(`The tunnel of ${node.name} did not start: ${stderr}`);
    await listens(node, redisPort);
  };
  try {
    await runWith(stricter);
  } catch (error) {
    await node.exec(["sh", "-c", `cat >${configPath}`], { input: own });
    throw error;
  }
  return () => runWith(own);
}
