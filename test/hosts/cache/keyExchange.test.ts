import assert from "node:assert/strict";
import { takeHybridAlone } from "../../../lab/scenario/hybridAlone.js";
import { markJournal } from "../../../lab/scenario/journal.js";
import { ownCertificate, tlsPing } from "../../../lab/scenario/tls.js";
import { waitFor } from "../../../lab/until.js";
import { classicalGroup, hybridGroup } from "../../../src/plan/keyExchange.js";
import { releases } from "../../../src/plan/operatingSystem.js";
import { exchangeLines, throughBoth } from "./keyExchangeLog.js";
import { answersAgain, shell } from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

describeOnHosts(["tunnel"], "the key exchange of hosts", (scene, tunnel, { operatingSystem }) => {
  let here: TestScene;
  before(async () => {
    here = await scene();
  });

  const ask = (...options: readonly string[]): Promise<string> =>
    tlsPing(here.appHost, here.node.privateIp, [...ownCertificate, ...options]).then(
      ({ stdout, stderr }) => stdout + stderr,
    );
  const { hybridAtNode, hybridAtApp, classical } = exchangeLines[tunnel];

  if (!releases[operatingSystem].hasHybridKeyExchange) {
    it("is that of OpenSSL, whose list has X25519 first", async () => {
      const { privateIp } = here.node;
      const shown = `openssl s_client -connect ${privateIp}:6379 </dev/null 2>&1 | grep 'Temp Key'`;
      assert.match(await shell(here.appHost, shown), /^Server Temp Key: X25519, 253 bits$/);
    });
    return;
  }

  const tellers = hybridAtNode === undefined ? "the log of the app host" : "the logs of both";
  it(`is the hybrid one between them, told by ${tellers}`, async () => {
    const [ofNode, ofApp] = [await markJournal(here.node), await markJournal(here.appHost)];
    assert.match(await throughBoth(here.appHost), /^-NOAUTH/);
    if (hybridAtNode !== undefined)
      await waitFor("the node's log tells it", async () => hybridAtNode.test(await ofNode()));
    await waitFor("the app host's log tells it", async () => hybridAtApp.test(await ofApp()));
    for (const read of [ofNode, ofApp]) assert.doesNotMatch(await read(), classical);
  });

  it(`is X25519 with who has nothing else${hybridAtNode === undefined ? "" : ", and the node's log tells it"}`, async () => {
    const read = await markJournal(here.node);
    assert.match(await ask("-groups", classicalGroup), /-NOAUTH/);
    if (hybridAtNode !== undefined) await waitFor("the node's log tells it", async () => classical.test(await read()));
  });

  it("fails with who has neither of these", async () => {
    for (const group of ["P-256", "X448", "P-384"])
      assert.match(await ask("-groups", group), /alert handshake failure/);
  });

  it("is nothing else than the hybrid one where the node takes that alone", async () => {
    const takeOwn = await takeHybridAlone(here);
    try {
      await answersAgain(here.app);
      const refused = await ask("-groups", classicalGroup);
      assert.match(refused, /alert handshake failure/);
      assert.doesNotMatch(refused, /NOAUTH/);
      assert.match(await ask("-groups", `${classicalGroup}:${hybridGroup}`), /-NOAUTH/);
      assert.match(await throughBoth(here.appHost), /^-NOAUTH/);
    } finally {
      await takeOwn();
    }
    await answersAgain(here.app);
    assert.match(await ask("-groups", classicalGroup), /-NOAUTH/);
  });
});
