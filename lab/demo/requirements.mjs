// Plain JavaScript without packages, as options.mjs.

/** Free space that the lab needs: for what is built or fetched once, and for each run. Built engine and caches take the most. */
const neededGigabytes = { firstRun: 8, laterRuns: 2 };

/** All that keeps the demo from starting on this machine, each with the way out; nothing when it can start. */
export function problemsOf(facts, { down }) {
  const always = [system(facts), root(facts), node(facts), packages(facts)];
  const toStart = down ? [] : [debian(facts), disk(facts), ...network(facts)];
  return [...always, ...toStart].filter((problem) => problem !== undefined);
}

/** How long the demo takes, and what for. */
export function durationText({ missing, cache }) {
  if (missing.length === 0) return `It takes two to four minutes: what it needs is in ${cache}.`;
  return [
    "The first run takes 5 to 20 minutes, later ones two to four. This one still has to",
    `fetch or build, and then keeps in ${cache}:`,
    ...missing.map(({ what }) => `  - ${what}`),
  ].join("\n");
}

function system({ platform }) {
  if (platform === "linux") return undefined;
  return `Linux: this is ${platform}. The test hosts are Linux containers: use a virtual machine with Debian 12 or newer.`;
}

function root({ platform, uid }) {
  if (platform !== "linux" || uid === 0) return undefined;
  return 'Root: the test hosts are namespaces and containers. Run: sudo env "PATH=$PATH" npm run demo';
}

function debian({ platform, osRelease }) {
  if (platform !== "linux") return undefined;
  const field = (name) => (new RegExp(`^${name}="?([^"\n]*)"?$`, "m").exec(osRelease) ?? [])[1];
  // Debian's testing has no number.
  const version = field("VERSION_ID");
  if (field("ID") === "debian" && (version === undefined || Number(version) >= 12)) return undefined;
  const here = field("PRETTY_NAME") ?? "a system without /etc/os-release";
  return `Debian 12 or newer: this is ${here}. Use such a machine or virtual machine; --skip-checks tries it here anyway.`;
}

function node({ nodeVersion, engines }) {
  const [, major, minor] = /^>=(\d+)\.(\d+)/.exec(engines).map(Number);
  const [hereMajor, hereMinor] = nodeVersion.replace(/^v/, "").split(".").map(Number);
  if (hereMajor > major || (hereMajor === major && hereMinor >= minor)) return undefined;
  return `Node.js ${major}.${minor} or newer: this is ${nodeVersion}. Get it from https://nodejs.org (Debian 12 has 18).`;
}

function packages({ installed, repository }) {
  return installed ? undefined : `The npm packages are not installed. Run: npm --prefix ${repository} ci`;
}

function disk({ missing, disks }) {
  const needed = missing.length === 0 ? neededGigabytes.laterRuns : neededGigabytes.firstRun;
  const full = disks.find(({ freeGigabytes }) => freeGigabytes < needed);
  if (full === undefined) return undefined;
  const free = full.freeGigabytes.toFixed(1);
  return `${needed} GB of disk: ${free} GB are free for ${full.path}. Make room, or set HIPAA_REDIS_LAB_CACHE to a folder that has it.`;
}

/** Of several places that have the same one is enough. */
function network({ missing }) {
  return missing
    .filter(({ places }) => places.length > 0 && places.every(({ failure }) => failure !== undefined))
    .map(({ what, places }) => {
      const tried = places.map(({ address, failure }) => `${address} (${failure})`).join(" and ");
      return `Network: ${what} must be fetched, and ${tried} can't be reached. Connect this machine, or name its proxy in https_proxy.`;
    });
}
