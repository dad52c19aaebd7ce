import { nodePackages } from "../../host/nodeUserData";
import { unitNames } from "../../host/units";
import { lastSecurityFix, type SecurityFix } from "../../plan/serverVersions";
import { byPerson, literally, onHost } from "../check";
import type { Control, Subject } from "../control";
import { imageAgeCheck } from "../imageAge";
import { ofEachNode } from "../shape";
import { packagesShown } from "../packagesSeen";
import { serverVersionCheck } from "../serverVersion";
import { lastRunCheck, mostHoursSinceRun, nothingWaitsCheck, noRestartDueCheck } from "../updateChecks";

function imageInWords({ image }: Subject["plan"]): string {
  return "id" in image
    ? "the organisation's own."
    : `which was Debian's newest for ${image.architecture} when \`imageGeneration\` ${image.generation} was first deployed.`;
}

function fixInWords({ version, date, cves }: SecurityFix): string {
  return `A server that is older than ${version} of ${date}, by which Debian fixed ${cves.join(", ")}, is not started: that is the last security fix that this version of the library knows.`;
}

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
    `Current means: at most ${mostHoursSinceRun(plan.securityUpdateWindow)} hours after the last run that succeeded (before the first window: after the first boot), with no security update waiting and no restart due. What waits is told by the node's own lists, as they were at that run, with packages that are held back: what Debian has published since no check sees, nor a package that came from elsewhere.`,
    fixInWords(lastSecurityFix(plan)),
    ...(plan.imageHasPackages
      ? ["The packages come with the image: where the node has no way to a mirror, updates need a new image."]
      : [
          "All packages of the image are brought up to date when a node boots for the first time, before Redis, the tunnel or sshd listens. In which order that was, the library's tests see.",
        ]),
    ...ofEachNode(
      plan,
      deployed.nodes,
      ({ name, imageId }) => `Node ${name} boots the image ${imageId} (\`configuration-drift\`), ${imageInWords(plan)}`,
      `The nodes boot the image ${[...new Set(deployed.nodes.map(({ imageId }) => imageId))].join(", ")} (\`configuration-drift\`), ${imageInWords(plan)}`,
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
      packagesShown,
      `dpkg-query --show --showformat='\${Package} \${Version} \${db:Status-Status}\\n' ${nodePackages(plan.tunnel, plan.engine).join(" ")} | paste --serial --delimiters=' '`,
      `^${[...nodePackages(plan.tunnel, plan.engine)]
        .sort()
        .map((name) => String.raw`${literally(name)} \S+ installed`)
        .join(" ")}$`,
    ),
    serverVersionCheck(lastSecurityFix(plan)),
    lastRunCheck(plan.securityUpdateWindow),
    nothingWaitsCheck,
    noRestartDueCheck,
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
    `The node records each package with its version in its journal, at boot and after each run of updates (${unitNames.packages}): compare a scan with that; what the node records of its packages, no check reads. The library's own tests try to break into hosts like these on every run; they do not replace a test of the deployed system.`,
  ],
  checks: () => [
    byPerson("the last scan and the last penetration test are on file, with what became of their findings"),
  ],
  risk: {
    remains: "A weakness that nobody has looked for.",
    mitigation: "Amazon Inspector, or a scanner that reads the journal's list of packages.",
  },
};

export const updateControls: readonly Control[] = [securityUpdates, vulnerabilityScans];
