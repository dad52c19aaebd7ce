import { stringify } from "yaml";
import { isRecord } from "../arguments/check";
import { readYaml, yamlOfCloudInit } from "../arguments/cloudInitYaml";
import { partKind } from "../arguments/userDataPart";

/**
 * How cloud-init joins the caller's cloud-config to ours ("Merging user data sections"): lists grow, ours first, and
 * nothing is replaced.
 */
const mergeType = "list(append)+dict(no_replace,recurse_list)+str()";

/** A cloud-config archive with our cloud-config first, and the caller's parts behind it, each as it is. */
export function userDataArchive(own: string, parts: readonly string[]): string {
  const digits = String(parts.length).length;
  const theirs = parts.map((content, index) => {
    const place = String(index + 1).padStart(digits, "0");
    const header =
      partKind(content) === "script"
        ? // cloud-init runs scripts in the order of their names, and all of runcmd is the one that is named `runcmd`.
          { type: "text/x-shellscript", filename: `user-${place}` }
        : { type: "text/cloud-config", "Merge-Type": mergeType };
    return `- ${asciiJson({ ...header, content })}\n`;
  });
  return `#cloud-config-archive\n${stringify([{ content: own }], yamlOfCloudInit)}${theirs.join("")}`;
}

/** JSON that YAML 1.1 reads as the same texts: beyond ASCII it has line breaks and escapes of its own. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(/[^\u0020-\u007e]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
}

/** Whether a part has cloud-init make a user of this name, with the home, shell and keys that the part says. */
export function makesUser(part: string, name: string): boolean {
  const read = partKind(part) === "cloud-config" ? readYaml(part) : { value: undefined };
  if (!("value" in read) || !isRecord(read.value)) return false;
  const { users, user } = read.value;
  return [...usersIn(users), isRecord(user) ? user.name : user].includes(name);
}

function usersIn(users: unknown): unknown[] {
  if (typeof users === "string") return users.split(/[\s,]+/);
  if (Array.isArray(users)) return users.flatMap((one) => (isRecord(one) ? [one.name] : usersIn(one)));
  return isRecord(users) ? Object.keys(users) : [];
}
