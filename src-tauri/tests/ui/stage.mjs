/** Serves the page as the program does, under its content security policy, with a mock for Rust. */

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const ui = join(here, "../../../ui");

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src ipc: http://ipc.localhost; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES = { ".html": "text/html", ".css": "text/css", ".mjs": "text/javascript", ".js": "text/javascript" };

/** Opens the stage; `at` returns the URL for an initial state, a time and Rust's answers, and `close` ends it. */
export async function openStage() {
  /**
   * The script at the start of each URL's page.
   * @type {string[]}
   */
  const starts = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://stage");
    const body = answer(url, starts);
    if (body === null) return response.writeHead(404).end();
    const path = url.pathname === "/" ? "/index.html" : url.pathname;
    return response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "text/plain", "Content-Security-Policy": POLICY }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}/`;
  return {
    at: (start, now, answers = {}) => {
      const [begun, answered] = [start, answers].map((each) => JSON.stringify(each));
      starts.push(`globalThis.start = ${begun}; const startedAt = ${now}; const answersAtStart = ${answered};`);
      return `${address}?${starts.length - 1}`;
    },
    close: () => new Promise((resolve) => (server.closeAllConnections?.(), server.close(resolve))),
  };
}

/** @param {URL} url @param {string[]} starts */
function answer(url, starts) {
  if (url.pathname === "/stand-in.js") return readFileSync(join(here, "stand_in.js"));
  if (url.pathname === "/start.js") return starts[Number(url.search.slice(1))];
  if (url.pathname === "/favicon.ico") return "";
  if (url.pathname !== "/") return file(url.pathname);
  const scripts = `<script src="/start.js${url.search}"></script><script src="/stand-in.js"></script>`;
  return file("index.html").replace("<script", `${scripts}<script`);
}

/** @param {string} path */
function file(path) {
  const inside = normalize(join(ui, path));
  if (!inside.startsWith(normalize(ui))) return null;
  try {
    return readFileSync(inside, "utf8");
  } catch {
    return null;
  }
}
