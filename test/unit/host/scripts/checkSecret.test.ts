import assert from "node:assert/strict";
import { redisUsersField } from "../../../../src/host/redisUsers.js";
import { nodeSecretFiles, secretFilesTable } from "../../../../src/host/secretFiles.js";
import { Authority, type Wanted } from "../../../support/authority.js";
import { ScriptHost, type Ended } from "../../../support/scriptHost.js";

const name = "n.node.sessions.hipaa-redis.internal";
const users = redisUsersField([{ name: "web", passwordsSha256: ["ab".repeat(32)] }]);

describe("check-secret", () => {
  let authority: Authority;
  let host: ScriptHost;
  /** The files of a version of the secret, by their names in its folder. */
  let sound: Readonly<Record<string, string>>;

  const identity = async (change: Partial<Wanted> = {}, by: Authority = authority) => {
    const { certificate, privateKey } = await by.issue({ name, purpose: "serverAuth", ...change });
    return { "certificate.pem": certificate, "certificate.pem.key": privateKey };
  };

  before(async () => {
    authority = await Authority.create("ca");
    const admitted = "web.client.sessions.hipaa-redis.internal\n";
    sound = {
      ...(await identity()),
      "trusted.pem": authority.certificate,
      "admitted/clients.conf": admitted,
      "users.conf": users,
    };
  });

  beforeEach(() => {
    host = new ScriptHost();
    host.install("check-secret");
    host.write("/table", secretFilesTable(nodeSecretFiles("stunnel")));
  });

  afterEach(() => {
    host.remove();
  });

  const judged = (change: Readonly<Record<string, string>> = {}): Ended => {
    for (const [file, text] of Object.entries({ ...sound, ...change })) host.write(`/new/${file}`, text);
    return host.run("check-secret", [host.path("/new")], {
      HIPAA_REDIS_SECRET_FILES: host.path("/table"),
      HIPAA_REDIS_CERTIFICATE_NAME: name,
      HIPAA_REDIS_CERTIFICATE_PURPOSE: "sslserver",
    });
  };
  const refused = (change: Readonly<Record<string, string>>): string => {
    const { status, stdout } = judged(change);
    assert.equal(status, 1, stdout);
    return stdout;
  };

  it("takes a secret that is sound", () => {
    assert.deepEqual(judged(), { status: 0, stdout: "", stderr: "" });
  });

  it("refuses a line that is not in its field's form, and names the field and no value", () => {
    const notThatForm = (field: string): string => `its field '${field}' is not in the form that is meant.\n`;
    for (const [field, change] of [
      ["redisUsers", { "users.conf": users.replace(/\n$/, " +acl\n") }],
      ["redisUsers", { "users.conf": users.replace("reset on", "reset on nopass") }],
      ["redisUsers", { "users.conf": users.replace("user web", "user _replica") }],
      ["redisUsers", { "users.conf": `${users}user spy reset on nopass ~* &* +@all\n` }],
      ["admitted", { "admitted/clients.conf": `${sound["admitted/clients.conf"] ?? ""}include = /tmp\n` }],
      ["admitted", { "admitted/clients.conf": `checkHost = ${sound["admitted/clients.conf"] ?? ""}` }],
      ["trusted", { "trusted.pem": `${authority.certificate}# more\n` }],
      ["certificate", { "certificate.pem": `;${sound["certificate.pem"] ?? ""}` }],
      ["privateKey", { "certificate.pem.key": `$(id)\n${sound["certificate.pem.key"] ?? ""}` }],
    ] as const) {
      assert.equal(refused(change), notThatForm(field));
    }
  });

  it("refuses a file that cannot be read: nothing was judged", () => {
    host.write("/table", "missing missing.conf root root 0640 tunnel .*\n");
    assert.match(refused({}), /its field 'missing'/);
  });

  it("refuses a pattern that grep does not understand", () => {
    host.write("/table", "trusted trusted.pem root root 0640 tunnel [\n");
    assert.match(refused({}), /its field 'trusted'/);
  });

  it("refuses what is no certificate, no key, or a key of another certificate", async () => {
    assert.equal(refused({ "certificate.pem": "AAAA\n" }), "its certificate cannot be read.\n");
    assert.equal(refused({ "certificate.pem.key": "AAAA\n" }), "its private key cannot be read.\n");
    const { "certificate.pem.key": other } = await identity();
    assert.equal(refused({ "certificate.pem.key": other }), "its private key does not fit its certificate.\n");
  });

  it("refuses a certificate that is good for something else, and says for what and when it is valid", async () => {
    const now = Date.now();
    const [day, hour] = [86_400_000, 3_600_000];
    for (const [why, change] of [
      ["unsuitable certificate purpose", await identity({ purpose: "clientAuth" })],
      ["hostname mismatch", await identity({ name: `other-${name}` })],
      ["certificate has expired", await identity({ from: new Date(now - day), to: new Date(now - hour) })],
      ["certificate is not yet valid", await identity({ from: new Date(now + hour) })],
      [
        "unable to get local issuer certificate|certificate signature failure",
        await identity({}, await Authority.create("stranger")),
      ],
      ["its authority cannot be read", { "trusted.pem": "AAAA\n" }],
    ] as const) {
      assert.match(
        refused(change),
        new RegExp(
          `^its certificate is not good for ${name}: (${why}) \\(notBefore=\\S+ \\S+Z notAfter=\\S+ \\S+Z and this host's clock says \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ\\)\\.\\n$`,
        ),
      );
    }
  });

  it("does not take the machine's own authorities for the cache's", async () => {
    const stranger = await Authority.create("stranger");
    const machine = { SSL_CERT_FILE: host.path("/stranger.pem") };
    host.write("/stranger.pem", stranger.certificate);
    for (const [file, text] of Object.entries({ ...sound, ...(await identity({}, stranger)) })) {
      host.write(`/new/${file}`, text);
    }
    const { status } = host.run("check-secret", [host.path("/new")], {
      ...machine,
      HIPAA_REDIS_SECRET_FILES: host.path("/table"),
      HIPAA_REDIS_CERTIFICATE_NAME: name,
      HIPAA_REDIS_CERTIFICATE_PURPOSE: "sslserver",
    });
    assert.equal(status, 1);
  });

  it("has the tunnel's program judge the folder where it can, after all else", () => {
    host.standInScript("check-tunnel", "echo 'line 3 is wrong'; exit 1");
    assert.deepEqual(judged(), {
      status: 1,
      stdout: "the tunnel's program cannot use it: see the lines above.\n",
      stderr: "line 3 is wrong\n",
    });
    host.standInScript("check-tunnel", "exit 0");
    assert.deepEqual(judged(), { status: 0, stdout: "", stderr: "" });
    assert.deepEqual(host.calls(), Array<string>(2).fill(`check-tunnel ${host.path("/new")}`));
    judged({ "certificate.pem": "AAAA\n" });
    assert.deepEqual(host.calls(), []);
  });
});
