/** Serves the page as the program does, under its content security policy, with a stand-in for Rust. */

import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const ui = join(here, "../../../ui");
const contract = join(here, "../contract");

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src ipc: http://ipc.localhost; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES = { ".html": "text/html", ".css": "text/css", ".mjs": "text/javascript", ".js": "text/javascript" };

/** Each sample status of the contract, by name. */
export const samples = Object.fromEntries(
  readdirSync(contract)
    .filter((file) => file.endsWith(".json"))
    .map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join(contract, file), "utf8"))]),
);

export const about = { version: "0.1.0", demo: false, has_app: true, keyring: "your keyring" };

/** Less than two minutes after the samples' tokens were issued. */
export const EARLY = 1_795_284_110_000;
/** Two minutes after the samples should have been renewed. */
export const LATE = 1_795_297_200_000;

/** The time at which a sample is looked at. */
export const timeOf = (name) => (/^(renewing|stale|needs_sign_in|signed_out_by_person)$/.test(name) ? LATE : EARLY);

/** Opens the stage; `at` tells the address for a start and a time, `close` ends it. */
export async function openStage() {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://stage");
    const body = answer(url);
    if (body === null) return response.writeHead(404).end();
    const path = url.pathname === "/" ? "/index.html" : url.pathname;
    return response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "text/plain", "Content-Security-Policy": POLICY }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}/`;
  return {
    at: (start, now) => `${address}?${new URLSearchParams({ start: JSON.stringify(start), now })}`,
    close: () => new Promise((resolve) => (server.closeAllConnections?.(), server.close(resolve))),
  };
}

/** @param {URL} url */
function answer(url) {
  if (url.pathname === "/stand-in.js") return readFileSync(join(here, "stand_in.js"));
  if (url.pathname === "/start.js") {
    return `globalThis.start = ${url.searchParams.get("start")}; const startedAt = ${Number(url.searchParams.get("now"))};`;
  }
  if (url.pathname === "/favicon.ico") return "";
  if (url.pathname !== "/") return file(url.pathname);
  const scripts = `<script src="/start.js${url.search.replaceAll("&", "&amp;")}"></script><script src="/stand-in.js"></script>`;
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
