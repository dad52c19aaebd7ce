import { writeFileSync } from "node:fs";
import { Config } from "@pulumi/pulumi";

/** How many caches a program makes, each with one client, or how many shards one cache has. */
export const count = new Config().requireNumber("count");

const { AUTHOR_BENCH_USAGE_FILE: usageFile } = process.env;
process.on("exit", () => {
  if (usageFile !== undefined) writeFileSync(usageFile, JSON.stringify(process.resourceUsage()));
});
