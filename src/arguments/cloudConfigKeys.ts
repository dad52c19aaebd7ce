import { anyList, isRecord, type Check } from "./check";
import { kindOf, type Problem } from "./problems";

/**
 * What a cloud-config of the caller's may not say, since cloud-init would then drop it, or leave out a part of ours with
 * it. Every other key is cloud-init's to judge. No value is shown.
 */
export function cloudConfigProblems(path: string, config: Readonly<Record<string, unknown>>): Problem[] {
  const atAll = Object.entries(refused).filter(([key]) => Object.hasOwn(config, key));
  return [
    ...atAll.map(([key, why]) => ({
      path: `${path}.${key}`,
      got: kindOf(config[key]),
      allowed: `${why}: leave it out.`,
    })),
    ...Object.entries(checked).flatMap(([key, check]) => {
      const value = config[key];
      return value === undefined || value === null ? [] : check(`${path}.${key}`, value);
    }),
  ];
}

const unless =
  (sound: (value: unknown) => boolean, allowed: string): Check =>
  (path, value) =>
    sound(value) ? [] : [{ path, got: kindOf(value), allowed }];

const isText = (value: unknown): boolean => typeof value === "string";
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === "";

/** cloud-init adds a list to ours; anything else it drops, or takes apart. */
const listOf =
  (entry: Check, example: string): Check =>
  (path, value) =>
    Array.isArray(value)
      ? anyList(entry)(path, value)
      : [{ path, got: kindOf(value), allowed: `cloud-init adds lists to the tunnel's: write ${example}.` }];

/** Of anything else cloud-init makes no script, and then runs no command of the list, not even ours. */
const command = unless(
  (value) => isText(value) || Array.isArray(value) || value === null,
  "A command is a string or a list of words: put a string with a colon in quotes.",
);

/** With anything else cloud-init installs no package, not even ours. */
const packageName = unless(
  (value) => isText(value) || (Array.isArray(value) && isText(value[0]) && value.length <= 2),
  "A package is its name as a string, or a list of name and version.",
);

const inQuotes = "Put it in quotes, so that it is a string.";

/** With anything else cloud-init writes none of the files behind it. It passes over one without a path. */
const file: Check = (path, value) => {
  if (!isRecord(value))
    return [{ path, got: kindOf(value), allowed: "A file is a mapping of path, content and more." }];
  if (isNothing(value.path)) return [];
  const texts = ["path", "owner", "encoding"].flatMap((name) =>
    unless((text) => isText(text) || isNothing(text), inQuotes)(`${path}.${name}`, value[name]),
  );
  const isContent = (content: unknown): boolean =>
    content === undefined || isText(content) || content instanceof Uint8Array;
  return [...texts, ...unless(isContent, inQuotes)(`${path}.content`, value.content)];
};

const noSwap = "Swap writes memory to a disk, with what the cache holds";
const ownMerge =
  "Parts are merged in one way only, in which lists are added to the tunnel's, and nothing of the tunnel's is replaced";
const ownModules = "cloud-init would leave out modules that set up the tunnel";

/** Keys that undo ours whatever they say, even nothing, and why. */
const refused: Readonly<Record<string, string>> = {
  merge_how: ownMerge,
  merge_type: ownMerge,
  cloud_init_modules: ownModules,
  cloud_config_modules: ownModules,
  cloud_final_modules: ownModules,
  swap: noSwap,
};

const checked: Readonly<Record<string, Check>> = {
  disable_ec2_metadata: unless(
    (value) => value === false,
    "The host gets the role that reads its secret from there: leave it out. Only root can reach it anyway.",
  ),
  package_update: unless(
    (value) => value !== false,
    "The tunnel's packages need the mirror's lists: leave it out, and set imageHasPackages if nothing is to be installed.",
  ),
  mounts: (path, value) =>
    Array.isArray(value) && value.some((mount) => Array.isArray(mount) && mount.slice(0, 3).includes("swap"))
      ? [{ path, got: "a swap", allowed: `${noSwap}: leave it out.` }]
      : [],
  packages: listOf(packageName, "packages: [git]"),
  bootcmd: listOf(command, "bootcmd: [[echo, hello]]"),
  runcmd: listOf(command, "runcmd: [[echo, hello]]"),
  write_files: listOf(file, "write_files: [{ path: /etc/motd, content: hello }]"),
};
