import { basename } from "node:path";
import { clientSocket } from "../../../src/host/connectionFile.js";
import { unitNames } from "../../../src/host/units.js";
import { appSessionRenewalSeconds } from "../../../src/plan/appSession.js";
import { planCache } from "../../../src/plan/cachePlan.js";
import { lockedCommands, scriptingCommands } from "../../../src/plan/commands.js";
import {
  hostsThatFill,
  memoryPercentRange,
  memoryPercents,
  redisLimits,
  tunnelLimits,
  valueBytesRange,
} from "../../../src/plan/limits.js";
import { passwordLength } from "../../../src/plan/passwords.js";
import { httpsPort, redisPort, sshPort } from "../../../src/plan/ports.js";
import { defaultTunnelEngine, tunnelRules } from "../../../src/plan/tunnel.js";
import { timeouts } from "../../../src/ioredis/timeouts.js";
import { sampleArguments } from "../../support/sample.js";
import { clusterNumbers } from "./clusterNumbers.js";
import { labNumbers } from "./labNumbers.js";
import { replicaNumbers } from "./replicaNumbers.js";
import { capital, inSource, rows, thousands, word, type Documented } from "./numberRows.js";

const { vpcId, vpcCidrBlock, subnets, appCidrBlocks, operators, clients } = sampleArguments;
const plan = planCache("sessions", { vpcId, vpcCidrBlock, subnets, appCidrBlocks, operators, clients });
const mebibytes = (bytes: number): string => String(bytes / 1024 ** 2);
const days = (hours: number): string => String(hours / 24);
const { connections, connectionsFromOneHost, crowd } = tunnelLimits;
const lifetime = days(plan.validity.validityHours);
const refreshMinutes = word(plan.refreshIntervalSeconds / 60);
const retrySeconds = inSource("src/host/units.ts", /"RestartSec", (\d+)/);
const flowLogYears = word(
  Math.floor(Number(inSource("src/plan/networkPlan.ts", /FlowLogRetentionDays = (\d+)/)) / 365.25),
);
const clockMinutes = word(Number(inSource("src/host/scripts/check-clock.sh", /most_seconds=(\d+)/)) / 60);
/** Of the version that has none of its own: what each of them has. */
const locked = lockedCommands({ allowScripting: false, version: "Redis 7.0" });
const every = locked.length;
const deniedAlone = locked.filter(({ treatment }) => treatment === "denied").length;
/** What the report says of a hybrid key exchange's authorities. */
const authorities = inSource("src/evidence/controls/keyExchange.ts", /(NIST IR 8547, .*? no more\.)"/);
/** Five years. */
const articleDays =
  Number(inSource("src/arguments/certificatesArguments.ts", /([\d,]+) the article's five years/).replace(",", "")) / 24;
/** The article's own: CONFIG, SAVE, BGSAVE, BGREWRITEAOF, DEBUG, SHUTDOWN, FLUSHDB and FLUSHALL. */
const ofTheArticle = 8;
/** What two hosts can hold, one of them before there is a crowd. */
const twoHosts = connectionsFromOneHost + crowd.connectionsFromOneHost;

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
  [/`maxMemoryPercent` takes (\d+) to/, String(memoryPercentRange.least)],
  [/`maxMemoryPercent` takes \d+ to (\d+)/, String(memoryPercentRange.most)],
  [/\((\d+) % and \d+ % at 60\)/, String(memoryPercents(memoryPercentRange.most).redisUnit)],
  [/% and (\d+) % at 60\)/, String(memoryPercents(memoryPercentRange.most).tunnel)],
  [/`maxValueBytes` takes (\d+) MiB/, mebibytes(valueBytesRange.least)],
  [/`maxValueBytes` takes \d+ MiB to (\d+) MiB/, mebibytes(valueBytesRange.most)],
  [/A value may have (\d+) MiB/, mebibytes(redisLimits.largestValueBytes)],
  [/a command (\d+) MiB/, mebibytes(redisLimits.queryBufferBytes)],
  [/does not take (\d+) MiB/, mebibytes(redisLimits.outputBuffer.mostBytes)],
  [/one folder of (\d+) MiB/, mebibytes(redisLimits.folderBytes)],
  [/`systemd-analyze security (\S+) \S+`/, basename(unitNames.redis, ".service")],
  [/`systemd-analyze security \S+ (\S+)`/, basename(unitNames.tunnel, ".service")],
  [/(\d+) commands and \d+ of scripting/, String(every - deniedAlone - scriptingCommands.length)],
  [/with them (\d+) subcommands of CLIENT/, String(deniedAlone)],
  [/commands and (\d+) of scripting/, String(scriptingCommands.length)],
  [/(\w+) tries and \d+ s, then/, capital(word(inSource("src/host/sshdConf.ts", /"MaxAuthTries", (\d+)/)))],
  [/tries and (\d+) s, then/, inSource("src/host/sshdConf.ts", /"LoginGraceTime", (\d+)/)],
  [/`operatorIdleLogoffMinutes` is (\d+) by default/, String(plan.operatorIdleLogoffMinutes)],
  [/journal is on disk, up to (\d+) GiB/, inSource("src/host/operatorFiles.ts", /"SystemMaxUse", "(\d+)G"/)],
  [/its own journal has (\d+) MiB\. Neither/, inSource("src/host/journals.ts", /"SystemMaxUse", "(\d+)M"/)],
  [/keeps its last (\d+) MiB/, inSource("src/host/journals.ts", /"SystemMaxUse", "(\d+)M"/)],
  [/its own journal has (\d+) MiB, in memory/, inSource("src/host/journals.ts", /"RuntimeMaxUse", "(\d+)M"/)],
  [/every day from (\d\d:\d\d) UTC/, plan.securityUpdateWindow],
  [/Beyond ([\d,]+) words/, thousands(Number(inSource("src/host/scripts/count-refusals.sh", /-gt (\d+) \]/)))],
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
  [/(NIST IR 8547, .*, national security systems apart\. .* no more\.) The report/, authorities],
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
  [/validityHours: (\d+) \* 24 \}`/, String(articleDays)],
  [/web:<password>@127\.0\.0\.1:(\d+)`/, String(redisPort)],
]);

const operating = rows("docs/operating.md", [
  [/Flow logs are kept for (\w+) years/, flowLogYears],
  [/tries again every (\d+) seconds/, retrySeconds],
  [/new version every (\w+) minutes/, refreshMinutes],
  [/again every (\d+) minutes \(`hipaa-redis-app-role/, String(appSessionRenewalSeconds / 60)],
  [/\*\*Certificates\*\* last (\d+) days/, lifetime],
  [/renews them in their last (\d+):/, days(plan.validity.earlyRenewalHours)],
  [/RSA of at least (\d+) bits/, inSource("src/arguments/sshPublicKey.ts", /minimumRsaBits = (\d+)/)],
  [/one for port (\d+), which/, String(redisPort)],
  [/sets the article's (\d+) days/, String(articleDays)],
  [/gives up a command after (\d+) ms/, String(timeouts.commandTimeout)],
  [/no answer has come (\d+) s \(/, String(timeouts.socketTimeout / 1000)],
]);

const readme = rows("README.md", [
  [/reach the cache node on (\d+) through/, String(redisPort)],
  [/bastions on (\d+),/, String(sshPort)],
  [/Debian's mirrors on (\d+);/, String(httpsPort)],
  [/`([\w.]+)` by default/, plan.instanceType],
  [/a read every (\w+) minutes/, refreshMinutes],
  [/CloudWatch Logs for (\w+) years/, flowLogYears],
  [/Certificates last (\d+) days/, lifetime],
]);

const others = [
  ...rows("docs/network.svg", [
    [/↓ (\w+ \w+), for this user alone/, clientSocket.endsWith(".sock") ? "Unix socket" : clientSocket],
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
    [/article's certificate lasts ([\d,]+) days/, thousands(articleDays)],
  ]),
  ...rows("docs/evidence.md", [
    [/NIST OSCAL ([\d.]+)/, inSource("src/evidence/oscal/form.ts", /oscalVersion = "([\d.]+)"/)],
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
  ...labNumbers,
  ...replicaNumbers,
  ...clusterNumbers,
];
