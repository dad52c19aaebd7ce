import assert from "node:assert/strict";
import { parse } from "yaml";
import { clientCloudConfig } from "../../../src/host/clientUserData.js";
import type { CloudConfig } from "../../../src/host/cloudConfig.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { unitNames } from "../../../src/host/units.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { sampleConnection } from "../../support/sample.js";

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
