#!/usr/bin/env node
import { keepRootsPath, refusalOfRoot } from "./rootsOwn";
import { complain } from "./say";

const refusal = refusalOfRoot();
if (refusal === undefined) {
  keepRootsPath();
  void import("./program.js");
} else {
  complain(refusal);
  process.exitCode = 2;
}
