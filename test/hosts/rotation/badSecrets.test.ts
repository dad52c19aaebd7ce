import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "../../../lab/hosts/index.js";
import { inDays, newIdentity } from "../../../lab/x509/identity.js";
import { readIdentity } from "../../../lab/x509/identityFiles.js";
import { authorities, type Authorities } from "../../../lab/scenario/identities.js";
import { unitNames } from "../../../src/host/units.js";
import { clientCertificate } from "../../../src/plan/certificates.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { journal, shell } from "../cache/onHost.js";
import { startLoad, type Load } from "./load.js";
import { alarmOf, readSecret, refresh, secretArn, status, writeSecret } from "./onHosts.js";
import type { SecretFields } from "./onHosts.js";
import type { RotationFixture } from "./rotationFixture.js";
import { rotationFixture } from "./openFixture.js";
import { describeOver } from "../../support/dimensions.js";

type Bad = readonly [
  what: string,
  host: "node" | "web",
  text: (sound: SecretFields) => string | Promise<string>,
  alarm: RegExp,
];

interface Sound {
  readonly host: Host;
  readonly arn: string;
  readonly fields: SecretFields;
  readonly version: string;
}

describeOver([], "a secret that is not sound", (choice) => {
  const { tunnel } = choice;
  let fixture: RotationFixture;
  let load: Load;
  let known: Authorities;
  let folder: string;
  let sound: Readonly<Record<"node" | "web", Sound>>;
  const hostOf = (name: "node" | "web"): Host => {
    const host = name === "node" ? fixture.node : fixture.apps[0];
    assert.ok(host);
    return host;
  };

  const soundOf = async (name: "node" | "web"): Promise<Sound> => {
    const host = hostOf(name);
    const arn = await secretArn(host);
    return { host, arn, fields: await readSecret(fixture, arn), version: (await status(host)).version };
  };

  before(async () => {
    fixture = await rotationFixture(choice);
    folder = mkdtempSync(join(tmpdir(), "bad-secrets-"));
    known = await authorities(await fixture.stack.exportStack(), folder);
    load = await startLoad(hostOf("web"), `${tunnel}-bad`);
    sound = { node: await soundOf("node"), web: await soundOf("web") };
  });
  after(async () => {
    await load.stop();
    rmSync(folder, { recursive: true });
  });

  const json = (fields: SecretFields): string => JSON.stringify(fields);
  const web = clientCertificate("sessions", "web").dnsName;
  const dated =
    (fromDay: number, toDay: number, name = web, authority: keyof Authorities = "own") =>
    async (sound: SecretFields): Promise<string> => {
      const privateKey = sound.privateKey ?? "";
      const { certificate } = await newIdentity({
        subject: `CN=${name}`,
        usage: "clientAuth",
        dnsNames: [name],
        privateKey,
        from: inDays(fromDay),
        to: inDays(toDay),
        signedBy: readIdentity(known[authority]),
      });
      return json({ ...sound, certificate });
    };
  const worker = async (): Promise<SecretFields> => readSecret(fixture, (await fixture.connection("worker")).secretArn);

  const bad: readonly Bad[] = [
    ["is corrupt", "node", () => "\u0000 no JSON", /is no JSON object/],
    ["is half-written", "node", (sound) => json(sound).slice(0, 900), /is no JSON object/],
    ["lacks a field", "node", ({ redisUsers: _, ...rest }) => json(rest), /has no field 'redisUsers'/],
    ["has an empty list of clients", "node", (sound) => json({ ...sound, admitted: "\n" }), /has no field 'admitted'/],
    [
      "has a user with more rights",
      "node",
      (sound) => json({ ...sound, redisUsers: "user web on nopass ~* +@all" }),
      /'redisUsers' is not in the form/,
    ],
    [
      "has half a certificate",
      "node",
      (sound) => json({ ...sound, certificate: (sound.certificate ?? "").slice(0, 300) }),
      /certificate cannot be read/,
    ],
    [
      "has another host's key",
      "web",
      async (sound) => json({ ...sound, privateKey: (await worker()).privateKey ?? "" }),
      /private key does not fit/,
    ],
    [
      "is another host's altogether",
      "web",
      async () => json(await worker()),
      /not good for web\.client\S+: hostname mismatch/,
    ],
    [
      "has a certificate that has ended",
      "web",
      dated(-10, -1),
      /certificate has expired \(notBefore=.*this host's clock says/,
    ],
    [
      "has a certificate that begins tomorrow",
      "web",
      dated(1, 90),
      /certificate is not yet valid \(notBefore=.*this host's clock says/,
    ],
    ["has a certificate of another authority", "web", dated(-1, 90, web, "other"), /not good for web\.client\S+: /],
  ];

  for (const [what, name, text, expected] of bad) {
    it(`${what}: the old one stays in use, an alarm is raised, no operation fails (${name})`, async () => {
      const { host, arn, fields, version } = sound[name];
      await writeSecret(fixture, arn, await text(fields));
      assert.match(await alarmOf(host), expected);
      assert.equal((await status(host)).version, version);
      await load.connectsAgain(1);
      assert.deepEqual(load.figures().errors, []);
    });
  }

  it("takes one that differs by being sound, and the alarm is over: the control case", async () => {
    for (const { host, arn, fields, version } of Object.values(sound)) {
      await writeSecret(fixture, arn, json(fields));
      assert.notEqual((await refresh(host)).version, version);
    }
    await load.connectsAgain();
    assert.deepEqual(load.figures().errors, []);
  });

  it("takes a certificate that ends soon, but raises an alarm", async () => {
    const { host, arn, fields } = sound.web;
    await writeSecret(fixture, arn, await dated(-80, 10)(fields));
    assert.match(await alarmOf(host), /it ends soon\. Run pulumi up/);
    await load.connectsAgain();
    await writeSecret(fixture, arn, json(fields));
    await refresh(host);
    assert.deepEqual(load.figures().errors, []);
  });

  it("goes on with what it has while Secrets Manager is away", async () => {
    const host = hostOf("node");
    const { version } = await status(host);
    const file = hostPaths.environmentFile;
    await shell(host, `sed -i.sound 's/^\\(HIPAA_REDIS_SECRET_ARN=.*\\)/\\1-gone/' ${file}`);
    try {
      assert.match(await alarmOf(host), /Cannot read the secret \S+-gone: .*What was there stays in use/);
      assert.equal((await status(host)).version, version);
      await load.connectsAgain();
    } finally {
      await shell(host, `mv ${file}.sound ${file}`);
    }
    await refresh(host);
    assert.deepEqual(load.figures().errors, []);
  });

  for (const [offset, side] of [
    ["-1d", "behind"],
    ["+1d", "ahead"],
  ] as const) {
    it(`says so when the clock is a day ${side}`, async () => {
      const host = hostOf("web");
      await shell(host, "apt-get update --quiet && apt-get install --quiet --yes --no-install-recommends faketime");
      const library = await shell(host, "dpkg --listfiles libfaketime | grep /libfaketime.so.1");
      const folderOfUnit = `/run/systemd/system/${unitNames.refresh}.d`;
      const environment = `[Service]\nEnvironment=LD_PRELOAD=${library} FAKETIME=${offset}\n`;
      await shell(host, `mkdir -p ${folderOfUnit} && cat >${folderOfUnit}/clock.conf`, environment);
      try {
        await shell(host, "systemctl daemon-reload");
        const alarm = await alarmOf(host);
        assert.match(
          alarm,
          new RegExp(`^This host's clock says .*: ours is 86\\d\\d\\d seconds ${side}\\. See chronyc -n sources`),
        );
        await load.connectsAgain();
      } finally {
        await shell(host, `rm -r ${folderOfUnit} && systemctl daemon-reload`);
      }
      await refresh(host);
      assert.deepEqual(load.figures().errors, []);
    });
  }

  it("shows no value of any secret in the journal of a host", async () => {
    for (const name of ["node", "web"] as const) {
      const host = hostOf(name);
      const { privateKey = "", password = "", redisUsers = "" } = await readSecret(fixture, await secretArn(host));
      const lines = [privateKey, password, redisUsers].flatMap((text) => text.split(/[\n #]/));
      const values = lines.filter((line) => line.length >= 40 && !line.includes("-----"));
      const told = await journal(host);
      assert.ok(values.length > 1 && told.includes("hipaa-redis: "));
      assert.deepEqual(
        values.filter((value) => told.includes(value)),
        [],
      );
    }
  });
});
