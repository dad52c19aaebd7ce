import { defaultMaxRecordAgeDays } from "../../../src/evidence/judgeRecord.js";
import { notBroken } from "../../mutations/hostMutations.js";
import { inSource, rows, thousands, word, type Documented } from "./numberRows.js";

const node = inSource("package.json", /"node": ">=([\d.]+)"/);
const records = thousands(Number(inSource("lab/demo/demo.ts", /records = (\d+)/)));
const requirements = "lab/demo/requirements.mjs";
const firstRun = inSource(requirements, /first run takes (\d+ to \d+) minutes/);
const laterRuns = inSource(requirements, /later ones (\w+ to \w+)\./);

/** What documents say in numbers of the demo, of the tests, and of what `verify` takes. */
export const labNumbers: readonly Documented[] = [
  ...rows("README.md", [
    [/Node\.js ([\d.]+) or newer/, node],
    [/reads ([\d,]+) synthetic records/, records],
    [/first run takes (\d+ to \d+) minutes/, firstRun],
    [/later ones (\w+ to \w+)\./, laterRuns],
  ]),
  ...rows("docs/lab.md", [
    [/Node\.js ([\d.]+) or newer/, node],
    [/by LocalStack ([\d.]+),/, inSource("lab/localstack/constraints.txt", /localstack==(\d+\.\d+)\./)],
    [/Python 3\.(\d+) for LocalStack/, inSource("lab/localstack/installLocalStack.ts", /leastPythonMinor = (\d+)/)],
    [/reads ([\d,]+) synthetic/, records],
    [/disk \((\d+) GB for a first run/, inSource(requirements, /firstRun: (\d+)/)],
    [/(\d+) GB later\)/, inSource(requirements, /laterRuns: (\d+)/)],
    [/first run takes (\d+ to \d+) minutes/, firstRun],
    [/later ones take (\w+ to \w+)\./, laterRuns],
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
    [/except for (\w+) that are listed/, word(Object.keys(notBroken).length)],
    [
      /results that are more than a (day) old/,
      inSource("src/verify/scriptResults.ts", /mostHoursOld = (\d+)/) === "24" ? "day" : "other time",
    ],
  ]),
  ...rows("CONTRIBUTING.md", [[/ends with the (\w+) slowest/, word(inSource("test/run.ts", /shownSlowest = (\d+)/))]]),
];
