import { createReadStream, readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { createServer as createHttp, request, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import { join, normalize } from "node:path";
import { pipeline } from "node:stream";
import { awsAddress, debianAddress } from "../network/facts.js";
import { readConfig, readyLine, type InternetConfig } from "./serviceConfig.js";

// The lab's internet: Debian's mirrors, and AWS's endpoints, which are LocalStack.
const config = readConfig() as InternetConfig;

const tls = { cert: readFileSync(config.certificateFile), key: readFileSync(config.privateKeyFile) };
const servers = [
  createHttps(tls, serve).listen(443, awsAddress),
  createHttps(tls, serve).listen(443, debianAddress),
  createHttp(serve).listen(80, debianAddress),
];
await Promise.all(servers.map((server) => new Promise((resolve) => server.once("listening", resolve))));
console.log(readyLine);

function serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const host = (incoming.headers.host ?? "").replace(/:\d+$/, "");
  if (config.debianHostNames.includes(host)) {
    serveFile(incoming, outgoing).catch((error: unknown) => {
      fail(outgoing, 404, error);
    });
  } else if (host.endsWith(".amazonaws.com")) {
    forward(incoming, outgoing);
  } else {
    fail(outgoing, 421, new Error(`no such site in the lab: ${host}`));
  }
}

/**
 * One file for each connection: apt would send requests ahead, and Node takes one that comes by TLS while it holds
 * back others for an error ("Parse Error: Paused"), and ends the connection in the midst of the answers.
 */
async function serveFile(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { path, size } = await inOneOf(config.mirrors, normalize(decodeURIComponent(incoming.url ?? "/")));
  outgoing.writeHead(200, { "content-length": size, "content-type": "application/octet-stream", connection: "close" });
  if (incoming.method === "HEAD") outgoing.end();
  else pipeline(createReadStream(path), outgoing, report);
}

/** A file is the same in all mirrors that have it: its name has the release or the version in it. */
async function inOneOf(mirrors: string, file: string): Promise<{ path: string; size: number }> {
  for (const mirror of await readdir(mirrors)) {
    const path = join(mirrors, mirror, file);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined) return { path, size: found.size };
  }
  throw new Error(`no mirror has ${file}`);
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const upstream = request({ socketPath: config.localStackSocket, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, outgoing, report);
  });
  upstream.on("error", (error) => {
    fail(outgoing, 502, error);
  });
  pipeline(incoming, upstream, report);
}

function fail(outgoing: ServerResponse, status: number, error: unknown): void {
  if (!outgoing.headersSent) outgoing.writeHead(status, { "content-type": "text/plain" });
  outgoing.end(`${String(error)}\n`);
}

function report(error: Error | null | undefined): void {
  if (error) console.error(error.message);
}
