import { readFileSync } from "node:fs";
import { join } from "node:path";
import pMap from "p-map";
import { lineOf, type Change } from "./change.js";
import { startCompiler } from "./compiler.js";
import type { Judged } from "./report.js";
import { testFinder, type TestsOfFile } from "./testsOf.js";
import { openWorkshop, type Workshop } from "./workshop.js";

/** Finds out of each change who notices it, and tells so as soon as it is known. */
export async function judge(
  root: string,
  samples: ReadonlyMap<string, readonly Change[]>,
  workers: number,
  tell: (judged: Judged) => void,
): Promise<Judged[]> {
  const workshops = await Promise.all(Array.from({ length: workers }, () => openWorkshop(root)));
  const testsOf = testFinder(root);
  const all = [...samples].flatMap(([folder, changes]) => changes.map((change) => ({ folder, change })));
  const limitSeconds = await timeLimitSeconds(
    all.map(({ change }) => testsOf(change.file)),
    workshops[0],
  );
  const compilerNotices = startCompiler(root);
  const judgeOne = async ({ folder, change }: (typeof all)[number]): Promise<Judged> => {
    const workshop = taken(workshops);
    try {
      const { near, far } = testsOf(change.file);
      const noticedBy = (await compilerNotices(change))
        ? "compiler"
        : await workshop.withChange(change, async () =>
            (await workshop.testsNotice(near, limitSeconds)) || (await workshop.testsNotice(far, limitSeconds))
              ? "tests"
              : "nobody",
          );
      const judged = {
        folder,
        ...change,
        ...lineOf(readFileSync(join(root, change.file), "utf8"), change),
        noticedBy,
      } as const;
      tell(judged);
      return judged;
    } finally {
      workshops.push(workshop);
    }
  };
  return pMap(all, judgeOne, { concurrency: workers });
}

/** What the tests take without a change, which they must pass, with room for a machine that is busier later. */
async function timeLimitSeconds(wanted: readonly TestsOfFile[], workshop: Workshop | undefined): Promise<number> {
  const tests = [...new Set(wanted.flatMap(({ near, far }) => [...near, ...far]))];
  const started = Date.now();
  if ((await workshop?.testsNotice(tests, 3600)) !== false) {
    throw new Error("The tests fail without any change: make sure that `npm run test:unit` passes.");
  }
  return 30 + (5 * (Date.now() - started)) / 1000;
}

function taken(workshops: Workshop[]): Workshop {
  const workshop = workshops.pop();
  if (workshop === undefined) throw new Error("There are fewer copies than workers.");
  return workshop;
}
