// Opens many connections and does the same on each. Reads JSON from its standard input:
//   {"to": options of net.connect, "count", "atOnce": how many are open at a time, "head": latin1 that each sends at once,
//    "drip": latin1 of which each sends a byte every 250 ms, "body": latin1 that is sent "times" times,
//    "turns": latin1 texts of which it sends each once a line has answered the one before,
//    "reads": whether it takes what comes, "user" and "passwordFile": sends AUTH first, "stopFile": at whose sight all are
//    dropped, "timeoutMs": after which all are dropped}
// Prints JSON: how many were opened, ended by the other side, and dropped; how many bytes were sent and came; the first
// and the last text that came; and how long it took.
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";

const {
  to,
  count,
  atOnce,
  head = "",
  drip = "",
  body = "",
  times = 0,
  turns = [],
  reads = true,
  user,
  passwordFile,
  stopFile,
  timeoutMs,
} = JSON.parse(readFileSync(0, "utf8"));
const auth = user === undefined ? "" : `AUTH ${user} ${readFileSync(passwordFile, "latin1").trim()}\r\n`;
const told = { opened: 0, ended: 0, dropped: 0, sent: 0, came: 0, first: "", last: "", milliseconds: 0 };
const started = Date.now();
let left = count;
/** What drops each that is open. */
const open = new Set();
const watching = setInterval(() => {
  if (stopFile === undefined || !existsSync(stopFile)) return;
  left = 0;
  for (const drop of open) drop();
}, 100);
await Promise.all(
  Array.from({ length: Math.min(atOnce, count) }, async () => {
    while (left-- > 0) await one();
  }),
);
clearInterval(watching);
told.milliseconds = Date.now() - started;
process.stdout.write(JSON.stringify(told));

function one() {
  return new Promise((resolve) => {
    const socket = connect(to);
    let over = false;
    const end = (how) => {
      if (over) return;
      over = true;
      open.delete(drop);
      told[how] += 1;
      told.sent += socket.bytesWritten;
      clearInterval(dripping);
      clearTimeout(timer);
      socket.destroy();
      resolve();
    };
    const drop = () => end("dropped");
    open.add(drop);
    const timer = setTimeout(drop, Math.max(0, timeoutMs - (Date.now() - started)));
    let answered = 0;
    let turn = 1;
    let dripped = 0;
    const dripping = setInterval(() => {
      if (dripped < drip.length) socket.write(drip[dripped++], "latin1");
    }, 250);
    socket.on("connect", () => {
      told.opened += 1;
      const [first = ""] = turns;
      const bytes = Buffer.from(auth + head + first, "latin1");
      if (bytes.length > 0) socket.write(bytes);
      pour(socket);
      if (!reads) socket.pause();
    });
    socket.on("data", (data) => {
      told.came += data.length;
      const text = data.toString("latin1");
      if (told.first.length < 200) told.first = (told.first + text).slice(0, 200);
      told.last = text.slice(-200);
      answered += text.split("\n").length - 1;
      for (; turn < turns.length && answered >= turn; turn += 1) socket.write(turns[turn], "latin1");
    });
    socket.on("error", () => end("ended"));
    socket.on("close", () => end("ended"));
  });
}

/** As fast as the other side takes it. */
function pour(socket) {
  const bytes = Buffer.from(body, "latin1");
  let round = 0;
  const more = () => {
    while (round < times && !socket.destroyed) {
      round += 1;
      if (!socket.write(bytes)) return socket.once("drain", more);
    }
  };
  if (times > 0) more();
}
