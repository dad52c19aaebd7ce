import assert from "node:assert/strict";
import { Authority } from "../../../support/authority.js";
import { ScriptHost } from "../../../support/scriptHost.js";

/** Sixty hours, so that a sixth of its life is ten. */
const from = new Date("2026-11-01T00:00:00Z");
const to = new Date("2026-11-03T12:00:00Z");

describe("check-life", () => {
  let host: ScriptHost;

  before(async () => {
    host = new ScriptHost();
    host.install("check-life");
    const authority = await Authority.create("ca");
    const { certificate } = await authority.issue({ name: "web", purpose: "clientAuth", from, to });
    host.write("/certificate.pem", certificate);
  });

  after(() => {
    host.remove();
  });

  const judgedAt = (now: string) => {
    host.setClock(new Date(now));
    return host.run("check-life", [host.path("/certificate.pem")]);
  };

  for (const [when, now] of [
    ["in its first second", "2026-11-01T00:00:00Z"],
    ["in the middle of its life", "2026-11-02T00:00:00Z"],
    ["with a sixth of its life before it", "2026-11-03T02:00:00Z"],
  ] as const) {
    it(`is content with a certificate ${when}`, () => {
      assert.deepEqual(judgedAt(now), { status: 0, stdout: "", stderr: "" });
    });
  }

  for (const [when, now, why] of [
    ["before its first second", "2026-10-31T23:59:59Z", "it is not valid yet. Is the clock right?"],
    ["in the last sixth of its life", "2026-11-03T02:00:01Z", "it ends soon. Run pulumi up, which renews it."],
    ["in its last second", "2026-11-03T11:59:59Z", "it ends soon. Run pulumi up, which renews it."],
    ["that has ended", "2026-11-03T12:00:00Z", "it has ended. Run pulumi up, which renews it, or set the clock right."],
  ] as const) {
    it(`refuses a certificate ${when}, and says why`, () => {
      const clock = now.replace("T", " ");
      assert.deepEqual(judgedAt(now), {
        status: 1,
        stdout: `The certificate in use is valid from 2026-11-01 00:00:00Z to 2026-11-03 12:00:00Z, and this host's clock says ${clock}: ${why}\n`,
        stderr: "",
      });
    });
  }

  it("fails where there is no certificate", () => {
    assert.notEqual(host.run("check-life", [host.path("/none.pem")]).status, 0);
  });
});
