import fc from "fast-check";
import { runsOf } from "./dimensions.js";

// For properties that name no number themselves; fast-check's own default is 100.
fc.configureGlobal({ numRuns: runsOf(100) });
