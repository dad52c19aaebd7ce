import { parseDocument, stringify } from "yaml";
import type { Connection, ConnectionNode } from "../arguments/connection";
import type { ConnectionFile } from "./connectionFile";
import { clientCertificate } from "../plan/certificates";
import type { ClientPlan } from "../plan/clientPlan";
import { hostPaths } from "./hostPaths";
import { yamlOfCloudInit } from "../arguments/userDataPart";
import { cloudConfigText, configFile } from "./cloudConfig";
import { hostFiles, hostPackages, installation, maskPackagedUnits, noSwap, startCommands } from "./hostFiles";
import { appHostFirewall } from "./nftables";
import { clientSecretFiles } from "./secretFiles";
import { tunnelProgram } from "./tunnelProgram";
import { unitNames } from "./units";

/**
 * User data of an app host: a cloud-config archive with our cloud-config first and the caller's own parts behind it.
 * Lists of the caller's cloud-config (packages, users, runcmd …) are added to ours.
 */
export function clientUserData(plan: ClientPlan, connection: Connection, additionalParts: readonly string[]): string {
  const parts = [clientCloudConfig(plan, connection), ...additionalParts.map(mergeable)];
  const archive = parts.map((content) => ({ content }));
  return `#cloud-config-archive\n${stringify(archive, yamlOfCloudInit)}`;
}

/** Our own part alone. */
export function clientCloudConfig(plan: ClientPlan, connection: Connection): string {
  const { appUser, localPort, tunnel: engine, imageHasPackages } = plan;
  const node = onlyNode(connection);
  const files = hostFiles({
    kind: "client",
    engine,
    region: connection.region,
    secretArn: connection.secretArn,
    secretFiles: clientSecretFiles(engine, appUser),
    certificateName: clientCertificate(connection.cache, connection.client).dnsName,
    refreshIntervalSeconds: plan.refreshIntervalSeconds,
    firewall: appHostFirewall({ ...plan, tunnelAccount: tunnelProgram(engine).account, cache: node }),
    tunnel: tunnelProgram(engine).clientConf({ ...node, localPort }),
    // Not all of the loopback: a resolver may listen there.
    tunnelPeers: ["127.0.0.1", node.address],
    localPort,
    folders: [],
    kernelSettings: [],
  });
  return cloudConfigText({
    ...(imageHasPackages ? {} : installation(hostPackages(engine))),
    bootcmd: [maskPackagedUnits(engine), ...noSwap],
    write_files: [
      ...files,
      configFile(hostPaths.accounts, `u ${appUser} - "Application"\n`),
      { path: hostPaths.connection, content: connectionFile(plan, connection), permissions: "0440" },
    ],
    runcmd: [
      ["systemd-sysusers", hostPaths.accounts],
      ["chown", `root:${appUser}`, hostPaths.connection],
      ["systemctl", "daemon-reload"],
      // Before anything of the application's is started.
      ["systemctl", "enable", "--now", unitNames.port],
      ...startCommands,
    ],
  });
}

function onlyNode(connection: Connection): ConnectionNode {
  const [node, ...more] = connection.nodes;
  if (node === undefined || more.length > 0) {
    throw new Error(
      `The connection of client ${connection.client} has ${connection.nodes.length} nodes; this version takes exactly one.`,
    );
  }
  return node;
}

function connectionFile(plan: ClientPlan, { cache, client }: Connection): string {
  const file: ConnectionFile = {
    schemaVersion: 1,
    cache,
    client,
    host: "127.0.0.1",
    port: plan.localPort,
    username: client,
    passwordFile: hostPaths.password,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** How cloud-init joins the caller's part to ours ("Merging user data sections"): lists grow, nothing is replaced. */
const mergeHow = "list(append)+dict(no_replace,recurse_list)+str()";

function mergeable(part: string): string {
  if (part.startsWith("#!")) return part;
  const document = parseDocument(part, yamlOfCloudInit);
  if (!document.has("merge_how") && !document.has("merge_type")) document.set("merge_how", mergeHow);
  return `#cloud-config\n${document.toString(yamlOfCloudInit).replace(/^#cloud-config\n/, "")}`;
}
