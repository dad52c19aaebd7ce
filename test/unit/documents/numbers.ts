import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { defaultMaxRecordAgeDays } from "../../../src/evidence/judgeRecord.js";
import { planCache } from "../../../src/plan/cachePlan.js";
import { lockedCommands, scriptingCommands } from "../../../src/plan/commands.js";
import { hostsThatFill, redisLimits, tunnelLimits } from "../../../src/plan/limits.js";
import { passwordLength } from "../../../src/plan/passwords.js";
import { httpsPort, redisPort, sshPort } from "../../../src/plan/ports.js";
import { defaultTunnelEngine, tunnelRules } from "../../../src/plan/tunnel.js";
import { sampleArguments } from "../../support/sample.js";

/** A number or name that a document repeats, and what it has to be. */
export interface Documented {
  /** Below the root of the repository. */
  readonly file: string;
  /** With one group, the number; white space in it stands for any in the document. All that match count. */
  readonly pattern: RegExp;
  readonly value: string;
}

/** A file of the repository, with a single space wherever lines are broken or indented. */
export function textOf(file: string): string {
  return readFileSync(join(repositoryRoot, file), "utf8").replace(/\s+/g, " ");
}

/** What a file of the source has for a value that it keeps to itself. */
function inSource(file: string, pattern: RegExp): string {
  const value = pattern.exec(textOf(file))?.[1];
  if (value === undefined)
    throw new Error(`${file} has nothing like ${String(pattern)} any more: say here where it is now.`);
  return value;
}

const { vpcId, vpcCidrBlock, subnets, appCidrBlocks, operators, clients } = sampleArguments;
const plan = planCache("sessions", { vpcId, vpcCidrBlock, subnets, appCidrBlocks, operators, clients });
const mebibytes = (bytes: number): string => String(bytes / 1024 ** 2);
const days = (hours: number): string => String(hours / 24);
const thousands = (value: number): string => value.toLocaleString("en");
const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const word = (value: number | string): string => words[Number(value)] ?? String(value);
const { connections, connectionsFromOneHost, crowd } = tunnelLimits;
const lifetime = days(plan.validity.validityHours);
const refreshMinutes = word(plan.refreshIntervalSeconds / 60);
const retrySeconds = inSource("src/host/units.ts", /"RestartSec", (\d+)/);
const node = inSource("package.json", /"node": ">=([\d.]+)"/);
const flowLogYears = word(Math.floor(Number(inSource("src/network/flowLog.ts", /retentionInDays = (\d+)/)) / 365.25));
const clockMinutes = word(Number(inSource("src/host/scripts/check-clock.sh", /most_seconds=(\d+)/)) / 60);
const records = thousands(Number(inSource("lab/demo/demo.ts", /records = (\d+)/)));
const every = lockedCommands({ allowScripting: false }).length;
/** The article's own: CONFIG, SAVE, BGSAVE, BGREWRITEAOF, DEBUG, SHUTDOWN, FLUSHDB and FLUSHALL. */
const ofTheArticle = 8;
/** What two hosts can hold, one of them before there is a crowd. */
const twoHosts = connectionsFromOneHost + crowd.connectionsFromOneHost;

function rows(file: string, list: readonly (readonly [RegExp, string])[]): Documented[] {
  return list.map(([pattern, value]) => ({ file, pattern, value }));
}

const hardening = rows("docs/hardening.md", [
  [/One app host may have ([\d,]+) connections/, thousands(connectionsFromOneHost)],
  [/Once there are ([\d,]+) in all/, thousands(crowd.connections)],
  [/a host that has ([\d,]+) gets no further one/, thousands(crowd.connectionsFromOneHost)],
  [/The tunnel takes ([\d,]+)\./, thousands(connections)],
  [/Redis takes ([\d,]+), so that/, thousands(redisLimits.clients)],
  [/don't finish end after (\d+) s/, String(tunnelRules.handshakeSeconds)],
  [/\(#connections\) and their (\d+) seconds/, String(tunnelRules.handshakeSeconds)],
  [/it takes (\w+) to have all [\d,]+ connections/, word(hostsThatFill(connections))],
  [/to have all ([\d,]+) connections/, thousands(connections)],
  [/need more than ([\d,]+) connections together/, thousands(crowd.connections)],
  [/hosts with fewer than (\d+) each/, thousands(crowd.connectionsFromOneHost)],
  [/Redis may use (\d+) % of the machine's memory/, String(redisLimits.memoryPercent)],
  [/counts them to its (\d+) %/, String(redisLimits.memoryPercent)],
  [/and a (\w+) of that for all buffers/, `${word(100 / redisLimits.clientMemoryPercent)}th`],
  [/Its unit may use (\d+) %/, String(redisLimits.unitMemoryPercent)],
  [/The tunnel may use (\d+) %/, String(tunnelLimits.memoryPercent)],
  [/needs more than its (\d+) %/, String(tunnelLimits.memoryPercent)],
  [/A value may have (\d+) MiB/, mebibytes(redisLimits.largestValueBytes)],
  [/a command (\d+) MiB/, mebibytes(redisLimits.queryBufferBytes)],
  [/does not take (\d+) MiB/, mebibytes(redisLimits.outputBuffer.mostBytes)],
  [/one folder of (\d+) MiB/, mebibytes(redisLimits.folderBytes)],
  [/(\d+) commands and \d+ of scripting/, String(every - scriptingCommands.length)],
  [/commands and (\d+) of scripting/, String(scriptingCommands.length)],
  [/(\w+) tries and \d+ s, then/, capital(word(inSource("src/host/sshdConf.ts", /"MaxAuthTries", (\d+)/)))],
  [/tries and (\d+) s, then/, inSource("src/host/sshdConf.ts", /"LoginGraceTime", (\d+)/)],
  [/`operatorIdleLogoffMinutes` is (\d+) by default/, String(plan.operatorIdleLogoffMinutes)],
  [/journal is on disk, up to (\d+) GiB/, inSource("src/host/operatorFiles.ts", /"SystemMaxUse", "(\d+)G"/)],
  [/its own journal has (\d+) MiB\. Neither/, inSource("src/host/journals.ts", /"SystemMaxUse", "(\d+)M"/)],
  [/keeps its last (\d+) MiB/, inSource("src/host/journals.ts", /"SystemMaxUse", "(\d+)M"/)],
  [/its own journal has (\d+) MiB, in memory/, inSource("src/host/journals.ts", /"RuntimeMaxUse", "(\d+)M"/)],
  [/every day from (\d\d:\d\d) UTC/, plan.securityUpdateWindow],
  [/Beyond ([\d,]+) words/, thousands(Number(inSource("src/host/scripts/count-refusals.sh", /most_words=(\d+)/)))],
  [/asserts less than ([\d.]+)\./, inSource("test/hosts/cache/sandbox.test.ts", /is under ([\d.]+) by/)],
]);

const tunnel = rows("docs/tunnel.md", [
  [/\*\*`(\w+)`\*\* \(default\)/, defaultTunnelEngine],
  [/falls silent ends after (\d+) s/, String(tunnelRules.handshakeSeconds)],
  [/HAProxy's (\d+) seconds are/, String(tunnelRules.handshakeSeconds)],
  [/stays for up to (\d+) days/, String(tunnelRules.idleSeconds / 86_400)],
  [/keepalive (\d+) s \+/, String(tunnelRules.keepalive.idleSeconds)],
  [/\+ (\d+) × \d+ s;/, String(tunnelRules.keepalive.probes)],
  [/\+ \d+ × (\d+) s;/, String(tunnelRules.keepalive.intervalSeconds)],
  [/can hold ([\d,]+) places/, thousands(twoHosts)],
  [/and leave ([\d,]+) to the others/, thousands(connections - twoHosts)],
  [/it takes (\w+) to keep all/, word(hostsThatFill(connections))],
  [/After (\w+) more reloads/, word(inSource("src/host/haproxyConf.ts", /"mworker-max-reloads", (\d+)/))],
  [/it has its own ([\d,]+)\./, thousands(connections)],
  [/Take more than ([\d,]+) connections/, thousands(connections)],
  [/One app host may have ([\d,]+) of them/, thousands(connectionsFromOneHost)],
  [/and (\d+) once there are/, thousands(crowd.connectionsFromOneHost)],
  [/once there are ([\d,]+) in all/, thousands(crowd.connections)],
]);

const rotation = rows("docs/rotation.md", [
  [/validityHours: (\d+) \* 24 \}, \/\//, lifetime],
  [/refreshIntervalSeconds: (\d+),/, String(plan.refreshIntervalSeconds)],
  [/The default is (\d+); it is an argument/, String(plan.refreshIntervalSeconds)],
  [/\(\d+ of (\d+) days\)/, lifetime],
  [/\((\d+) of \d+ days\)/, String(Number(lifetime) / 6)],
  [/differs by more than (\w+) minutes/, clockMinutes],
  [/tries again every (\d+) seconds/, retrySeconds],
  [/By default a certificate lasts (\d+) days/, lifetime],
  [/`pulumi up` in the last (\d+) of them/, days(plan.validity.earlyRenewalHours)],
]);

const operating = rows("docs/operating.md", [
  [/Flow logs are kept for (\w+) years/, flowLogYears],
  [/tries again every (\d+) seconds/, retrySeconds],
  [/new version every (\w+) minutes/, refreshMinutes],
  [/\*\*Certificates\*\* last (\d+) days/, lifetime],
  [/renews them in their last (\d+):/, days(plan.validity.earlyRenewalHours)],
  [/RSA of at least (\d+) bits/, inSource("src/arguments/sshPublicKey.ts", /minimumRsaBits = (\d+)/)],
  [/one for port (\d+), which/, String(redisPort)],
]);

const readme = rows("README.md", [
  [/reach the cache node on (\d+) through/, String(redisPort)],
  [/bastions on (\d+),/, String(sshPort)],
  [/Debian's mirrors on (\d+);/, String(httpsPort)],
  [/Node\.js ([\d.]+) or newer/, node],
  [/`([\w.]+)` by default/, plan.instanceType],
  [/a read every (\w+) minutes/, refreshMinutes],
  [/CloudWatch Logs for (\w+) years/, flowLogYears],
  [/reads ([\d,]+) synthetic records/, records],
  [/Certificates last (\d+) days/, lifetime],
]);

const others = [
  ...rows("docs/network.svg", [
    [/class="small">(\w+): verifies/, defaultTunnelEngine === "haproxy" ? "HAProxy" : defaultTunnelEngine],
    [/class="small">(\w+) :\d+, TLS/, defaultTunnelEngine === "haproxy" ? "HAProxy" : defaultTunnelEngine],
    [/HAProxy :(\d+), TLS/, String(redisPort)],
    [/sshd :(\d+),/, String(sshPort)],
  ]),
  ...rows("docs/article.md", [
    [/reached on (\d+) by applications/, String(redisPort)],
    [/and on (\d+) by bastions/, String(sshPort)],
    [/one of (\d+) random characters/, String(passwordLength)],
    [/are locked, and (\d+) more/, String(every - ofTheArticle)],
    [/the default is (\d+) days/, lifetime],
  ]),
  ...rows("docs/lab.md", [
    [/Node\.js ([\d.]+) or newer/, node],
    [/by LocalStack ([\d.]+),/, inSource("lab/localstack/constraints.txt", /localstack==(\d+\.\d+)\./)],
    [/reads ([\d,]+) synthetic/, records],
  ]),
  ...rows("docs/evidence.md", [
    [/NIST OSCAL ([\d.]+) component/, inSource("src/evidence/oscal.ts", /oscalVersion = "([\d.]+)"/)],
  ]),
  ...rows("docs/verify.md", [
    [/\*\*Young\*\*: at most (\d+) days/, String(defaultMaxRecordAgeDays)],
    [/takes another number, 1 to (\d+)/, inSource("src/cli/recordOptions.ts", /mostDays = (\d+)/)],
    [
      /in the future, by more than (\w+) minutes/,
      word(inSource("src/evidence/judgeRecord.ts", /mostMinutesAhead = (\d+)/)),
    ],
    [
      /stays below the ([\d,]+) characters/,
      inSource("test/hosts/cache/verify.test.ts", /ssmOutputLimit = ([\d_]+)/).replace("_", ","),
    ],
    [/more than (\w+) minutes from yours/, word(inSource("src/verify/scriptResults.ts", /mostMinutesApart = (\d+)/))],
    [
      /results that are more than a (day) old/,
      inSource("src/verify/scriptResults.ts", /mostHoursOld = (\d+)/) === "24" ? "day" : "other time",
    ],
  ]),
];

/** What the documents say of the source in numbers, and what follows from the source. */
export const documented: readonly Documented[] = [
  ...hardening,
  ...tunnel,
  ...rotation,
  ...operating,
  ...readme,
  ...others,
];

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
