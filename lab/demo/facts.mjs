// Plain JavaScript without packages, as options.mjs: looks at this machine, and changes nothing.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** What is so on this machine, for problemsOf(). Of the network it asks where something has to be fetched. */
export async function readFacts(repository, env = process.env) {
  const { engines, devDependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  const base = env.XDG_CACHE_HOME === undefined ? join(homedir(), ".cache") : env.XDG_CACHE_HOME;
  const cache = env.HIPAA_REDIS_LAB_CACHE === undefined ? join(base, "pulumi-hipaa-redis") : env.HIPAA_REDIS_LAB_CACHE;
  return {
    platform: process.platform,
    uid: process.getuid === undefined ? undefined : process.getuid(),
    osRelease: textOf("/etc/os-release"),
    nodeVersion: process.version,
    engines: engines.node,
    installed: existsSync(join(repository, "node_modules", "tsx")),
    repository,
    cache,
    disks: [cache, repository].map((path) => ({ path, freeGigabytes: freeGigabytes(path) })),
    missing: await whatIsMissing(cache, devDependencies["@pulumi/pulumi"], env),
  };
}

/** What the lab does not find in its cache folder or on this machine, and whether the places are reached where it comes from. */
export async function whatIsMissing(cache, engineVersion, env, reach = failureToReach) {
  const builds = (folder, pattern) => namesIn(join(cache, folder)).some((name) => pattern.test(name));
  const engine = new RegExp(`^${engineVersion.replace(/\./g, "\\.")}-(official|built)-${process.arch}$`);
  const programs = ["mmdebstrap", "systemd-nspawn", "nft", "apt-ftparchive", "gpg"];
  const noLocalStack = (env.AWS_ENDPOINT_URL || "") === "" && !builds("localstack", /^[\d.]+-[0-9a-f]{12}$/);
  const wanted = [
    [!builds("engine", engine), "the Pulumi engine", ["https://get.pulumi.com", goProxy(env)]],
    [noLocalStack, "LocalStack", pipIndex(env)],
    [!programs.every((name) => isOnPath(name, env)), "Debian packages for this machine", aptSource()],
    [
      !builds("image", /^[0-9a-f]{16}$/) || !builds("mirror", /^[0-9a-f]{16}$/),
      "the image of the test hosts",
      [debian],
    ],
  ];
  const missing = wanted.filter(([isMissing]) => isMissing);
  return Promise.all(
    missing.map(async ([, what, addresses]) => {
      const asked = addresses.map((address) => throughProxy(address, env));
      const places = asked.map(async (address) => ({
        address: withoutSecrets(address),
        failure: await reach(address),
      }));
      return { what, places: await Promise.all(places) };
    }),
  );
}

const debian = "http://deb.debian.org";

/** The first proxy that Go is told to ask. */
function goProxy(env) {
  const told = env.GOPROXY || outputOf("go", ["env", "GOPROXY"]);
  return (told.match(/https?:\/\/[^,|\s]+/) || ["https://proxy.golang.org"])[0];
}

/** The index that pip is told to ask; none where it is told to take files of its own. */
function pipIndex(env) {
  if (env.PIP_NO_INDEX || env.PIP_FIND_LINKS) return [];
  const files = ["/etc/pip.conf", join(homedir(), ".config", "pip", "pip.conf"), join(homedir(), ".pip", "pip.conf")];
  const configured = files.map((file) => (/^\s*index-url\s*=\s*(\S+)/m.exec(textOf(file)) || [])[1]).find(Boolean);
  return [env.PIP_INDEX_URL || configured || "https://pypi.org"];
}

function aptSource() {
  const parts = "/etc/apt/sources.list.d";
  const files = ["/etc/apt/sources.list", ...namesIn(parts).map((name) => join(parts, name))];
  const [first] = files.flatMap((file) => textOf(file).match(/^(?:deb\s|URIs:).*?https?:\/\/\S+/gm) || []);
  return [first === undefined ? debian : first.slice(first.search(/https?:/))];
}

/** What is asked instead of a place where a proxy is set: for apt, by its own configuration too. */
function throughProxy(address, env) {
  const name = address.startsWith("https:") ? "https_proxy" : "http_proxy";
  const ofApt =
    address === debian ? /Proxy "(https?:[^"]+)"/.exec(outputOf("apt-config", ["dump", "Acquire::http::Proxy"])) : null;
  const proxy =
    env[name] || env[name.toUpperCase()] || env.all_proxy || env.ALL_PROXY || (ofApt && ofApt[1]) || address;
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

/** The address of an index or a proxy may hold a password. */
function withoutSecrets(address) {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}

/** Why nothing answers there, if so. */
function failureToReach(address) {
  const { hostname, port, protocol } = new URL(address);
  const usual = protocol === "https:" ? 443 : 80;
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: port === "" ? usual : Number(port) });
    const end = (failure) => {
      socket.destroy();
      resolve(failure);
    };
    socket.setTimeout(5000, () => end("no answer within 5 s"));
    socket.once("connect", () => end(undefined));
    socket.once("error", ({ code }) => end(code));
  });
}

/** Of the file system on which a folder is, or will be. */
function freeGigabytes(path) {
  if (!existsSync(path) && dirname(path) !== path) return freeGigabytes(dirname(path));
  const lines = outputOf("df", ["-Pk", path]).trim().split("\n");
  const kilobytes = Number(lines[lines.length - 1].split(/\s+/)[3]);
  return Number.isNaN(kilobytes) ? Infinity : kilobytes / 1024 ** 2;
}

function isOnPath(name, { PATH = "" }) {
  return [...PATH.split(delimiter), "/usr/sbin", "/sbin"].some((folder) => existsSync(join(folder, name)));
}

function outputOf(file, args) {
  try {
    return execFileSync(file, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return "";
  }
}

function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
