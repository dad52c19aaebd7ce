import { lstatSync, readdirSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { redisUsersField } from "../../src/host/redisUsers.js";
import { clientSecretFiles, nodeSecretFiles, secretFilesTable, type SecretFile } from "../../src/host/secretFiles.js";
import type { HostKind } from "../../src/plan/hostKinds.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import type { Identity } from "../../lab/x509/identity.js";
import { ownAccount, ScriptHost, type Ended } from "./scriptHost.js";

export const secretArn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:sessions-0-AbCdEf";

export type Fields = Readonly<Record<"certificate" | "privateKey" | "trusted" | "admitted" | "redisUsers", string>>;

/** The fields of a node's secret. */
export function fieldsOf({ certificate, privateKey }: Identity, user = "web"): Fields {
  return {
    certificate,
    privateKey,
    trusted: certificate,
    admitted: "web.client.internal\n",
    redisUsers: redisUsersField([{ name: user, passwordsSha256: ["ab".repeat(32)] }]),
  };
}

/** The fields of an app host's secret. */
export function clientFieldsOf({ certificate, privateKey, trusted }: Fields, password: string): Record<string, string> {
  return { certificate, privateKey, trusted, password };
}

/** A host that refreshes its secret, by default a node, with stand-ins for AWS, systemd and the other scripts, all of which are content. */
export class SecretHost extends ScriptHost {
  private readonly table = "/etc/hipaa-redis/secret-files";

  constructor(kind: HostKind = "cache", isOfCluster = false) {
    super();
    this.install("refresh-secret");
    const { user, group } = ownAccount();
    const ofKind: readonly SecretFile<string>[] =
      kind === "cache" ? nodeSecretFiles("haproxy") : clientSecretFiles("haproxy", "web", isOfCluster);
    const files = ofKind.map((file) => ({ ...file, owner: user, group }));
    this.write(this.table, secretFilesTable(files));
    for (const script of ["check-clock", "check-life", "check-secret", "apply-users"]) this.standInScript(script, ":");
    this.releaseIs("trixie");
    this.standIn("systemctl");
    this.standIn("logger", `cat >${this.path("/journal")}`);
  }

  /** AWS answers with this version of the secret. */
  secretIs(version: unknown, fields: unknown): void {
    this.answers(JSON.stringify({ VersionId: version, SecretString: JSON.stringify(fields) }));
  }

  /** What the host's image is of; its files are for trixie. */
  releaseIs(codename: string): void {
    this.write("/etc/os-release", `PRETTY_NAME="Debian"\nVERSION_CODENAME=${codename}\n`);
  }

  answers(text: string): void {
    this.write("/answer", text);
    this.standIn("aws", `cat ${this.path("/answer")}`);
  }

  refresh(mode: "boot" | "refresh", environment: Readonly<Record<string, string>> = {}): Ended & { calls: string[] } {
    const ended = this.run("refresh-secret", [mode], {
      ...environment,
      AWS_REGION: "us-east-1",
      HIPAA_REDIS_SECRET_ARN: secretArn,
      HIPAA_REDIS_SECRET_FILES: this.path(this.table),
      HIPAA_REDIS_CODENAME: "trixie",
    });
    return { ...ended, calls: this.calls() };
  }

  /** The files in use with their permissions; undefined when none are. */
  inUse(): Readonly<Record<string, { mode: string; text: string }>> | undefined {
    if (!this.has(hostPaths.secretFolder)) return undefined;
    const folder = this.path(hostPaths.secretFolder);
    return Object.fromEntries(
      readdirSync(`${folder}/`, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && entry.name !== "taken")
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [
          path.slice(folder.length + 1),
          { mode: modeOf(path), text: this.read(path.slice(this.root.length)) },
        ]),
    );
  }

  /** The name of the folder of the version in use, without its random ending. */
  versionInUse(): string {
    return readlinkSync(this.path(hostPaths.secretFolder)).replace(/^.*\/([^/]*)\.[A-Za-z0-9]{8}$/, "$1");
  }

  /** All that is laid out: what is in /run/hipaa-redis, and the versions by their names without the random endings. */
  laidOut(): { run: string[]; versions: string[] } {
    const versions = this.path(hostPaths.secretVersions);
    return {
      run: readdirSync(this.path(hostPaths.runFolder)).sort(),
      versions: this.has(hostPaths.secretVersions)
        ? readdirSync(versions)
            .map((name) => name.replace(/\.[A-Za-z0-9]{8}$/, ""))
            .sort()
        : [],
    };
  }

  status(): unknown {
    return JSON.parse(this.read(hostPaths.status));
  }

  journal(): string {
    return this.has("/journal") ? this.read("/journal") : "";
  }

  mode(onHost: string): string {
    return modeOf(this.path(onHost));
  }
}

function modeOf(path: string): string {
  return (lstatSync(path).isSymbolicLink() ? lstatSync(path) : statSync(path)).mode.toString(8).slice(-4);
}
