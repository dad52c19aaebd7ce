import type { AssessedControl, Assessment } from "../assess";
import type { Inline, Names } from "./text";

/** Each control's id, with its title as a link to where the report has it. */
export function controlNames({ controls }: Assessment, file = ""): Names {
  return new Map(controls.map((control) => [control.id, controlLink(control, file)]));
}

/** @param file - Where that is another file than the link's own. */
export function controlLink({ id, title }: Pick<AssessedControl, "id" | "title">, file = ""): Inline {
  return { href: `${file}#${id}`, words: title };
}
