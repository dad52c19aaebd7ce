export function runInTurn(
  commands: readonly (readonly [string, ...string[]])[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<number>;
