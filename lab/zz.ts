import { ensureEngine } from "/work/main/lab/engine/ensureEngine.js";
import { startLocalStack } from "/work/main/lab/localstack/startLocalStack.js";
const t = Date.now();
const e = await ensureEngine((l) => console.log(((Date.now()-t)/1000).toFixed(0), l));
console.log("engine", e, (Date.now()-t)/1000);
