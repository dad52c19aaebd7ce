import { leftOut, type Said } from "./entry";

/**
 * What a line of sudo(8) says. Arguments of a command may hold a key or value of an application, and so may the folder that it ran in and the name of
 * a file of one's own: of a command only its program is told, and only where it is one of the system's.
 */
export function sudoSaid(line: string): Said | undefined {
  const { who, why, rest } =
    /^ *(?<who>[a-z_][a-z0-9_-]*) : (?<why>[A-Za-z0-9' ]+ ; )?(?<rest>.*; COMMAND=.*)$/.exec(line)?.groups ?? {};
  if (who === undefined || rest === undefined) return undefined;
  const reason = why === undefined || /^[A-Z]+=/.test(why) ? undefined : why.slice(0, -3);
  const command = commandIn(rest);
  return reason === undefined
    ? { kind: "sudo", who, from: "", what: `ran ${command}` }
    : { kind: "refusal", who, from: "", what: `sudo refused ${command}: ${reason}` };
}

/** A folder may be called so that it looks like the rest of the line: one that can be read in two ways tells nothing. */
function commandIn(rest: string): string {
  if (rest.split("USER=").length !== 2 || rest.split("COMMAND=").length !== 2) return `a command ${leftOut}`;
  const {
    user = "",
    program = "",
    more,
  } = / ; USER=(?<user>[a-z_][a-z0-9_-]*) ; (?:[A-Z]+=\S* ; )*COMMAND=(?<program>\S+)(?<more> .*)?$/.exec(` ; ${rest}`)
    ?.groups ?? {};
  if (user === "") return `a command ${leftOut}`;
  const shown = systemsProgram.test(program) ? program : `a program that is not the system's ${leftOut}`;
  return `${shown}${more === undefined ? "" : " with arguments (left out)"} as ${user}`;
}

const systemsProgram =
  /^\/(usr\/(local\/)?)?s?bin\/[A-Za-z0-9._+-]+$|^\/usr\/local\/lib\/hipaa-redis\/[a-z-]+$|^\/usr\/lib\/[A-Za-z0-9._+/-]+$/;
