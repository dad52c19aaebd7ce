/**
 * Holds the public interface against docs/api: what changes it has to change those reports too. `UPDATE_DOCS=1` writes them
 * anew. It reads what was built (`npm run build`).
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type IConfigFile,
} from "@microsoft/api-extractor";
import { repositoryRoot, stateFolder } from "../../lab/stateFolder.js";

/** What package.json exports, by the name of its report. */
const entries = {
  index: "index.d.ts",
  evidence: "evidence/index.d.ts",
  ioredis: "ioredis/index.d.ts",
  policy: "policy/index.d.ts",
} as const;

const update = process.env.UPDATE_DOCS === "1";
const silent = { default: { logLevel: ExtractorLogLevel.None } };
const reports = Object.entries(entries).map(([name, file]) => ({
  name,
  configuration: configurationOf(name, file),
}));
const configurations = reports.map(({ configuration }) => configuration);
const [first] = configurations;
if (first === undefined) throw new Error("There is no entry point.");
// One program for all: most of the time goes into the types of @pulumi/aws.
const additionalEntryPoints = configurations.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath);
const compilerState = CompilerState.create(first, { additionalEntryPoints });
const changed = reports.filter(({ configuration }) => {
  const { apiReportChanged } = Extractor.invoke(configuration, {
    compilerState,
    localBuild: update,
    showVerboseMessages: false,
    messageCallback: (message) => {
      message.handled = true;
    },
  });
  return apiReportChanged;
});
for (const { name } of changed) {
  console.log(`docs/api/${name}.api.md: ${update ? "written anew" : "the public interface is another one now"}`);
}
if (changed.length > 0 && !update) {
  console.log(
    "Where that is meant, `npm run build && UPDATE_DOCS=1 node --import tsx test/api/main.ts` writes it anew.",
  );
  process.exitCode = 1;
}

function configurationOf(name: string, file: string): ExtractorConfig {
  const reportFolder = join(repositoryRoot, "docs/api");
  mkdirSync(reportFolder, { recursive: true });
  const configObject: IConfigFile = {
    projectFolder: repositoryRoot,
    mainEntryPointFilePath: join(repositoryRoot, "dist", file),
    compiler: { tsconfigFilePath: join(repositoryRoot, "tsconfig.build.json") },
    apiReport: {
      enabled: true,
      reportFolder,
      reportTempFolder: stateFolder("api"),
      reportFileName: name,
      includeForgottenExports: true,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: silent,
      extractorMessageReporting: silent,
      tsdocMessageReporting: silent,
    },
  };
  return ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: undefined,
    packageJsonFullPath: join(repositoryRoot, "package.json"),
  });
}
