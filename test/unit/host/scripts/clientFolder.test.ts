import assert from "node:assert/strict";
import { lstatSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import { Authority } from "../../../support/authority.js";
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
