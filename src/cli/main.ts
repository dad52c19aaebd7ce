#!/usr/bin/env node
import { printable } from "../evidence/printable";
import { keepRootsPath, refusalOfRoot } from "./rootsOwn";

const refusal = refusalOfRoot();
if (refusal === undefined) {
  keepRootsPath();
  void import("./program.js");
} else {
  console.error(printable(refusal));
  process.exitCode = 2;
}
