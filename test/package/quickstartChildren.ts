// Bundled by a test, with the packed tarball in the place of the sources: prints what the quickstart registers.
import { childrenOf } from "../component/children.js";
import { quickstart } from "../component/programs.js";

quickstart().then(
  ({ resources }) => process.stdout.write(childrenOf(resources)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
