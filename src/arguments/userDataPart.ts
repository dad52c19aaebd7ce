import { isRecord, type Check } from "./check";
import { cloudConfigProblems } from "./cloudConfigKeys";
import { readYaml } from "./cloudInitYaml";
import { kindOf } from "./problems";

/** What cloud-init takes a part for, by its beginning, in any case, where it is one of the two that are allowed. */
export function partKind(part: string): "cloud-config" | "script" | undefined {
  if (/^[ \r\n]*#cloud-config(?!-archive|-jsonp)/i.test(part)) return "cloud-config";
  return part.startsWith("#!") ? "script" : undefined;
}

/** A part of the caller's own user data, of which nothing is shown: it could hold anything. */
export const userDataPartProblems: Check = (path, value) => {
  if (typeof value !== "string") return [{ path, got: "a value that is not a string", allowed: beginning }];
  if (/\p{Surrogate}/u.test(value))
    return [{ path, got: "half a character", allowed: "Give a string of whole characters." }];
  if (value.startsWith("\uFEFF"))
    return [{ path, got: "a byte order mark before the first line", allowed: "Save the file as UTF-8 without one." }];
  const kind = partKind(value);
  if (kind === "script") return scriptProblems(path, value);
  if (kind === "cloud-config") return configProblems(path, value);
  if (/^[ \t\r\n]+#!/.test(value))
    return [{ path, got: "blanks before #!", allowed: "A script begins with #!: remove them." }];
  return [{ path, got: "a different first line", allowed: beginning }];
};

const beginning = 'Begin it with "#cloud-config" or "#!" (an interpreter) on its first line.';

/**
 * cloud-init makes LF of a script's CRLF, when its first line ends in CRLF. Linux takes any other CR for the interpreter's, and starts no
 * script without one, or with one that it looks for beside the script (execve(2), "Interpreter scripts").
 */
const scriptProblems: Check = (path, value) => {
  const [firstLine = ""] = String(value).replace("\r\n", "\n").split("\n");
  if (firstLine.includes("\r")) {
    return [{ path, got: "a carriage return inside the line of #!", allowed: "End the script's lines with LF." }];
  }
  const [interpreter = ""] = firstLine
    .slice(2)
    .replace(/^[ \t]+/, "")
    .split(/[ \t]/);
  if (interpreter.startsWith("/")) return [];
  const got = interpreter === "" ? "#! without an interpreter" : "#! with an interpreter that has no whole path";
  return [{ path, got, allowed: 'Name it by its whole path, such as "#!/bin/sh" or "#!/usr/bin/env python3".' }];
};

const configProblems: Check = (path, value) => {
  const read = readYaml(String(value));
  if ("fault" in read) {
    return [{ path, got: read.fault, allowed: "Run `cloud-init schema` on this #cloud-config part." }];
  }
  // Comments alone: cloud-init passes over them.
  if (read.value === null) return [];
  if (isRecord(read.value)) return cloudConfigProblems(path, read.value);
  return [{ path, got: kindOf(read.value), allowed: "A #cloud-config is a mapping, such as `packages: [git]`." }];
};
