import assert from "node:assert/strict";
import { StepDisplay, type Step } from "../../../lab/demo/steps.js";

describe("the steps of the demo", () => {
  let time: number;
  let shown: string;
  const write = (text: string): void => {
    shown += text;
  };
  beforeEach(() => {
    time = 0;
    shown = "";
  });

  const step = (title: string, seconds: number, ...said: string[]): Step<string[]> => ({
    title,
    run: (context, say) => {
      for (const line of said) say(line);
      time += seconds * 1000;
      context.push(title);
      return Promise.resolve();
    },
  });
  const broken: Step<string[]> = { title: "break", run: () => Promise.reject(new Error("broken")) };

  it("are shown with their number, the time so far and what they say, line by line where there is no terminal", async () => {
    const ran: string[] = [];
    await new StepDisplay({ write }, () => time).run([step("one", 7, "a\nb"), step("two", 65)], ran);
    assert.deepEqual(ran, ["one", "two"]);
    const lines = ["[1/2 0:00] one", "    a b", "[1/2 0:07] ✔ one", "[2/2 0:07] two", "[2/2 1:12] ✔ two"];
    assert.equal(shown, `${lines.join("\n")}\n`);
  });

  it("are shown on a terminal in one line that changes, and is never as long as the terminal is wide, and in the end in lines that fit", async () => {
    const long = "x".repeat(100);
    await new StepDisplay({ write, isTTY: true, columns: 40 }, () => time).run([step("one", 7, long)], []);
    const live = `[1/1 0:00] one: ${"x".repeat(22)}…`;
    assert.equal(live.length, 39);
    const back = "\r\u001b[2K";
    assert.equal(shown, `[1/1 0:00] one${back}${live}${back}[1/1 0:07] ✔ one:\n    ${long}\n`);
  });

  it("end with the first that fails", async () => {
    const ran: string[] = [];
    const running = new StepDisplay({ write }, () => time).run([step("one", 1), broken, step("two", 1)], ran);
    await assert.rejects(running, { message: "broken" });
    assert.deepEqual(ran, ["one"]);
    assert.match(shown, /\[2\/3 0:01\] ✖ break\n$/);
  });

  it("show nothing more when they are stopped, and none begins", async () => {
    const ran: string[] = [];
    const display = new StepDisplay({ write, isTTY: true, columns: 80 }, () => time);
    const stopping: Step<string[]> = {
      title: "stop",
      run: (_, say) => {
        display.stop();
        say("more");
        return Promise.resolve();
      },
    };
    await assert.rejects(display.run([stopping, step("two", 1)], ran), { message: "The demo was stopped." });
    assert.deepEqual(ran, []);
    assert.equal(shown, "[1/2 0:00] stop\r\u001b[2K");
  });
});
