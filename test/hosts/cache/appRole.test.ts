import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { ExecResult, Host } from "../../../lab/hosts/index.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { unitNames } from "../../../src/host/units.js";
import { holdsOn, hostCommandMs, journal, shell, startAnew } from "./onHost.js";
import { describeOnHosts } from "./scene.js";

const { appCredentials, appEnvironment, appFolder, appRoleEnvironment, environmentFile, scriptsFolder } = hostPaths;
const alarms = "MESSAGE_ID=6f1f0b5c4a3c4d0f9d1c2a7b58e3a9d4";

/** The lab's AWS has a certificate of an authority that the hosts alone trust; each SDK looks for such ones elsewhere. */
const authorities = ["NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE"].map(
  (name) => `--setenv=${name}=/etc/ssl/certs/ca-certificates.crt`,
);

/** By SDK, how its program is started. */
const programs = {
  "the SDK for JavaScript": "/opt/app/node /opt/app/callAws.mjs",
  boto3: "python3 /opt/app/callAws.py",
} as const;

interface Calls {
  readonly calls: number;
  readonly failed: readonly string[];
  readonly arns: readonly string[];
  readonly keys: number;
}

describeOnHosts([], "the application's own AWS role", (scene, tunnel) => {
  let host: Host;
  before(async () => {
    host = (await scene()).appHost;
    const target = join(host.rootFolder, "opt/app");
    await build({
      entryPoints: [join(import.meta.dirname, "callAws.mjs")],
      outfile: join(target, "callAws.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      banner: {
        js: 'import { createRequire as forBundled } from "node:module"; const require = forBundled(import.meta.url);',
      },
      logLevel: "error",
    });
    cpSync(join(import.meta.dirname, "callAws.py"), join(target, "callAws.py"));
    await shell(host, "apt-get update --quiet && apt-get install --quiet --yes --no-install-recommends python3-boto3");
  });

  /** As docs/operating.md has an application started: a unit of its user's, with the file of its environment. */
  const asService = (command: string, user = "web"): Promise<ExecResult> =>
    host.exec(
      [
        ..."systemd-run --quiet --wait --pipe --collect".split(" "),
        `--uid=${user}`,
        `--property=EnvironmentFile=${appEnvironment}`,
        ...authorities,
        "sh",
        "-c",
        command,
      ],
      { timeoutMs: hostCommandMs },
    );
  const as = (user: string, command: string): Promise<ExecResult> => host.exec(["sh", "-c", command], { user });
  const role = (): Promise<string> => shell(host, `sed -n 's|^HIPAA_REDIS_APP_ROLE_ARN=.*/||p' ${appRoleEnvironment}`);
  const key = (): Promise<string> => shell(host, `jq --raw-output .AccessKeyId ${appCredentials}`);

  for (const [sdk, program] of Object.entries(programs)) {
    it(`is whom ${sdk} calls AWS as, and nobody for another user`, async () => {
      const { stdout, stderr } = await asService(program);
      const { failed, arns } = JSON.parse(stdout || "{}") as Partial<Calls>;
      assert.deepEqual(failed, [], stderr);
      assert.match(String(arns), new RegExp(`^arn:aws:sts::\\d{12}:assumed-role/${await role()}/app-ip-[\\d-]+$`));
      const other = await asService(program, "nobody");
      assert.deepEqual((JSON.parse(other.stdout || '{"arns":[]}') as Calls).arns, [], other.stdout);
    });
  }

  it("is whom the AWS CLI calls AWS as, in a login shell too, and nobody for another user", async () => {
    const ask = "aws sts get-caller-identity --query Arn --output text";
    const expected = new RegExp(`^arn:aws:sts::\\d{12}:assumed-role/${await role()}/app-`);
    assert.match((await asService(ask)).stdout, expected);
    const login = (user: string): Promise<ExecResult> => host.exec(["runuser", "-l", user, "-s", "/bin/sh", "-c", ask]);
    assert.match((await login("web")).stdout, expected);
    assert.notEqual((await login("nobody")).exitCode, 0);
    assert.notEqual((await asService(ask, "nobody")).exitCode, 0);
  });

  /** Takes the role as the unit does, for two minutes: so soon before their end SDKs look for new credentials. */
  const takeForTwoMinutes = (): Promise<string> =>
    shell(
      host,
      `mkdir -p /run/short && cat >/run/short/aws && chmod 755 /run/short/aws
      set -a; . ${environmentFile}; . ${appRoleEnvironment}; PATH=/run/short:$PATH
      ${scriptsFolder}/take-app-role; rm -r /run/short`,
      `#!/bin/sh\n/usr/bin/aws "$@" | jq --arg ends "$(date -u -d '+2 minutes' +%FT%TZ)" '.Credentials.Expiration = $ends'\n`,
    );

  for (const [sdk, program] of Object.entries(programs)) {
    it(`is renewed while ${sdk} calls AWS again and again: no call fails`, async () => {
      const folder = "/srv/web/aws-calls";
      await shell(host, `rm -rf ${folder} && install --directory --owner=web ${folder}`);
      await takeForTwoMinutes();
      const calling = asService(`${program} ${folder}`);
      const renewals = 4;
      for (let used = 1; used <= renewals; used += 1) {
        await holdsOn(host, `[ "$(cat ${folder}/keys 2>/dev/null | wc -l)" -ge ${used} ]`);
        await (used < renewals ? takeForTwoMinutes() : shell(host, startAnew(unitNames.appRole)));
      }
      await holdsOn(host, `[ "$(wc -l <${folder}/keys)" -ge ${renewals + 1} ]`);
      await shell(host, `touch ${folder}/stop`);
      const { stdout, stderr } = await calling;
      const { calls, failed, arns, keys } = JSON.parse(stdout || "{}") as Partial<Calls>;
      assert.deepEqual([failed, arns?.length, keys], [[], 1, renewals + 1], stderr);
      assert.ok(Number(calls) > renewals);
    });
  }

  it("stays as it was while STS is away, with an alarm, and is renewed when STS is back", async () => {
    const [before, since] = [await key(), await shell(host, "date +@%s.%N")];
    const away = "127.0.0.2 sts.us-east-1.amazonaws.com";
    await shell(host, `cp --preserve=all /etc/hosts /run/hosts.kept && echo '${away}' >>/etc/hosts`);
    try {
      const { exitCode } = await host.exec(["bash", "-c", startAnew(unitNames.appRole)], { timeoutMs: hostCommandMs });
      assert.notEqual(exitCode, 0);
      assert.equal(await key(), before);
      const told = await journal(host, alarms, `--since=${since}`);
      assert.match(told, /^hipaa-redis: alarm: Cannot take the application's role .* stay until they end; trying/m);
    } finally {
      await shell(host, "cp --preserve=all /run/hosts.kept /etc/hosts && rm /run/hosts.kept");
    }
    // To start a unit that waits for its next try would wait as well.
    await shell(host, `systemctl restart ${unitNames.appRole}`);
    assert.notEqual(await key(), before);
  });

  it("leaves no credential in any journal", async () => {
    const [secret, token] = await Promise.all(
      ["SecretAccessKey", "SessionToken"].map((name) => shell(host, `jq --raw-output .${name} ${appCredentials}`)),
    );
    const all = await journal(host, `--unit=${unitNames.appRole}`);
    assert.match(all, /the application has credentials of its role until /);
    for (const text of [secret, token, await key()]) assert.ok(text !== undefined && !all.includes(text));
  });

  const { account } = tunnelProgram(tunnel);
  const denied = /Permission denied|Operation not permitted/;
  for (const [what, user, command] of [
    ["another user reads it", "nobody", `cat ${appCredentials}`],
    ["the tunnel's account reads it", account, `cat ${appCredentials}`],
    ["another user lists its folder", "nobody", `ls ${appFolder}`],
    ["another user leads a hard link to it", "nobody", `ln ${appCredentials} /tmp/link`],
    ["the application writes it", "web", `: >>${appCredentials}`],
    ["the application takes it away", "web", `rm -f ${appCredentials}`],
    ["the application puts another in its place", "web", `touch ${appFolder}/mine`],
    ["the application changes its permissions", "web", `chmod o+r ${appCredentials}`],
    ["the application chooses another role", "web", `: >>${appRoleEnvironment}`],
  ] as const) {
    it(`is behind a wall: refused when ${what}`, async () => {
      const { exitCode, stdout, stderr } = await as(user, command);
      assert.notEqual(exitCode, 0);
      assert.deepEqual([stdout, denied.test(stderr)], ["", true], stderr);
    });
  }

  it("is the application's to read: the control case of the wall", async () => {
    const { exitCode, stdout } = await as("web", `ls ${appFolder} && jq --raw-output .Version ${appCredentials}`);
    assert.deepEqual([exitCode, stdout], [0, "credentials.json\n1\n"]);
  });
});
