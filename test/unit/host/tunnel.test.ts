import assert from "node:assert/strict";
import { parse } from "yaml";
import { admittedConf, admittedField, admittedFieldLine } from "../../../src/host/admitted.js";
import { clientCloudConfig } from "../../../src/host/clientUserData.js";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import { clientSecretFiles, nodeSecretFiles } from "../../../src/host/secretFiles.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { tunnelUnit } from "../../../src/host/serviceUnits.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import {
  callsRedis,
  defaultTunnelEngine,
  servesRedis,
  tunnelEngines,
  type TunnelEngine,
} from "../../../src/plan/tunnel.js";
import { sampleConnection, samplePlan } from "../../support/sample.js";

const [socket, port] = [hostPaths.clientSocket, "127.0.0.1:6379"];
const node = { address: "10.0.0.100", port: 6379, serverName: "n.internal" };
const server = servesRedis({ privateIp: "10.0.0.100", port: 6379 });
const client = callsRedis([socket, port], node);

/** Lines that each guarantee hangs on; the booted hosts show what they do. */
const guarantees: Readonly<Record<TunnelEngine, { server: string[]; client: string[] }>> = {
  stunnel: {
    server: [
      "accept = 10.0.0.100:6379",
      "connect = /run/hipaa-redis/redis/redis.sock",
      "verifyChain = yes",
      "include = /run/hipaa-redis/secret/admitted",
      "sslVersionMin = TLSv1.3",
      "sessionResume = no",
      "TIMEOUTbusy = 10",
      "TIMEOUTidle = 2073600",
      "socket = l:SO_KEEPALIVE=yes",
    ],
    client: [
      "accept = /run/hipaa-redis/client/redis.sock",
      "accept = 127.0.0.1:6379",
      "connect = 10.0.0.100:6379",
      "sni = n.internal",
      "verifyChain = yes",
      "checkHost = n.internal",
      "sslVersionMin = TLSv1.3",
      "sessionResume = no",
      "TIMEOUTconnect = 5",
      "TIMEOUTidle = 2073600",
      "socket = r:SO_KEEPALIVE=yes",
    ],
  },
  haproxy: {
    server: [
      "bind 10.0.0.100:6379 ssl crt /run/hipaa-redis/secret/certificate.pem ca-file /run/hipaa-redis/secret/trusted.pem verify required tcp-ut 60s",
      "tcp-request content reject unless { ssl_c_s_dn(cn) -m str -f /run/hipaa-redis/secret/admitted/clients.conf }",
      "server redis unix@/run/hipaa-redis/redis/redis.sock check inter 1s fastinter 500ms fall 2 rise 1",
      "ssl-default-bind-options ssl-min-ver TLSv1.3 no-tls-tickets",
      "tune.ssl.cachesize 0",
      "timeout client 10s",
      "timeout tunnel 2073600s",
      "option clitcpka",
      "retries 0",
    ],
    client: [
      "bind fd@3",
      "bind fd@4",
      "bind /run/hipaa-redis/client/redis.sock",
      "bind 127.0.0.1:6379",
      "server redis 10.0.0.100:6379 ssl crt /run/hipaa-redis/secret/certificate.pem ca-file /run/hipaa-redis/secret/trusted.pem verify required sni str(n.internal) verifyhost n.internal no-ssl-reuse tcp-ut 60s",
      "ssl-default-server-options ssl-min-ver TLSv1.3 no-tls-tickets",
      "timeout connect 5s",
      "timeout tunnel 2073600s",
      "option srvtcpka",
    ],
  },
};

for (const tunnel of tunnelEngines) {
  const program = tunnelProgram(tunnel);
  const other = tunnelProgram(tunnel === "stunnel" ? "haproxy" : "stunnel");

  describe(`the tunnel by ${tunnel}`, () => {
    it("is set to all that it promises, at both ends", () => {
      const lines = (text: string): string[] => text.split("\n").map((line) => line.trim());
      const ends = { server: lines(program.conf(server)), client: lines(program.conf(client)) };
      for (const end of ["server", "client"] as const) {
        for (const line of guarantees[tunnel][end]) assert.ok(ends[end].includes(line), `${end}: ${line}`);
      }
    });

    it("listens on the Unix socket first, as systemd hands it on, and by TCP only where a port is meant", () => {
      const listens = (...given: string[]): string[] => {
        const text = program.conf(callsRedis(given, node));
        return text.split("\n").flatMap((line) => /^\s*(?:accept =|bind) (\S+)$/.exec(line)?.[1] ?? []);
      };
      const bySystemd = (count: number): string[] => (tunnel === "haproxy" ? ["fd@3", "fd@4"].slice(0, count) : []);
      assert.deepEqual(listens(socket, port), [...bySystemd(2), socket, port]);
      assert.deepEqual(listens(socket), [...bySystemd(1), socket]);
      assert.deepEqual(listens(port), [...bySystemd(1), port]);
    });

    it("runs as its package's user, in Redis's group on a node alone, with no way to more rights", () => {
      for (const kind of ["cache", "client"] as const) {
        const unit = tunnelUnit({ kind, tunnel, peers: ["10.0.16.0/20"] }).split("\n");
        for (const line of [
          `User=${program.account}`,
          "NoNewPrivileges=yes",
          "CapabilityBoundingSet=",
          "Restart=always",
          "IPAddressDeny=any",
          "IPAddressAllow=10.0.16.0/20",
        ]) {
          assert.ok(unit.includes(line), line);
        }
        assert.equal(unit.includes("SupplementaryGroups=redis"), kind === "cache");
      }
    });

    it("has its secret files read by its own user alone", () => {
      const files = [...nodeSecretFiles(tunnel), ...clientSecretFiles(tunnel, "web")];
      const tunnelFiles = files.filter(({ path }) => path !== hostPaths.password && path !== hostPaths.redisUsers);
      assert.ok(tunnelFiles.length >= 6);
      for (const { owner, group, mode } of tunnelFiles) {
        assert.deepEqual([owner, group, mode], ["root", program.account, "0640"]);
      }
    });

    it("is all that the hosts install and mask: nothing of the other program", () => {
      const plan = samplePlan({ tunnel });
      const [node] = plan.nodes;
      assert.ok(node);
      const { region, secretArn } = sampleConnection;
      for (const text of [
        nodeUserData(plan, node, { region, secretArn }),
        clientCloudConfig(planClient("web", { appUser: "web", tunnel }), sampleConnection),
      ]) {
        const { packages, bootcmd } = parse(text) as { packages: string[]; bootcmd: string[][] };
        assert.ok(packages.includes(program.packageName));
        assert.ok(bootcmd[0]?.includes(program.packagedUnit));
        for (const name of [other.packageName, other.packagedUnit, other.configPath]) {
          assert.ok(!text.includes(name), name);
        }
      }
    });
  });
}

describe("stunnel at the near end", () => {
  it("keeps to the same on the socket as on the port", () => {
    const [, bySocket, byPort] = tunnelProgram("stunnel")
      .conf(client)
      .split(/^\[redis.*\]\n/m);
    assert.ok(bySocket);
    assert.match(bySocket, /^verifyChain = yes$/m);
    assert.equal(bySocket.replace(socket, port).trim(), byPort?.trim());
  });
});

describe("whom a node admits", () => {
  const names = ["web.client.sessions.hipaa-redis.internal", "batch.client.sessions.hipaa-redis.internal"];

  it("is a list of names in the secret, whatever the tunnel", () => {
    assert.equal(admittedField(names), names.map((name) => `${name}\n`).join(""));
    for (const one of names) assert.match(one, new RegExp(`^(${admittedFieldLine})$`));
    for (const one of ["", "a name", `checkHost = ${names.join("")}`])
      assert.doesNotMatch(one, new RegExp(`^(${admittedFieldLine})$`));
  });

  it("is the same list for HAProxy, and for stunnel a name to check for each", () => {
    assert.equal(admittedConf("haproxy", names), admittedField(names));
    assert.equal(admittedConf("stunnel", names), names.map((name) => `checkHost = ${name}\n`).join(""));
  });
});

describe("a tunnel's program", () => {
  it("is the default one where none is named", () => {
    assert.equal(samplePlan().tunnel, defaultTunnelEngine);
    assert.equal(planClient("web", { appUser: "web" }).tunnel, defaultTunnelEngine);
  });
});
