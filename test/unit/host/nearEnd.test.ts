import assert from "node:assert/strict";
import { parse, stringify } from "yaml";
import type { Connection, ReplicatedNode as Node } from "../../../src/arguments/connection.js";
import { clientCloudConfig, clientUserData } from "../../../src/host/clientUserData.js";
import type { CloudConfig } from "../../../src/host/cloudConfig.js";
import type { ReplicatedConnectionFile } from "../../../src/host/connectionFile.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { unitNames } from "../../../src/host/units.js";
import { userDataBytes } from "../../../src/host/userData.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { tunnelLimits } from "../../../src/plan/limits.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { clusterConnection, replicatedConnection, sampleConnection } from "../../support/sample.js";

/** The files of an app host, by their paths. */
function filesOf(given: Partial<Parameters<typeof planClient>[1]> = {}): (path: string) => string {
  const plan = planClient("web", { appUser: "app", localPort: 6380, ...given });
  const { write_files: files = [] } = parse(clientCloudConfig(plan, sampleConnection)) as CloudConfig;
  return (path) => files.find((file) => file.path === path)?.content ?? "";
}

const socketUnit = `${hostPaths.unitsFolder}/${unitNames.port}`;
const listens = (text: string): string[] => text.split("\n").filter((line) => line.startsWith("ListenStream="));

describe("the near end of an app host's tunnel", () => {
  it("is a socket of an account that nobody runs as, for the application's group, in systemd's hands", () => {
    const lines = filesOf()(socketUnit).split("\n");
    for (const line of [
      "SocketUser=hipaa-redis",
      "SocketGroup=app",
      "SocketMode=0660",
      // The folder is there before the socket.
      "ExecStartPre=/usr/bin/systemd-tmpfiles --create /etc/tmpfiles.d/hipaa-redis.conf",
    ]) {
      assert.ok(lines.includes(line), line);
    }
    assert.deepEqual(listens(lines.join("\n")), [
      "ListenStream=/run/hipaa-redis/client/redis.sock",
      "ListenStream=127.0.0.1:6380",
    ]);
  });

  it("is in a folder that the application's group enters and root alone writes to, with the connection file", () => {
    assert.deepEqual(filesOf()(hostPaths.folders).trimEnd().split("\n"), [
      "d /run/hipaa-redis 0755 root root",
      "d /run/hipaa-redis/client 0750 hipaa-redis app",
      "C /run/hipaa-redis/client/connection.json 0440 root app - /etc/hipaa-redis/connection.json",
    ]);
  });

  it("is told in the connection file, the port beside it", () => {
    assert.deepEqual(JSON.parse(filesOf()(hostPaths.connection)), {
      schemaVersion: 2,
      cache: "sessions",
      client: "web",
      path: "/run/hipaa-redis/client/redis.sock",
      host: "127.0.0.1",
      port: 6380,
      username: "web",
      passwordFile: "/run/hipaa-redis/client/password",
    });
  });

  it("has no port where that is not to be open; the firewall's rules for it stay", () => {
    for (const tunnel of tunnelEngines) {
      const [open, shut] = [filesOf({ tunnel }), filesOf({ tunnel, openLocalPort: false })];
      const record = JSON.parse(shut(hostPaths.connection)) as object;
      assert.ok(!("port" in record) && !("host" in record));
      assert.deepEqual(listens(shut(socketUnit)), ["ListenStream=/run/hipaa-redis/client/redis.sock"]);
      for (const path of [hostPaths.haproxyConfig, hostPaths.stunnelConfig]) {
        assert.ok(!shut(path).includes("127.0.0.1"), path);
        assert.ok(!shut(path).includes("fd@4"), path);
      }
      assert.equal(shut(hostPaths.firewallConfig), open(hostPaths.firewallConfig));
      assert.ok(open(hostPaths.firewallConfig).includes("tcp dport 6380"));
    }
  });

  it("takes along, when it is stopped or started anew, whoever has been handed it", () => {
    const files = filesOf();
    for (const unit of [unitNames.tunnel, unitNames.portService])
      assert.match(files(`${hostPaths.unitsFolder}/${unit}`), /^PartOf=hipaa-redis-port.socket$/m);
  });

  it("has its account before the socket, whoever makes the application's user", () => {
    const plan = planClient("web", { appUser: "app" });
    for (const userIsTheirs of [false, true]) {
      const { bootcmd } = parse(clientCloudConfig(plan, sampleConnection, { userIsTheirs })) as { bootcmd: string[][] };
      assert.ok(
        bootcmd.some((command) => command.join(" ") === 'systemd-sysusers --inline u hipaa-redis - "HIPAA Redis"'),
      );
    }
  });
});

describe("the near ends of an app host's tunnel to a cache with replicas", () => {
  const connection: Connection = { ...replicatedConnection() };
  /** As of five nodes or more, not each with a Sentinel. */
  const [first, second, { sentinelPort: none, ...third }] = replicatedConnection().nodes as [Node, Node, Node];
  assert.ok(none);
  const nodes = [first, second, third];
  const filesWith = (given: Partial<Parameters<typeof planClient>[1]> = {}): ((path: string) => string) => {
    const plan = planClient("web", { appUser: "app", ...given });
    const { write_files: files = [] } = parse(clientCloudConfig(plan, { ...connection, nodes })) as CloudConfig;
    return (path) => files.find((file) => file.path === path)?.content ?? "";
  };
  const folder = "/run/hipaa-redis/client";
  const ends = [
    `${folder}/sessions-0.sock`,
    "127.82.0.1:6379",
    `${folder}/sessions-0.sentinel.sock`,
    "127.82.0.1:26379",
    `${folder}/sessions-1.sock`,
    "127.82.0.2:6379",
    `${folder}/sessions-1.sentinel.sock`,
    "127.82.0.2:26379",
    `${folder}/sessions-2.sock`,
    "127.82.0.3:6379",
  ];

  it("are a socket and an address for each node and each Sentinel, in the order in which systemd hands them on", () => {
    assert.deepEqual(
      listens(filesWith()(socketUnit)),
      ends.map((end) => `ListenStream=${end}`),
    );
    const haproxy = filesWith({ tunnel: "haproxy" })(hostPaths.haproxyConfig);
    const bound = [...haproxy.matchAll(/^ {2}bind (\S+)$/gm)].map(([, end]) => end);
    const descriptors = ends.map((_, index) => `fd@${3 + index}`);
    // Each frontend has the descriptors of its two, and beside them what they are.
    assert.deepEqual(
      bound,
      [0, 2, 4, 6, 8].flatMap((at) => [...descriptors.slice(at, at + 2), ...ends.slice(at, at + 2)]),
    );
    const stunnel = filesWith({ tunnel: "stunnel" })(hostPaths.stunnelConfig);
    assert.deepEqual(
      [...stunnel.matchAll(/^accept = (\S+)$/gm)].map(([, end]) => end),
      ends,
    );
  });

  it("lead to one port of one node each, by its name alone", () => {
    const stunnel = filesWith({ tunnel: "stunnel" })(hostPaths.stunnelConfig);
    const ways = [...stunnel.matchAll(/^accept = (\S+)\nconnect = (\S+)\nsni = (\S+)\n[^[]*^checkHost = (\S+)$/gm)];
    assert.deepEqual(
      ways.map(([, end = "", to, sni, checked]) => [end, to, sni === checked && sni?.split(".")[0]]),
      ends.map((end) => {
        const node = nodes.find(
          ({ name, loopbackAddress }) => end.includes(`/${name}.`) || end.startsWith(loopbackAddress),
        );
        const port = /sentinel|26379/.test(end) ? 26_379 : 6379;
        return [end, `${node?.address}:${port}`, node?.name];
      }),
    );
  });

  it("are sockets alone where ports are not to be open", () => {
    const shut = filesWith({ openLocalPort: false });
    assert.deepEqual(
      listens(shut(socketUnit)),
      ends.filter((end) => end.startsWith("/")).map((end) => `ListenStream=${end}`),
    );
    const file = JSON.parse(shut(hostPaths.connection)) as ReplicatedConnectionFile;
    assert.ok(file.nodes.every((node) => !("port" in node) && !("sentinelPort" in node)));
    assert.deepEqual(
      file.nodes.map(({ address }) => address),
      ["127.82.0.1", "127.82.0.2", "127.82.0.3"],
    );
  });

  it("are told in the connection file, with what Sentinel calls each node", () => {
    const at = (index: number) => ({ name: `sessions-${index}`, address: `127.82.0.${index + 1}` });
    const path = (index: number) => ({ path: `${folder}/sessions-${index}.sock` });
    const sentinelPath = (index: number) => ({ sentinelPath: `${folder}/sessions-${index}.sentinel.sock` });
    assert.deepEqual(JSON.parse(filesWith()(hostPaths.connection)), {
      schemaVersion: 3,
      cache: "sessions",
      client: "web",
      username: "web",
      passwordFile: "/run/hipaa-redis/client/password",
      sentinelName: "main",
      nodes: [
        ...[0, 1].map((index) => ({
          ...at(index),
          ...path(index),
          ...sentinelPath(index),
          port: 6379,
          sentinelPort: 26_379,
        })),
        { ...at(2), ...path(2), port: 6379 },
      ],
    });
  });

  it("are behind the wall, and the tunnel calls the nodes alone", () => {
    const files = filesWith();
    const rules = files(hostPaths.firewallConfig)
      .split("\n")
      .map((line) => line.trim());
    const [loopback, addresses] = ["{ 127.82.0.1, 127.82.0.2, 127.82.0.3 }", "{ 10.0.0.100, 10.0.0.101, 10.0.0.102 }"];
    for (const rule of [
      `iif != "lo" ip daddr ${loopback} tcp dport { 6379, 26379 } reject with tcp reset`,
      "ip daddr 10.0.0.101 tcp dport { 6379, 26379 } reject with tcp reset",
      "ip daddr 10.0.0.102 tcp dport 6379 reject with tcp reset",
      `meta skuid "haproxy" ct state new ct original ip daddr != ${addresses} reject`,
      `ip daddr ${loopback} tcp dport { 6379, 26379 } meta skuid != { "root", "app" } reject with tcp reset`,
      `ip saddr ${loopback} tcp sport { 6379, 26379 } meta skuid != { "root", "haproxy" } drop`,
    ]) {
      assert.ok(rules.includes(rule), rule);
    }
    const tunnel = files(`${hostPaths.unitsFolder}/${unitNames.tunnel}`);
    assert.match(tunnel, /^IPAddressAllow=127\.0\.0\.1 10\.0\.0\.100 10\.0\.0\.101 10\.0\.0\.102$/m);
  });

  it("fit with all else into an app host's user data, for six nodes, with either tunnel", () => {
    const six = [0, 1, 2, 3, 4, 5].map((index): Node => {
      const { sentinelPort, ...node } = { ...first, name: `sessions-${index}`, address: `10.0.${index}.100` };
      return { ...node, loopbackAddress: `127.82.0.${1 + index}`, ...(index < 5 ? { sentinelPort } : {}) };
    });
    for (const tunnel of tunnelEngines) {
      const text = clientUserData(planClient("web", { appUser: "app", tunnel }), { ...connection, nodes: six }, []);
      assert.ok(userDataBytes(text) < 16 * 1024, String(userDataBytes(text)));
    }
  });
});

describe("the near ends of an app host's tunnel to a cache with shards", () => {
  const cloudConfig = (given: Partial<Parameters<typeof planClient>[1]> = {}): CloudConfig =>
    parse(clientCloudConfig(planClient("web", { appUser: "app", ...given }), clusterConnection())) as CloudConfig;
  const fileOf = ({ write_files: files = [] }: CloudConfig, path: string): string =>
    files.find((file) => file.path === path)?.content ?? "";

  for (const tunnel of tunnelEngines) {
    it(`are no socket of systemd's but made by ${tunnel}, in a folder where it alone makes files, for the application's group`, () => {
      const config = cloudConfig({ tunnel });
      const { account } = tunnelProgram(tunnel);
      assert.deepEqual(
        (config.write_files ?? []).filter(({ path }) => path.includes("hipaa-redis-port")),
        [],
      );
      assert.doesNotMatch(stringify(config.runcmd), /hipaa-redis-port/);
      const folder = `-m 2750 -o ${account} -g app /run/hipaa-redis/client/nodes`;
      assert.ok(
        fileOf(config, `${hostPaths.unitsFolder}/hipaa-redis-secrets.service`).includes(
          `=+/usr/bin/install -d ${folder}\n`,
        ),
      );
      const unit = fileOf(config, `${hostPaths.unitsFolder}/hipaa-redis-tunnel.service`);
      for (const line of [
        "BindPaths=/run/hipaa-redis/client/nodes:/run/hipaa-redis-nodes",
        "ReadWritePaths=/run/hipaa-redis-nodes",
        "UMask=0117",
        `LimitNOFILE=${tunnelLimits.openFilesInCluster}`,
        "IPAddressAllow=127.0.0.1 10.0.0.96/28 10.0.0.112/28 10.0.0.128/28",
      ])
        assert.ok(unit.split("\n").includes(line), line);
      assert.doesNotMatch(unit, /SupplementaryGroups|Sockets=|PartOf/);
    });
  }

  it("are behind the wall, whatever nodes there are, and the tunnel calls the cache's networks alone", () => {
    const rules = fileOf(cloudConfig(), hostPaths.firewallConfig).split("\n");
    const networks = "{ 10.0.0.96/28, 10.0.0.112/28, 10.0.0.128/28 }";
    for (const rule of [
      'iif != "lo" ip daddr 127.82.0.0/22 tcp dport 6379 reject with tcp reset',
      "ip daddr 10.0.0.112/28 tcp dport 6379 reject with tcp reset",
      `meta skuid "haproxy" ct state new ct original ip daddr != ${networks} reject`,
      'ip daddr 127.82.0.0/22 tcp dport 6379 meta skuid != { "root", "app" } reject with tcp reset',
      'ip saddr 127.82.0.0/22 tcp sport 6379 meta skuid != { "root", "haproxy" } drop',
    ])
      assert.ok(rules.includes(`    ${rule}`), rule);
  });

  it("and nothing else of user data say of no node", () => {
    const text = clientCloudConfig(planClient("web", { appUser: "app" }), clusterConnection());
    assert.doesNotMatch(text, /10\.0\.0\.1\d\d(?!\/)|sessions-\d/);
  });

  it("are told in a connection file that is in memory, where the usual path leads", () => {
    const { runcmd = [], write_files: files = [] } = cloudConfig();
    assert.ok(!files.some(({ path }) => path === hostPaths.connection));
    assert.deepEqual(runcmd[0], [
      "ln",
      "-sfn",
      "/run/hipaa-redis/client/connection.json",
      "/etc/hipaa-redis/connection.json",
    ]);
  });
});
