/** A text that would break out of its line in a config file. Arguments are checked long before; this is the last wall. */
export class UnsafeTextError extends Error {
  constructor(where: string) {
    super(`${where}: a value has a line break or control character and can't go into a config file.`);
    this.name = "UnsafeTextError";
  }
}

type Value = string | number;
export type Settings = readonly (readonly [key: string, value: Value])[];
export type Sections = readonly (readonly [section: string, settings: Settings])[];

/** systemd units and stunnel files: sections of `key = value` lines, keys may repeat. */
export function encodeIni(sections: Sections, separator: "=" | " = "): string {
  const blocks = sections.map(([section, settings]) => {
    const lines = settings.map(([key, value]) => `${key}${separator}${oneLine(key, value)}`);
    return [...(section === "" ? [] : [`[${section}]`]), ...lines].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}

/** HAProxy: sections of indented `key value` lines under a heading, keys may repeat. */
export function encodeBlocks(sections: Sections): string {
  return sections
    .map(([heading, settings]) => {
      const lines = settings.map(([key, value]) => `  ${key} ${oneLine(key, value)}\n`);
      return `${oneLine("heading", heading)}\n${lines.join("")}`;
    })
    .join("\n");
}

/** redis.conf and sshd_config: `key value` lines. */
export function encodeLines(settings: Settings): string {
  return settings.map(([key, value]) => `${key} ${oneLine(key, value)}\n`).join("");
}

/** Environment files for systemd and sh: only values that need no quoting at all. */
export function encodeEnvironment(settings: Settings): string {
  return settings
    .map(([key, value]) => {
      if (!/^[A-Za-z0-9:/._@%+,=-]*$/.test(String(value))) throw new UnsafeTextError(key);
      return `${key}=${value}\n`;
    })
    .join("");
}

function oneLine(where: string, value: Value): string {
  const text = String(value);
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new UnsafeTextError(where);
  return text;
}
