import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import type { CloudConfig } from "../../../src/host/cloudConfig.js";
import { clientCloudConfig } from "../../../src/host/clientUserData.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { secretSandbox } from "../../../src/host/sandbox.js";
import { unitNames } from "../../../src/host/units.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { sampleConnection } from "../../support/sample.js";

const appRoleArn = "arn:aws:iam::123456789012:role/web";
const plan = planClient("web", { appUser: "app" });
const withRole = parse(clientCloudConfig(plan, sampleConnection, { appRoleArn })) as CloudConfig;
const without = parse(clientCloudConfig(plan, sampleConnection)) as CloudConfig;

function fileOf(config: CloudConfig, path: string): string | undefined {
  return config.write_files?.find((file) => file.path === path)?.content;
}

describe("an app host whose application has a role", () => {
  it("is told by its user data; one without is told nothing of it", () => {
    const unitFiles = [unitNames.appRole, unitNames.appRoleTimer].map((name) => `${hostPaths.unitsFolder}/${name}`);
    const { appRoleEnvironment, appEnvironment, appAwsConfig, appProfile, scriptsFolder } = hostPaths;
    const more = [appRoleEnvironment, appEnvironment, appAwsConfig, appProfile, `${scriptsFolder}/take-app-role`];
    const paths = ({ write_files: files = [] }: CloudConfig): string[] => files.map(({ path }) => path);
    assert.deepEqual(
      paths(withRole).filter((path) => !paths(without).includes(path)),
      [...more, ...unitFiles].sort(),
    );
    const differ = paths(without).filter((path) => fileOf(withRole, path) !== fileOf(without, path));
    assert.deepEqual(differ, [hostPaths.folders]);
    const folders = (config: CloudConfig): string[] => (fileOf(config, hostPaths.folders) ?? "").trimEnd().split("\n");
    assert.deepEqual(
      folders(withRole).filter((line) => !folders(without).includes(line)),
      ["d /run/hipaa-redis/app 0750 root app"],
    );
    assert.equal(
      fileOf(withRole, appRoleEnvironment),
      `HIPAA_REDIS_APP_ROLE_ARN=${appRoleArn}\nHIPAA_REDIS_APP_USER=app\n`,
    );
  });

  it("takes the role at boot before anything of the caller's, and again every quarter of an hour", () => {
    assert.deepEqual(withRole.runcmd, [
      ...(without.runcmd ?? []),
      ["systemctl", "enable", "--now", "hipaa-redis-app-role.service"],
      ["systemctl", "enable", "--now", "hipaa-redis-app-role.timer"],
    ]);
    const timer = fileOf(withRole, `${hostPaths.unitsFolder}/${unitNames.appRoleTimer}`) ?? "";
    assert.match(timer, /^OnActiveSec=900\nOnUnitActiveSec=900$/m);
    const unit = fileOf(withRole, `${hostPaths.unitsFolder}/${unitNames.appRole}`) ?? "";
    assert.match(unit, /^Restart=on-failure\nRestartSec=60$/m);
    assert.match(unit, /^WantedBy=multi-user.target$/m);
    for (const [key, value] of secretSandbox) assert.ok(unit.includes(`\n${key}=${value}\n`), key);
  });

  it("tells SDKs where the credentials are, the region, and not to ask instance metadata", () => {
    assert.equal(
      fileOf(withRole, hostPaths.appAwsConfig),
      `[default]\ncredential_process = /bin/cat /run/hipaa-redis/app/credentials.json\nregion = ${sampleConnection.region}\n`,
    );
    assert.equal(
      fileOf(withRole, hostPaths.appEnvironment),
      [
        "AWS_EC2_METADATA_DISABLED=true",
        "AWS_CONFIG_FILE=/etc/hipaa-redis/app-aws-config",
        `AWS_REGION=${sampleConnection.region}`,
        `AWS_DEFAULT_REGION=${sampleConnection.region}`,
        "",
      ].join("\n"),
    );
  });

  it("tells login shells of the application's user, and of nobody else", () => {
    const folder = mkdtempSync(join(tmpdir(), "profile-"));
    try {
      writeFileSync(join(folder, "app.env"), fileOf(withRole, hostPaths.appEnvironment) ?? "");
      const profile = (fileOf(withRole, hostPaths.appProfile) ?? "").replace(
        hostPaths.appEnvironment,
        `${folder}/app.env`,
      );
      const shownTo = (user: string): string =>
        spawnSync("sh", ["-euc", `id() { echo ${user}; }\n${profile}env | grep ^AWS_ | sort`], {
          encoding: "utf8",
          env: { PATH: process.env.PATH },
        }).stdout;
      assert.equal(shownTo("app").split("\n").length, 5);
      assert.match(shownTo("app"), /^AWS_CONFIG_FILE=\/etc\/hipaa-redis\/app-aws-config$/m);
      assert.equal(shownTo("root"), "");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
