import { serve } from "../framework/serve.js";
import { aws } from "./plugin.js";

// The plugin protocol: the engine reads the port from the first line.
console.log(await serve(aws));
