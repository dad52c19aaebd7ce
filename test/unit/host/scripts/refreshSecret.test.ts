import assert from "node:assert/strict";
import { dirname } from "node:path";
import { rmSync } from "node:fs";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import { Authority } from "../../../support/authority.js";
import { fieldsOf, secretArn, SecretHost, type Fields } from "../../../support/secretHost.js";

const ends = new Date("2027-01-30T00:00:00Z");
const now = new Date("2026-11-05T06:07:08Z");
const checked = "2026-11-05 06:07:08Z";
const certificateEnds = "2027-01-30 00:00:00Z";
const files = ["certificate.pem", "certificate.pem.key", "trusted.pem", "admitted/clients.conf", "users.conf"];

describe("refresh-secret", () => {
  let host: SecretHost;
  let first: Fields;
  let second: Fields;

  before(async () => {
    const authority = await Authority.create("ca");
    const issue = async () => fieldsOf(await authority.issue({ name: "n", purpose: "serverAuth", to: ends }));
    [first, second] = [await issue(), await issue()];
  });

  beforeEach(() => {
    host = new SecretHost();
    host.setClock(now);
    host.secretIs("v-1", first);
  });

  afterEach(() => {
    host.remove();
  });

  const refreshed = (version: string, fields: Fields) => {
    host.secretIs(version, fields);
    return host.refresh("refresh");
  };
  const said = (version: string, changed: readonly string[]): string =>
    `hipaa-redis: version ${version} of the secret is in place: certificate valid until ${certificateEnds}; changed: ${changed.map((file) => `${file} `).join("")}\n`;

  describe("at boot", () => {
    it("lays out every file that is made of the secret, for its readers alone", () => {
      assert.equal(host.refresh("boot").status, 0);
      assert.deepEqual(host.inUse(), {
        "certificate.pem": { mode: "0640", text: first.certificate },
        "certificate.pem.key": { mode: "0640", text: first.privateKey },
        "trusted.pem": { mode: "0640", text: first.trusted },
        "admitted/clients.conf": { mode: "0640", text: first.admitted },
        "users.conf": { mode: "0400", text: first.redisUsers },
      });
      const folders = [hostPaths.secretVersions, `${hostPaths.secretFolder}/`, dirname(hostPaths.admitted)];
      assert.deepEqual(
        folders.map((folder) => host.mode(folder)),
        ["0711", "0711", "0755"],
      );
    });

    it("leaves nothing else behind", () => {
      host.refresh("boot");
      assert.deepEqual(host.laidOut(), { run: ["secret", "status.json", "versions"], versions: ["v-1"] });
      assert.equal(host.versionInUse(), "v-1");
    });

    it("says what is in place, and writes it down for all to read", () => {
      const { stdout, stderr } = host.refresh("boot");
      assert.deepEqual([stdout, stderr, host.journal()], [said("v-1", files), "", ""]);
      assert.deepEqual(host.status(), {
        schemaVersion: 1,
        checked,
        version: "v-1",
        certificateEnds,
        alarm: null,
      });
      assert.equal(host.mode(hostPaths.status), "0644");
    });

    it("looks at the clock, fetches, has the secret judged, and tells nobody: those who read it start later", () => {
      const { calls } = host.refresh("boot");
      const [clock, aws, judge, ...rest] = calls;
      assert.deepEqual([clock, rest], ["check-clock ", []]);
      assert.equal(
        aws,
        `aws secretsmanager get-secret-value --region us-east-1 --secret-id ${secretArn} --cli-connect-timeout 10 --cli-read-timeout 20`,
      );
      assert.match(judge ?? "", /^check-secret \/\S+\/run\/hipaa-redis\/versions\/v-1\.\w{8}$/);
    });

    it("has the AWS CLI ask by IMDSv2 alone, and for a while", () => {
      host.standIn("aws", `env | grep AWS_ | sort >${host.path("/env")}; cat ${host.path("/answer")}`);
      host.refresh("boot");
      assert.equal(
        host.read("/env"),
        "AWS_METADATA_SERVICE_NUM_ATTEMPTS=3\nAWS_METADATA_SERVICE_TIMEOUT=5\nAWS_REGION=us-east-1\n",
      );
    });

    it("keeps what the scripts below it write in memory", () => {
      host.standInScript("check-secret", `echo "$TMPDIR" >${host.path("/tmpdir")}`);
      host.refresh("boot");
      assert.match(host.read("/tmpdir"), new RegExp(`^${host.path(hostPaths.runFolder)}/staging\\.\\w{8}\\n$`));
    });

    it("ends each file with one newline, whether its field does or not", () => {
      host.secretIs("v-1", { ...first, admitted: "a.internal", trusted: first.trusted.trimEnd() });
      host.refresh("boot");
      const inUse = host.inUse();
      assert.deepEqual(
        [inUse?.["admitted/clients.conf"]?.text, inUse?.["trusted.pem"]?.text],
        ["a.internal\n", first.trusted],
      );
    });
  });

  describe("while the host runs", () => {
    it("does nothing before the boot has brought a first version", () => {
      assert.deepEqual(host.refresh("refresh"), { status: 0, stdout: "", stderr: "", calls: [] });
      assert.deepEqual(host.laidOut(), { run: [], versions: [] });
    });

    it("leaves the version in use alone when there is no other, and looks how long it lives", () => {
      host.refresh("boot");
      host.setClock(new Date("2026-11-06T00:00:00Z"));
      const { status, stdout, stderr, calls } = host.refresh("refresh");
      assert.deepEqual([status, stdout, stderr], [0, "", ""]);
      assert.deepEqual(
        calls.map((call) => call.split(" ")[0]),
        ["check-clock", "aws", "check-life"],
      );
      assert.equal(calls[2], `check-life ${host.path(hostPaths.certificate)}`);
      assert.deepEqual(host.status(), {
        schemaVersion: 1,
        checked: "2026-11-06 00:00:00Z",
        version: "v-1",
        certificateEnds,
        alarm: null,
      });
    });

    const told = [
      ["of new users Redis alone", { redisUsers: "user other reset off\n" }, ["users.conf"], ["apply-users"]],
      ["of a new name the tunnel alone", { admitted: "b.internal\n" }, ["admitted/clients.conf"], ["systemctl"]],
      [
        "of both, both",
        { admitted: "b.internal\n", redisUsers: "user other reset off\n" },
        ["admitted/clients.conf", "users.conf"],
        ["apply-users", "systemctl"],
      ],
      ["of a version that changes nothing, nobody", {}, [], []],
    ] as const;
    for (const [what, change, changed, tells] of told) {
      it(`tells ${what}`, () => {
        host.refresh("boot");
        const { status, stdout, calls } = refreshed("v-2", { ...first, ...change });
        assert.deepEqual([status, stdout], [0, said("v-2", changed)]);
        const after = calls.slice(calls.findIndex((call) => call.startsWith("check-secret")) + 1);
        const whole: Readonly<Record<string, string>> = {
          "apply-users": `apply-users ${host.path(hostPaths.redisUsers)}`,
          systemctl: "systemctl try-reload-or-restart hipaa-redis-tunnel.service",
        };
        assert.deepEqual(after, [
          ...tells.map((name) => whole[name]),
          `check-life ${host.path(hostPaths.certificate)}`,
        ]);
      });
    }

    it("has the new files in place when it tells, and deletes the old version afterwards", () => {
      host.refresh("boot");
      host.standIn("systemctl", `cat ${host.path(hostPaths.certificate)} >${host.path("/seen")}`);
      refreshed("v-2", second);
      assert.equal(host.read("/seen"), second.certificate);
      assert.deepEqual([host.versionInUse(), host.laidOut().versions], ["v-2", ["v-2"]]);
      assert.equal(host.inUse()?.["certificate.pem"]?.text, second.certificate);
    });

    it("takes the same version again, and tells all of it, when it wasn't taken by everyone", () => {
      host.refresh("boot");
      rmSync(host.path(`${hostPaths.secretFolder}/taken`));
      const { status, stdout } = host.refresh("refresh");
      assert.deepEqual([status, stdout], [0, said("v-1", files)]);
      assert.deepEqual(host.laidOut().versions, ["v-1"]);
    });
  });
});
