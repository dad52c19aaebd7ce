import { said, type Attack } from "../attack.js";

/** Whoever has root run the command line of this library where others than root can change what runs. */
export const rootsCommandLines: readonly Attack[] = [
  rootsCommandLine("have root run the command line from a folder of the application's", 'chown -R web "$folder"'),
  rootsCommandLine(
    "have root run the command line with a package of the application's",
    'echo "process.exit()" >"$folder/commander/index.js"; chown web "$folder/commander/index.js"',
  ),
  rootsCommandLine(
    "have root run the command line with a linked package, of which a file is the application's",
    'mv "$folder/commander" "$made/linked"; ln -s "$made/linked" "$folder/commander"; chown web "$made/linked/index.js"',
  ),
  rootsCommandLine(
    "have root run the command line below a folder in which the application may make packages",
    'chmod 1777 "$made"',
  ),
];

/** Where an application's own packages are, as its deployment lays them there, and as root does. */
const packages = "/opt/app/node_modules";

/** Something that the application can do to the packages in a folder of its own, in the hope that root then runs the command line from there. */
function rootsCommandLine(what: string, change: string): Attack {
  const run = (folder: string): string => `/opt/app/node ${folder}/pulumi-hipaa-redis/dist/cli/main.js --version`;
  return {
    who: "the Unix user web",
    from: "the app host",
    what,
    refusal: /does not run as root here: others than root can change/,
    attempt: async ({ appHost }) => {
      const made = `made=$(mktemp -d /opt/web.XXXXXX); mkdir "$made/in"; folder=$made/in/node_modules`;
      const steps = `${made}; cp -a ${packages} "$folder"; ${change}; ${run('"$folder"')}; rm -r "$made"`;
      return said(await appHost.exec(["bash", "-c", steps], { timeoutMs: 60_000 }));
    },
    controlCase: {
      what: "packages that are root's own",
      success: /^\d+\.\d+\.\d+$/m,
      attempt: async ({ appHost }) => said(await appHost.exec(["bash", "-c", run(packages)])),
    },
  };
}
