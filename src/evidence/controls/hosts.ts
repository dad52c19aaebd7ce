import { nodePackages } from "../../host/nodeUserData";
import { tunnelProgram } from "../../host/tunnelProgram";
import { unitNames } from "../../host/units";
import { evictsEveryKey } from "../../plan/eviction";
import { bytesInWords, hostsThatFill, memoryPercents, redisLimits, tunnelLimits } from "../../plan/limits";
import { judgedByHost } from "../../plan/flow";
import { hostKinds, type HostKind } from "../../plan/hostKinds";
import { byPerson, literally, onHost, type Check } from "../check";
import type { Control, Subject } from "../control";
import { askRedis, processOf } from "../hostCommands";
import { imageAgeCheck } from "../imageAge";

/** What `systemd-analyze security` may count at most, in tenths; 0 is best, 100 an unhardened service. */
const mostExposure = 25;

const sandbox: Control = {
  id: "sandbox",
  title: "Services are sandboxed",
  hipaa: ["164.312(a)(1)"],
  article: ["environment"],
  nist: ["SC-39", "AC-6", "SI-16"],
  proposed: ["proposed 164.312(c)", "proposed 164.312(c)(2)(iii)"],
  demand: "A flaw in Redis or in the tunnel opens nothing else.",
  owners: ["component"],
  how: ({ plan }) => [
    `Redis and ${tunnelProgram(plan.tunnel).packageName} run as users of their own, without capabilities, on a read-only file system, with filtered system calls and no executable memory; Redis has no network; the tunnel reaches only the applications' networks.`,
  ],
  checks: () => [
    onHost(
      hostKinds,
      `systemd counts the tunnel's exposure as ${mostExposure / 10} at most`,
      `systemd-analyze security --no-pager --threshold=${mostExposure} ${unitNames.tunnel}`,
      "Overall exposure level",
    ),
    onHost(
      ["cache"],
      `systemd counts Redis's exposure as ${mostExposure / 10} at most`,
      `systemd-analyze security --no-pager --threshold=${mostExposure} ${unitNames.redis}`,
      "Overall exposure level",
    ),
    confined(hostKinds, "tunnel"),
    confined(["cache"], "redis"),
  ],
  risk: {
    remains: "A flaw in the kernel itself.",
    mitigation: "Debian's security updates restart the node for a new kernel (`security-updates`).",
  },
};

const { connectionsFromOneHost, crowd } = tunnelLimits;

/** In the order in which the firewall counts. */
function limitsOfConnections({ flows }: Subject["plan"]): number[] {
  return judgedByHost(flows).flatMap(({ limits: of }) =>
    of === undefined ? [] : [of.connectionsFromOneHost, of.crowd.connectionsFromOneHost, of.crowd.connections],
  );
}

const limits: Control = {
  id: "limits",
  title: "Limits for each client",
  hipaa: ["164.306(a)(1)"],
  article: [],
  nist: ["SC-5", "SC-6"],
  demand: "A client that sends or asks too much is refused or disconnected; the others keep what they have.",
  owners: ["component"],
  how: ({ plan }) => [
    `One host may have ${connectionsFromOneHost} connections, or ${crowd.connectionsFromOneHost} once there are ${crowd.connections} in all. The tunnel takes ${tunnelLimits.connections} and Redis ${redisLimits.clients}, so that the node's agent can connect even when clients use all of theirs.`,
    `Redis may use ${plan.maxMemoryPercent} % of the machine's memory, and all clients' buffers ${redisLimits.clientMemoryPercent} % of that; at ${memoryPercents(plan.maxMemoryPercent).redisUnit} % it is ended and restarted. The tunnel may use ${memoryPercents(plan.maxMemoryPercent).tunnel} %. A value has at most ${bytesInWords(plan.maxValueBytes)}.`,
    evictsEveryKey(plan.evictionPolicy)
      ? `A full Redis makes room by evicting keys (${plan.evictionPolicy}), any of them.`
      : `A full Redis evicts ${plan.evictionPolicy === "noeviction" ? "no key" : "none but keys that have an expiry"} (${plan.evictionPolicy}): writes fail while the memory is full of keys that stay.`,
    "Disabled, because its memory outlives the client's connection: the table of tracked keys (CLIENT TRACKING) and the log of refused sign-ins.",
  ],
  checks: ({ plan }) => [
    onHost(
      ["cache"],
      "connections from one host are limited",
      'nft list chain inet hipaa_redis input | grep --only-matching "ct count over [0-9]*" | paste --serial --delimiters=,',
      `^${limitsOfConnections(plan)
        .map((limit) => `ct count over ${limit}`)
        .join(",")}$`,
    ),
    onHost(
      ["cache"],
      "Redis's memory is limited, and its unit's, and what is evicted is as planned",
      `echo "$(${askRedis("CONFIG GET maxmemory")}) of ${shareOfMemory(plan.maxMemoryPercent)} $(${askRedis("CONFIG GET maxmemory-policy")}) $(systemctl show --property=MemoryMax --value ${unitNames.redis})"`,
      `^OK maxmemory ([1-9][0-9]*) of \\1 OK maxmemory-policy ${plan.evictionPolicy} [1-9][0-9]*$`,
    ),
    onHost(
      ["cache"],
      "Redis's clients are limited",
      askRedis("CONFIG GET maxclients"),
      `^OK maxclients ${redisLimits.clients}$`,
    ),
    onHost(
      ["cache"],
      "the largest value is the planned one",
      askRedis("CONFIG GET proto-max-bulk-len"),
      `^OK proto-max-bulk-len ${plan.maxValueBytes}$`,
    ),
  ],
  risk: {
    remains: `Handshakes by strangers in the applications' network cost the node CPU. ${hostsThatFill(tunnelLimits.connections)} hosts there can together keep out new clients on all other hosts; with stunnel, a handshake that trickles keeps its place for as long as it goes on. A client that is admitted may fill the cache with keys, which evicts the keys of others. While it is connected it may also fill it with names that it subscribes to or watches, which keeps others from writing.`,
    mitigation:
      "`appSecurityGroupIds`, a larger `instanceType`, and a cache of its own for an application that the others do not trust.",
  },
};

const securityUpdates: Control = {
  id: "security-updates",
  title: "Security patches",
  hipaa: ["164.308(a)(1)(ii)(B)"],
  article: ["patches"],
  nist: ["SI-2"],
  proposed: ["proposed 164.308(a)(4)", "proposed 164.312(h)", "proposed 164.312(h)(2)(iv)"],
  demand: "Security patches on the host are current.",
  owners: ["component", "organisation"],
  how: ({ plan, deployed }) => [
    `Debian's security updates, and no others, are installed at ${plan.securityUpdateWindow} UTC; a service whose code was replaced is restarted, and a new kernel restarts the node.`,
    ...(plan.imageHasPackages
      ? ["The packages come with the image: where the node has no way to a mirror, updates need a new image."]
      : [
          "All packages of the image are brought up to date when a node boots for the first time, before Redis, the tunnel or sshd listens.",
        ]),
    ...deployed.nodes.map(
      ({ name, imageId }) =>
        `Node ${name} boots the image ${imageId}${"id" in plan.image ? ", the organisation's own." : `, which was Debian's newest for ${plan.image.architecture} when \`imageGeneration\` ${plan.image.generation} was first deployed.`}`,
    ),
  ],
  checks: ({ plan, deployed }) => [
    onHost(["cache"], "the window is open", `systemctl is-active ${unitNames.updatesTimer}`, "^active$"),
    onHost(
      ["cache"],
      "the window is the planned one",
      `systemctl cat ${unitNames.updatesTimer} | grep '^OnCalendar='`,
      `^OnCalendar=${plan.securityUpdateWindow.replaceAll(".", "\\.")} UTC$`,
    ),
    onHost(
      ["cache"],
      "the last run of updates has not failed",
      `systemctl is-failed ${unitNames.updates} || true`,
      "^(inactive|active|activating)$",
    ),
    onHost(
      ["cache"],
      "the packages are installed, and these are their versions",
      `dpkg-query --show --showformat='\${Package} \${Version} \${db:Status-Status}\\n' ${nodePackages(plan.tunnel).join(" ")} | paste --serial --delimiters=' '`,
      `^${[...nodePackages(plan.tunnel)]
        .sort()
        .map((name) => String.raw`${literally(name)} \S+ installed`)
        .join(" ")}$`,
    ),
    ...deployed.nodes.map(imageAgeCheck),
  ],
  risk: {
    remains:
      "A hole stays open until the next window, or, without a patch, until Debian has one: the 15 and 30 days of the proposed rule run from a patch that is there. Other packages on app hosts are their owner's to update.",
    mitigation:
      "A daily window; a new image twice a year (`imageGeneration`, or `imageId`); vulnerability scans (`vulnerability-scans`).",
  },
};

const vulnerabilityScans: Control = {
  id: "vulnerability-scans",
  title: "Scans and penetration tests",
  hipaa: [],
  article: [],
  nist: ["CA-8"],
  proposed: [
    "proposed 164.312(h)",
    "proposed 164.312(h)(2)(i)",
    "proposed 164.312(h)(2)(ii)",
    "proposed 164.312(h)(2)(iii)",
  ],
  demand: "Vulnerability scans are run twice a year, and penetration tests once a year (the rule proposed in 2025).",
  owners: ["organisation"],
  how: () => [
    `The node records each package with its version in its journal, at boot and after each run of updates (${unitNames.packages}): compare a scan with that. The library's own tests try to break into hosts like these on every run; they do not replace a test of the deployed system.`,
  ],
  checks: () => [
    byPerson("the last scan and the last penetration test are on file, with what became of their findings"),
  ],
  risk: {
    remains: "A weakness that nobody has looked for.",
    mitigation: "Amazon Inspector, or a scanner that reads the journal's list of packages.",
  },
};

/** So many percent of the machine's memory, in bytes, as `size-memory` reckons it. */
function shareOfMemory(percent: number): string {
  return `$((1024 * ($(awk '/^MemTotal:/ { print $2 }' /proc/meminfo) * ${percent} / 100)))`;
}

/** The running process of a service: no capabilities, no way to more of them, system calls filtered. */
function confined(hosts: readonly HostKind[], service: "tunnel" | "redis"): Check {
  return onHost(
    hosts,
    `the process of ${service === "redis" ? "Redis" : "the tunnel"} is confined`,
    `grep --extended-regexp '^(CapEff|NoNewPrivs|Seccomp):' /proc/${processOf(unitNames[service])}/status | tr '\\t' ' ' | paste --serial --delimiters=' '`,
    "^CapEff: 0{16} NoNewPrivs: 1 Seccomp: 2$",
  );
}

export const hostControls: readonly Control[] = [sandbox, limits, securityUpdates, vulnerabilityScans];
