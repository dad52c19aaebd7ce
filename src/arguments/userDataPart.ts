import { isMap, parseDocument } from "yaml";
import type { Check } from "./check";

/** cloud-init reads YAML 1.1, in which words such as `no` and `on` are no text unless they are quoted. */
export const yamlOfCloudInit = { version: "1.1", lineWidth: 0 } as const;

/** A part of the caller's own user data, of which nothing is shown: it could hold anything. */
export const userDataPartProblems: Check = (path, value) => {
  if (typeof value !== "string") return [{ path, got: "a value that is not a string", allowed: beginning }];
  if (value.startsWith("#!")) return [];
  if (!value.startsWith("#cloud-config\n")) return [{ path, got: "a different first line", allowed: beginning }];
  const { errors, contents } = parseDocument(value, yamlOfCloudInit);
  if (errors.length === 0 && isMap(contents)) return [];
  return [{ path, got: "no YAML mapping", allowed: "Run `cloud-init schema` on this #cloud-config part." }];
};

const beginning = 'Begin it with "#cloud-config" or "#!" (an interpreter) on its first line.';
