import { serve } from "../framework/serve.js";
import { random } from "./plugin.js";

// The plugin protocol: the engine reads the port from the first line.
console.log(await serve(random));
