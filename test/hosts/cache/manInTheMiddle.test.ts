import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { issue, type Identity, type Request } from "../../../lab/scenario/strangers.js";
import { serverCertificate } from "../../../src/plan/certificates.js";
import { shell, until } from "./onHost.js";
import { describeEachTunnel, type TestScene } from "./scene.js";

describeEachTunnel("a machine that answers in the cache's place", (scene) => {
  let here: TestScene;
  before(async () => {
    here = await scene();
  });

  const folder = "/run/man-in-the-middle";
  const ask = async (identity: Identity): Promise<{ answer: string; journal: string }> => {
    const { appHost, app, node } = here;
    const files = [
      ["server.mjs", join(import.meta.dirname, "fakeServer.mjs")],
      ["certificate.pem", identity.certificateFile],
      ["key.pem", identity.privateKeyFile],
    ] as const;
    await shell(appHost, `install -d -m 700 ${folder}`);
    for (const [name, file] of files)
      await shell(appHost, `cat >${folder}/${name}`, readFileSync(file, "utf8"));
    const server = `/opt/app/node ${folder}/server.mjs ${folder}/certificate.pem ${folder}/key.pem 7000`;
    // Each has a journal of its own.
    const unit = `fake-server-${randomUUID()}`;
    await shell(appHost, `systemd-run --quiet --unit=${unit} ${server}`);
    await shell(appHost, `timeout 20 sh -c 'until ss -Hltn sport = :7000 | grep -q .; do sleep 0.1; done'`);
    const table = `table ip fake { chain output { type nat hook output priority -100; ip daddr ${node.privateIp} tcp dport 6379 redirect to :7000; }; }`;
    await shell(appHost, "nft --file /dev/stdin", `${table}\n`);
    try {
      const [answer] = await app.send([{ command: ["PING"], password: "" }]);
      let journal = "";
      await until(async () => {
        journal = await shell(appHost, `journalctl --unit=${unit} --output=cat --no-pager`);
        return /refused|got/.test(journal);
      });
      return { answer: answer?.error ?? JSON.stringify(answer?.reply), journal };
    } finally {
      await shell(appHost, `nft delete table ip fake; systemctl stop ${unit}; rm -r ${folder}`);
    }
  };
  const server = (change: Partial<Request> = {}): Request => ({
    ...{ file: "fake", dnsName: nameOf("sessions-0"), usage: "serverAuth", ...change },
  });

  it("is talked to when the cache's authority has given it the cache's name: the control", async () => {
    const { answer, journal } = await ask(await issue(here.authorities.own, server(), here.folder));
    assert.match(answer, /man in the middle/);
    assert.match(journal, /got \d+ bytes/);
  });

  for (const [what, authority, change] of [
    ["another authority", "other", {}],
    ["another name", "own", { dnsName: nameOf("sessions-1") }],
    ["the use of a client", "own", { usage: "clientAuth" }],
  ] as const) {
    it(`is sent nothing when its certificate is of ${what}`, async () => {
      const identity = await issue(here.authorities[authority], server(change), here.folder);
      const { answer, journal } = await ask(identity);
      assert.doesNotMatch(answer, /man in the middle/);
      assert.doesNotMatch(journal, /got/);
      assert.match(journal, /refused/);
    });
  }
});

function nameOf(node: string): string {
  return serverCertificate("sessions", node, "").dnsName;
}
