import type { Scene } from "./scene.js";

const figures = new WeakMap<Scene, Map<string, string>>();

/** Keeps what was measured on the way, such as a rate, for the report. */
export function noteFigure(scene: Scene, name: string, value: string): void {
  const known = figures.get(scene) ?? new Map<string, string>();
  figures.set(scene, known.set(name, value));
}

/** All that was measured, in the order in which it was. */
export function figuresOf(scene: Scene): ReadonlyMap<string, string> {
  return figures.get(scene) ?? new Map();
}
