import assert from "node:assert/strict";
import { GetSecretValueCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import type { ExecResult, Host } from "../../../lab/hosts/index.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { unitNames } from "../../../src/host/units.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { callsRedis } from "../../../src/plan/tunnel.js";
import { hostCommandMs, journal, shell, startAnew } from "../cache/onHost.js";
import type { RotationFixture } from "./rotationFixture.js";

/** What a host's agent says of itself. */
export interface Status {
  readonly version: string;
  readonly certificateEnds: string;
  readonly alarm: string | null;
}

export async function status(host: Host): Promise<Status> {
  return JSON.parse(await shell(host, `cat ${hostPaths.status}`)) as Status;
}

/** Has a host look for a new version now; a look that its timer has begun may have read the secret before the test wrote it. */
const lookNow = (host: Host): Promise<ExecResult> =>
  host.exec(["bash", "-c", startAnew(unitNames.refresh)], { timeoutMs: hostCommandMs });

/** Has a host look for a new version now, instead of at its timer's next turn; it must succeed. */
export async function refresh(host: Host): Promise<Status> {
  const { exitCode } = await lookNow(host);
  if (exitCode !== 0) {
    const said = await journal(host, `--unit=${unitNames.refresh}`, "--lines=30");
    assert.fail(`${host.name} did not take its secret: ${said}`);
  }
  const found = await status(host);
  assert.equal(found.alarm, null);
  return found;
}

/** The same where it must fail; returns the alarm. */
export async function alarmOf(host: Host): Promise<string> {
  const { exitCode } = await lookNow(host);
  assert.notEqual(exitCode, 0, `${host.name} raised no alarm`);
  assert.equal((await host.exec(["systemctl", "is-failed", unitNames.refresh])).stdout.trim(), "failed");
  const { alarm } = await status(host);
  assert.ok(alarm);
  const lines = await journal(host, "--priority=crit", `MESSAGE_ID=${alarmId}`);
  assert.ok(lines.includes(alarm), lines);
  return alarm;
}

/** Documented in docs/rotation.md. */
const alarmId = "6f1f0b5c4a3c4d0f9d1c2a7b58e3a9d4";

/** The hosts look by themselves: every ten seconds each starts the AWS CLI, so those that no test looks at had better not. */
export async function startTimers(hosts: readonly Host[]): Promise<void> {
  await Promise.all(hosts.map((host) => shell(host, `systemctl start ${unitNames.refreshTimer}`)));
}

/** A host that has just booted looks no more, until a test has it look. */
export async function stopTimer(host: Host): Promise<void> {
  await shell(host, `systemctl stop ${unitNames.refreshTimer}`);
}

/** The hosts look only when a test has them look; a look that the timer began is over. */
export async function stopTimers(hosts: readonly Host[]): Promise<void> {
  const stop = async (host: Host): Promise<void> => {
    await stopTimer(host);
    await refresh(host);
  };
  await Promise.all(hosts.map(stop));
}

export type SecretFields = Readonly<Record<string, string>>;

/** The ARN of a host's secret, as its own environment file has it. */
export function secretArn(host: Host): Promise<string> {
  return shell(host, `sed -n 's/^HIPAA_REDIS_SECRET_ARN=//p' ${hostPaths.environmentFile}`);
}

export async function readSecret({ secrets }: Pick<RotationFixture, "secrets">, arn: string): Promise<SecretFields> {
  const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: arn }));
  return JSON.parse(SecretString) as SecretFields;
}

export async function writeSecret(
  { secrets }: Pick<RotationFixture, "secrets">,
  arn: string,
  text: string,
): Promise<void> {
  await secrets.send(new PutSecretValueCommand({ SecretId: arn, SecretString: text }));
}

/** Where the tunnel of a client without an app host of its own listens. */
const guestPort = 6390;

/** Sets up a further client's tunnel on an app host, by hand; returns its connection file. */
export async function installGuest(fixture: RotationFixture, host: Host, client: string): Promise<string> {
  const { nodes, secretArn: arn } = await fixture.connection(client);
  const [node] = nodes;
  assert.ok(node);
  const fields = await readSecret(fixture, arn);
  const program = tunnelProgram(fixture.choice.tunnel);
  const folder = "/run/guest";
  const conf = program.conf(callsRedis([`127.0.0.1:${guestPort}`], node)).replaceAll(hostPaths.secretFolder, folder);
  await shell(host, `install -d -m 755 ${folder}`);
  const connection = {
    schemaVersion: 1,
    cache: "sessions",
    client,
    host: "127.0.0.1",
    port: guestPort,
    username: client,
    passwordFile: `${folder}/password`,
  };
  for (const [name, text] of Object.entries({
    "certificate.pem": fields.certificate ?? "",
    "certificate.pem.key": fields.privateKey ?? "",
    "trusted.pem": fields.trusted ?? "",
    password: fields.password ?? "",
    "tunnel.conf": conf,
    "connection.json": JSON.stringify(connection),
  })) {
    await shell(host, `cat >${folder}/${name} && chmod 644 ${folder}/${name}`, text);
  }
  const start = program.service(false).find(([key]) => key === "ExecStart")?.[1];
  const command = String(start).replace(program.configPath, `${folder}/tunnel.conf`);
  await shell(host, `systemd-run --quiet --unit=guest-tunnel ${command}`);
  return `${folder}/connection.json`;
}
