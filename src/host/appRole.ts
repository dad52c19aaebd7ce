import { appSessionRenewalSeconds, appSessionRetrySeconds } from "../plan/appSession";
import { configFile, type CloudFile } from "./cloudConfig";
import { encodeEnvironment, encodeIni, type Settings } from "./encode";
import { hostScript, unitFile, type HostFolder } from "./hostFiles";
import { hostPaths } from "./hostPaths";
import { secretSandbox } from "./sandbox";
import { serviceUnit, unitNames } from "./units";

/** The application's own role on its host. */
export interface HostsAppRole {
  readonly appUser: string;
  readonly roleArn: string;
  readonly region: string;
}

/** What takes the role, and what tells the application's programs where its credentials are. None of it holds a secret. */
export function appRoleFiles({ appUser, roleArn, region }: HostsAppRole): CloudFile[] {
  return [
    configFile(
      hostPaths.appRoleEnvironment,
      encodeEnvironment([
        ["HIPAA_REDIS_APP_ROLE_ARN", roleArn],
        ["HIPAA_REDIS_APP_USER", appUser],
      ]),
    ),
    configFile(hostPaths.appEnvironment, encodeEnvironment(awsEnvironment(region))),
    configFile(hostPaths.appAwsConfig, awsConfig(region)),
    configFile(hostPaths.appProfile, loginShells(appUser)),
    hostScript("take-app-role"),
    unitFile(unitNames.appRole, appRoleUnit()),
    unitFile(unitNames.appRoleTimer, appRoleTimer()),
  ];
}

/** Where the credentials are: the application's user gets in, and writes nothing. */
export function appFolder(appUser: string): HostFolder {
  return { path: hostPaths.appFolder, mode: "0750", owner: "root", group: appUser };
}

export const startAppRole: readonly (readonly string[])[] = [unitNames.appRole, unitNames.appRoleTimer].map((unit) => [
  "systemctl",
  "enable",
  "--now",
  unit,
]);

/**
 * As the AWS SDKs and the CLI know them (AWS SDKs and Tools Reference Guide). Without the first they would ask instance
 * metadata, which is shut, and wait.
 */
function awsEnvironment(region: string): Settings {
  return [
    ["AWS_EC2_METADATA_DISABLED", "true"],
    ["AWS_CONFIG_FILE", hostPaths.appAwsConfig],
    ["AWS_REGION", region],
    // boto3 reads this one alone.
    ["AWS_DEFAULT_REGION", region],
  ];
}

/** SDKs ask a process again when what it gave ends soon; a file of plain credentials they would not read again. */
function awsConfig(region: string): string {
  const credentialProcess = ["credential_process", `/bin/cat ${hostPaths.appCredentials}`] as const;
  return encodeIni([["default", [credentialProcess, ["region", region]]]], " = ");
}

function loginShells(appUser: string): string {
  return `[ "$(id -un)" != ${appUser} ] || { set -a; . ${hostPaths.appEnvironment}; set +a; }\n`;
}

function appRoleUnit(): string {
  return serviceUnit(
    [
      ["Description", "HIPAA Redis: take the application's AWS role"],
      ["Wants", "network-online.target"],
      ["After", "network-online.target"],
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["Type", "oneshot"],
      ["EnvironmentFile", hostPaths.environmentFile],
      ["EnvironmentFile", hostPaths.appRoleEnvironment],
      // Outside of the sandbox, which needs the folders to be there.
      ["ExecStartPre", `+/usr/bin/systemd-tmpfiles --create ${hostPaths.folders}`],
      ["ExecStart", `${hostPaths.scriptsFolder}/take-app-role`],
      ["Restart", "on-failure"],
      ["RestartSec", appSessionRetrySeconds],
      ["TimeoutStartSec", 120],
      ...secretSandbox,
    ],
    "multi-user.target",
  );
}

function appRoleTimer(): string {
  return encodeIni(
    [
      ["Unit", [["Description", "HIPAA Redis: renew the application's AWS credentials"]]],
      [
        "Timer",
        [
          ["OnActiveSec", appSessionRenewalSeconds],
          ["OnUnitActiveSec", appSessionRenewalSeconds],
          ["AccuracySec", "1s"],
        ],
      ],
      ["Install", [["WantedBy", "timers.target"]]],
    ],
    "=",
  );
}
