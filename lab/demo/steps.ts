import { columnsOf, wrap } from "./layout.js";

/** One thing that the demo does. What it says while it runs is for people. */
export interface Step<Context> {
  readonly title: string;
  readonly run: (context: Context, say: (line: string) => void) => Promise<void>;
}

/** Where it is shown: on a terminal a last line changes, anywhere else each line stays. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Shows steps while they run: which of how many, and how long all have taken so far. Not listr2: it holds back what others
 * write until its list ends, so Ctrl-C would not say at once what it does, and it has no clock for a step that runs.
 */
export class StepDisplay {
  readonly #screen: Screen;
  readonly #now: () => number;
  readonly #began: number;
  #live = "";
  #stopped = false;

  constructor(screen: Screen, now: () => number = () => performance.now()) {
    this.#screen = screen;
    this.#now = now;
    this.#began = now();
  }

  /** From here on nothing is shown, and no other step begins: somebody has asked to stop. */
  stop(): void {
    this.#clear();
    this.#stopped = true;
  }

  /**
   * Runs the steps in turn.
   *
   * @throws Error of the first step that fails, or when it was stopped.
   */
  async run<Context>(steps: readonly Step<Context>[], context: Context): Promise<void> {
    for (const [index, step] of steps.entries()) {
      if (this.#stopped) throw new Error("The demo was stopped.");
      await this.#runOne(`${index + 1}/${steps.length}`, step, context);
    }
  }

  async #runOne<Context>(number: string, { title, run }: Step<Context>, context: Context): Promise<void> {
    let detail = "";
    const line = (text: string): string => `[${number} ${elapsed(this.#now() - this.#began)}] ${text}`;
    const show = (): void => {
      this.#showLive(line(detail === "" ? title : `${title}: ${detail}`));
    };
    const say = (text: string): void => {
      detail = text.replaceAll(/\s+/g, " ");
      if (this.#isTerminal()) show();
      else this.#writeLine(`    ${detail}`);
    };
    if (this.#isTerminal()) show();
    else this.#writeLine(line(title));
    const ticking = setInterval(show, 1000).unref();
    try {
      await run(context, say);
      this.#writeLine(
        this.#isTerminal() && detail !== "" ? this.#broken(line(`✔ ${title}: ${detail}`)) : line(`✔ ${title}`),
      );
    } catch (error) {
      this.#writeLine(line(`✖ ${title}`));
      throw error;
    } finally {
      clearInterval(ticking);
    }
  }

  #isTerminal(): boolean {
    return this.#screen.isTTY === true;
  }

  #writeLine(text: string): void {
    if (this.#stopped) return;
    this.#clear();
    this.#screen.write(`${text}\n`);
  }

  /** In lines that the terminal has room for; a path, which may be copied, stays whole. */
  #broken(text: string): string {
    return wrap(text, columnsOf(this.#screen), "    ").trimStart();
  }

  /** Shorter than the terminal is wide, since a line that is broken can't be taken back as one. */
  #showLive(text: string): void {
    if (this.#stopped || !this.#isTerminal()) return;
    const room = columnsOf(this.#screen) - 1;
    this.#clear();
    this.#live = text.length > room ? `${text.slice(0, room - 1)}…` : text;
    this.#screen.write(this.#live);
  }

  #clear(): void {
    if (this.#live !== "") this.#screen.write("\r\u001b[2K");
    this.#live = "";
  }
}

/** Minutes and seconds, such as 1:07. */
function elapsed(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
