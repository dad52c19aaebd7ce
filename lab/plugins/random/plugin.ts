import type { Plugin } from "../framework/resourceType.js";
import { randomId } from "./randomId.js";
import { randomPassword, randomString } from "./randomText.js";

export const random: Plugin = {
  name: "random",
  version: "4.21.2",
  configuration: {},
  resources: {
    "random:index/randomId:RandomId": randomId,
    "random:index/randomPassword:RandomPassword": randomPassword,
    "random:index/randomString:RandomString": randomString,
  },
  functions: {},
};
