import assert from "node:assert/strict";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import { Authority } from "../../../support/authority.js";
import { fieldsOf, secretArn, SecretHost, type Fields } from "../../../support/secretHost.js";

const certificateEnds = "2027-01-30 00:00:00Z";
const secret = `the secret ${secretArn}`;

describe("refresh-secret raises an alarm and leaves what is in use alone", () => {
  let host: SecretHost;
  let first: Fields;
  let second: Fields;

  before(async () => {
    const authority = await Authority.create("ca");
    const wanted = { name: "n", purpose: "serverAuth", to: new Date("2027-01-30T00:00:00Z") } as const;
    first = fieldsOf(await authority.issue(wanted));
    second = fieldsOf(await authority.issue(wanted), "batch");
  });

  beforeEach(() => {
    host = new SecretHost();
    host.setClock(new Date("2026-11-05T06:07:08Z"));
    host.secretIs("v-1", first);
    assert.equal(host.refresh("boot").status, 0);
    host.secretIs("v-2", second);
  });

  afterEach(() => {
    host.remove();
  });

  /** What it says, with what the program that failed has to say in front, and that nothing else has changed. */
  const alarmed = (why: string, before = ""): string[] => {
    const inUse = host.inUse();
    const { status, stdout, stderr, calls } = host.refresh("refresh");
    const text = `${why} What was there stays in use.`;
    assert.deepEqual([status, stdout, stderr], [1, "", `${before}hipaa-redis: ${text}\n`]);
    assert.equal(
      host.journal(),
      `MESSAGE_ID=6f1f0b5c4a3c4d0f9d1c2a7b58e3a9d4\nPRIORITY=2\nSYSLOG_IDENTIFIER=hipaa-redis\nMESSAGE=hipaa-redis: alarm: ${text}\n`,
    );
    assert.deepEqual(host.status(), {
      schemaVersion: 1,
      checked: "2026-11-05 06:07:08Z",
      version: host.versionInUse(),
      certificateEnds,
      alarm: text,
    });
    assert.deepEqual(host.laidOut(), {
      run: ["secret", "status.json", "versions"],
      versions: [host.versionInUse()],
    });
    if (host.versionInUse() === "v-1") assert.deepEqual(host.inUse(), inUse);
    assert.ok(calls.includes("logger --journald"));
    return calls;
  };

  it("when the clock is wrong, before it asks for anything", () => {
    host.standInScript("check-clock", "echo 'The clock is wrong.'; exit 1");
    assert.deepEqual(alarmed("The clock is wrong."), ["check-clock ", "logger --journald"]);
  });

  it("when it starts on another release than its files are for, and only then", () => {
    host.releaseIs("bookworm");
    const { status, stderr, calls } = host.refresh("boot");
    const text =
      "This host's files are for Debian's trixie, and it runs bookworm: give the operatingSystem of its image, or another image. " +
      "Nothing is started; trying again soon.";
    assert.deepEqual([status, stderr, calls], [1, `hipaa-redis: ${text}\n`, ["logger --journald"]]);
    assert.equal(host.refresh("refresh").status, 0);
    host.releaseIs("trixie");
    assert.equal(host.refresh("boot").status, 0);
  });

  it("when AWS does not give the secret", () => {
    host.standIn("aws", "echo AccessDenied >&2; exit 254");
    alarmed(
      `Cannot read ${secret}: see the line above; check the role, the key policy and the way to Secrets Manager.`,
      "AccessDenied\n",
    );
  });

  it("when the secret has no version that can be the name of a folder", () => {
    for (const version of [undefined, null, 7, "", "../../etc", "a b", "x".repeat(65)]) {
      host.secretIs(version, second);
      alarmed(`The secret ${secretArn} came without a version.`);
    }
    host.answers("<html>");
    alarmed(`The secret ${secretArn} came without a version.`);
  });

  it("when the secret is no object", () => {
    for (const fields of ["text", [], null]) {
      host.secretIs("v-2", fields);
      alarmed(`Version v-2 of ${secret} is no JSON object.`);
    }
  });

  it("when a field is missing, empty or no text", () => {
    for (const value of [undefined, null, 7, "", "\n"]) {
      host.secretIs("v-2", { ...second, trusted: value });
      alarmed(`Version v-2 of ${secret} has no field 'trusted'.`);
    }
  });

  it("when the secret is not sound, before anybody is told", () => {
    host.standInScript("check-secret", "echo 'its key is odd.'; exit 1");
    const calls = alarmed(`Version v-2 of ${secret} is not taken: its key is odd.`);
    assert.deepEqual(
      calls.map((call) => call.split(" ")[0]),
      ["check-clock", "aws", "check-secret", "logger"],
    );
  });

  it("when what this host adds could not be added, before anybody is told", () => {
    host.write(hostPaths.secretEdit, "}\n");
    const before = `sed: file ${host.path(hostPaths.secretEdit)} line 1: unexpected \`}'\n`;
    const calls = alarmed("Version v-2 of the secret could not be put to use: see the lines above.", before);
    assert.deepEqual(
      calls.map((call) => call.split(" ")[0]),
      ["check-clock", "aws", "check-secret", "logger"],
    );
  });

  describe("and goes back to the old version", () => {
    const couldNot = "Version v-2 of the secret could not be put to use: see the lines above.";
    const users = (): string => host.path(hostPaths.redisUsers);

    it("when Redis does not take the users: it is told the old ones again", () => {
      host.standInScript("apply-users", `cat "$1" >>${host.path("/told")}; grep -q 'user web ' "$1" || exit 1`);
      const calls = alarmed(couldNot);
      assert.equal(host.read("/told"), second.redisUsers + first.redisUsers);
      const tell = [`apply-users ${users()}`, "systemctl try-reload-or-restart hipaa-redis-tunnel.service"];
      assert.deepEqual(calls.slice(3), [`apply-users ${users()}`, ...tell, "logger --journald"]);
    });

    it("when the tunnel does not take the certificate", () => {
      host.standIn("systemctl", `cat ${host.path(hostPaths.certificate)} >>${host.path("/told")}; exit 1`);
      alarmed(couldNot);
      assert.equal(host.read("/told"), second.certificate + first.certificate);
    });

    it("and tries the new one again the next time", () => {
      host.standIn("systemctl", "exit 1");
      alarmed(couldNot);
      host.standIn("systemctl");
      const { status } = host.refresh("refresh");
      assert.deepEqual(
        [status, host.versionInUse(), host.inUse()?.["users.conf"]?.text],
        [0, "v-2", second.redisUsers],
      );
      assert.deepEqual(host.status(), {
        schemaVersion: 1,
        checked: "2026-11-05 06:07:08Z",
        version: "v-2",
        certificateEnds,
        alarm: null,
      });
    });
  });

  it("when the certificate in use ends soon", () => {
    host.secretIs("v-1", first);
    host.standInScript("check-life", "echo 'It ends soon.'; exit 1");
    alarmed("It ends soon.");
  });
});

describe("refresh-secret, after it has taken a new version,", () => {
  it("raises an alarm when its certificate ends soon, too", async () => {
    const host = new SecretHost();
    try {
      const authority = await Authority.create("ca");
      const fields = fieldsOf(await authority.issue({ name: "n", purpose: "serverAuth" }));
      host.secretIs("v-1", fields);
      host.refresh("boot");
      host.secretIs("v-2", fields);
      host.standInScript("check-life", "echo 'It ends soon.'; exit 1");
      const { status, stderr } = host.refresh("refresh");
      assert.deepEqual([status, stderr], [1, "hipaa-redis: It ends soon. What was there stays in use.\n"]);
      assert.equal(host.versionInUse(), "v-2");
    } finally {
      host.remove();
    }
  });
});

describe("refresh-secret at boot", () => {
  it("says that nothing is started, and leaves nothing in use, when there is no secret", () => {
    const host = new SecretHost();
    try {
      host.setClock(new Date("2026-11-05T06:07:08Z"));
      host.standIn("aws", "exit 254");
      const { status, stderr } = host.refresh("boot");
      const text = `Cannot read ${secret}: see the line above; check the role, the key policy and the way to Secrets Manager. Nothing is started; trying again soon.`;
      assert.deepEqual([status, stderr, host.inUse()], [1, `hipaa-redis: ${text}\n`, undefined]);
      assert.deepEqual(host.status(), {
        schemaVersion: 1,
        checked: "2026-11-05 06:07:08Z",
        version: "",
        certificateEnds: "",
        alarm: text,
      });
    } finally {
      host.remove();
    }
  });

  it("takes a certificate that ends soon: it is better than none", async () => {
    const host = new SecretHost();
    try {
      const authority = await Authority.create("ca");
      host.secretIs("v-1", fieldsOf(await authority.issue({ name: "n", purpose: "serverAuth" })));
      host.standInScript("check-life", "echo 'It ends soon.'; exit 1");
      assert.deepEqual([host.refresh("boot").status, host.versionInUse()], [0, "v-1"]);
    } finally {
      host.remove();
    }
  });
});
