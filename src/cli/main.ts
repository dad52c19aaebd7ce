#!/usr/bin/env node
import { keepRootsPath, refusalOfRoot } from "./rootsOwn";

const refusal = refusalOfRoot();
if (refusal === undefined) {
  keepRootsPath();
  void import("./program.js");
} else {
  console.error(refusal);
  process.exitCode = 2;
}
