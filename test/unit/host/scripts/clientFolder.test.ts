import assert from "node:assert/strict";
import { lstatSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { clientWays } from "../../../../src/host/clientWays.js";
import type { ClusterConnectionFile } from "../../../../src/host/connectionFile.js";
import { clientWaysFiles } from "../../../../src/host/ways.js";
import { planClient } from "../../../../src/plan/clientPlan.js";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import { Authority } from "../../../support/authority.js";
import { clusterConnection } from "../../../support/sample.js";
import { clientFieldsOf, fieldsOf, SecretHost, type Fields } from "../../../support/secretHost.js";

const [first, second] = ["a".repeat(64), "b".repeat(64)];

describe("refresh-secret on an app host", () => {
  let host: SecretHost;
  let fields: Fields;

  before(async () => {
    const authority = await Authority.create("ca");
    const ends = new Date("2027-01-30T00:00:00Z");
    fields = fieldsOf(await authority.issue({ name: "n", purpose: "clientAuth", to: ends }));
  });

  beforeEach(() => {
    host = new SecretHost("client");
    host.setClock(new Date("2026-11-05T06:07:08Z"));
    // As systemd-tmpfiles makes it.
    mkdirSync(host.path(hostPaths.clientFolder));
    host.secretIs("v-1", clientFieldsOf(fields, first));
    assert.equal(host.refresh("boot").status, 0);
  });

  afterEach(() => {
    host.remove();
  });

  const inode = (path: string): number => statSync(host.path(path)).ino;

  it("puts the password into the application's folder, as a file of its own, and nothing else", () => {
    assert.equal(host.read(hostPaths.clientPassword), `${first}\n`);
    assert.ok(lstatSync(host.path(hostPaths.clientPassword)).isFile());
    assert.equal(host.mode(hostPaths.clientPassword), "0440");
    assert.deepEqual(readdirSync(host.path(hostPaths.clientFolder)), ["password"]);
    assert.deepEqual(host.laidOut().run, ["client", "secret", "status.json", "versions"]);
  });

  it("replaces a changed password whole, in the folder that stays the same one", () => {
    const before = [inode(hostPaths.clientFolder), inode(hostPaths.clientPassword)];
    host.secretIs("v-2", clientFieldsOf(fields, second));
    assert.equal(host.refresh("refresh").status, 0);
    assert.equal(host.read(hostPaths.clientPassword), `${second}\n`);
    assert.equal(inode(hostPaths.clientFolder), before[0]);
    // Never written over: who reads has all of the old one or all of the new.
    assert.notEqual(inode(hostPaths.clientPassword), before[1]);
    assert.deepEqual(readdirSync(host.path(hostPaths.clientFolder)), ["password"]);
  });

  it("takes the password back with the rest when a version could not be put to use", () => {
    const changed = { ...fields, trusted: `${fields.trusted}${fields.trusted}` };
    host.standIn("systemctl", "exit 1");
    host.secretIs("v-2", clientFieldsOf(changed, second));
    assert.equal(host.refresh("refresh").status, 1);
    assert.equal(host.versionInUse(), "v-1");
    assert.equal(host.read(hostPaths.clientPassword), `${first}\n`);
  });

  it("leaves the password alone where the new secret is refused", () => {
    host.standInScript("check-secret", "echo 'it is bad.'; exit 1");
    host.secretIs("v-2", clientFieldsOf(fields, second));
    assert.equal(host.refresh("refresh").status, 1);
    assert.equal(host.read(hostPaths.clientPassword), `${first}\n`);
  });
});

describe("refresh-secret on an app host of a cluster", () => {
  let host: SecretHost;
  let fields: Record<string, string>;
  const three = "0-0 10.0.0.100\n1-0 10.0.0.116\n2-0 10.0.0.132\n";

  before(async () => {
    const authority = await Authority.create("ca");
    const ends = new Date("2027-01-30T00:00:00Z");
    fields = clientFieldsOf(fieldsOf(await authority.issue({ name: "n", purpose: "clientAuth", to: ends })), first);
  });

  beforeEach(() => {
    host = new SecretHost("client", true);
    host.setClock(new Date("2026-11-05T06:07:08Z"));
    mkdirSync(host.path(hostPaths.clientFolder));
    const connection = clusterConnection();
    const { connectionFile } = clientWays(planClient("web", { appUser: "web" }), connection);
    for (const { path, content, permissions } of clientWaysFiles(
      "haproxy",
      connection.cluster,
      connectionFile as ClusterConnectionFile,
      true,
    ))
      if (permissions === "0644") host.write(path, content);
    host.install("lay-ways");
    host.secretIs("v-1", { ...fields, members: three });
    assert.equal(host.refresh("boot").status, 0);
  });

  afterEach(() => {
    host.remove();
  });

  const nodes = (): string[] => {
    const file = JSON.parse(host.read(hostPaths.clientConnection)) as ClusterConnectionFile;
    return file.nodes.map(({ name }) => name);
  };
  const inode = (): number => statSync(host.path(hostPaths.clientConnection)).ino;

  it("puts the connection file beside the password, for the same readers", () => {
    assert.deepEqual(readdirSync(host.path(hostPaths.clientFolder)).sort(), ["connection.json", "password"]);
    assert.ok(lstatSync(host.path(hostPaths.clientConnection)).isFile());
    assert.equal(host.mode(hostPaths.clientConnection), "0440");
    assert.deepEqual(nodes(), ["sessions-0-0", "sessions-1-0", "sessions-2-0"]);
    assert.deepEqual(host.laidOut().run, ["client", "secret", "status.json", "versions"]);
  });

  it("replaces it whole when a node comes, and has the tunnel take its way there", () => {
    const before = inode();
    host.calls();
    host.secretIs("v-2", { ...fields, members: `${three}3-0 10.0.0.101\n` });
    const { status, calls } = host.refresh("refresh");
    assert.equal(status, 0);
    assert.deepEqual(nodes(), ["sessions-0-0", "sessions-1-0", "sessions-2-0", "sessions-3-0"]);
    assert.notEqual(inode(), before);
    assert.deepEqual(
      calls.filter((call) => call.startsWith("systemctl")),
      ["systemctl try-reload-or-restart hipaa-redis-tunnel.service"],
    );
    const judged = calls.find((call) => call.startsWith("check-secret")) ?? "";
    assert.match(judged, /versions\/v-2\./);
  });

  it("takes it back with the rest when a version could not be put to use", () => {
    host.standIn("systemctl", "exit 1");
    host.secretIs("v-2", { ...fields, members: `${three}3-0 10.0.0.101\n` });
    assert.equal(host.refresh("refresh").status, 1);
    assert.deepEqual(nodes(), ["sessions-0-0", "sessions-1-0", "sessions-2-0"]);
  });

  it("takes no list of nodes that is none, says why, and leaves what is in use alone", () => {
    const before = inode();
    host.secretIs("v-2", { ...fields, members: `${three}3-0 10.0.0.100\n` });
    const { status, stderr, calls } = host.refresh("refresh");
    assert.equal(status, 1);
    assert.match(
      stderr,
      /Version v-2 of the secret \S+ is not taken: its field 'members' has a node twice\. What was there/,
    );
    assert.deepEqual([host.versionInUse(), inode()], ["v-1", before]);
    assert.ok(!calls.some((call) => call.startsWith("check-secret")));
  });
});
