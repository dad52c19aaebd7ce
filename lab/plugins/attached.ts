import { aws } from "./aws/plugin.js";
import { serve } from "./framework/serve.js";
import { random } from "./random/plugin.js";
import { tls } from "./tls/plugin.js";

const ports = await Promise.all([aws, random, tls].map(async (plugin) => `${plugin.name}:${await serve(plugin)}`));
console.log(ports.join(","));
// Who has started this holds the other end, and is gone with it.
process.stdin.on("end", () => process.exit()).resume();
