import { serve } from "../framework/serve.js";
import { randomId } from "./randomId.js";
import { randomPassword, randomString } from "./randomText.js";

await serve({
  name: "random",
  version: "4.21.2",
  configuration: {},
  resources: {
    "random:index/randomId:RandomId": randomId,
    "random:index/randomPassword:RandomPassword": randomPassword,
    "random:index/randomString:RandomString": randomString,
  },
  functions: {},
});
