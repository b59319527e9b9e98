/** A headless Chromium, controlled through a pipe: no packages, no port. */

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The path of this system's Chromium; `undefined` if it has none. */
export const chromium = PLACES.find(existsSync);

/** Starts the browser; `close` ends it and deletes its folder. */
export async function launch() {
  const folder = mkdtempSync(join(tmpdir(), "spartan-tray-ui-"));
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe"];
  const child = spawn(chromium, [...flags, `--user-data-dir=${folder}`, "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    env: { ...process.env, TZ: "UTC" },
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const wire = speak(child.stdio[3], child.stdio[4]);
  const { targetInfos } = await wire.send("Target.getTargets");
  const { targetId } = targetInfos.find((target) => target.type === "page");
  const { sessionId } = await wire.send("Target.attachToTarget", { targetId, flatten: true });
  const send = (method, params) => wire.send(method, params, sessionId);
  await send("Emulation.setLocaleOverride", { locale: "en-GB" });
  await Promise.all(["Page.enable", "Runtime.enable", "Log.enable"].map((method) => send(method)));
  const close = async () => {
    await wire.send("Browser.close").catch(() => {});
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { page: new Page(send, wire.heard), close };
}

/** The only page of the browser. */
class Page {
  constructor(send, heard) {
    this.send = send;
    /** Errors and warnings since the page was opened, including blocked styles and scripts. */
    this.complaints = [];
    this.heard = heard;
    heard.add(({ method, params }) => {
      if (method === "Runtime.exceptionThrown") this.complaints.push(params.exceptionDetails.exception?.description);
      if (method === "Runtime.consoleAPICalled" && params.type !== "log") this.complaints.push(JSON.stringify(params.args));
      if (method === "Log.entryAdded") this.complaints.push(params.entry.text);
    });
  }

  async look({ width = 440, height = 640, scheme = "light", features = [] } = {}) {
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 2, mobile: false });
    const all = [{ name: "prefers-color-scheme", value: scheme }, ...features];
    await this.send("Emulation.setEmulatedMedia", { features: all });
  }

  async open(url) {
    this.complaints.length = 0;
    const loaded = new Promise((resolve) => {
      const listen = ({ method }) => method === "Page.loadEventFired" && (this.heard.delete(listen), resolve());
      this.heard.add(listen);
    });
    await this.send("Page.navigate", { url });
    await loaded;
    await this.frame();
  }

  /** Returns the value of an expression in the page. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until the page has drawn. */
  frame() {
    return this.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))");
  }

  /** Clicks the button with this accessible name. */
  async click(name) {
    await this.evaluate(`press(${JSON.stringify(name)})`);
    await this.frame();
  }

  async key(key) {
    const text = key === "Enter" ? "\r" : key.length === 1 ? key : undefined;
    const codes = { Tab: 9, Enter: 13, Escape: 27, End: 35, Home: 36, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40 };
    const of = { key, code: key, windowsVirtualKeyCode: codes[key] };
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", text, ...of });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...of });
    await this.frame();
  }

  /** Presses the keys that copy. */
  async copy() {
    const key = { key: "c", code: "KeyC", windowsVirtualKeyCode: 67, modifiers: 2 };
    await this.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key, commands: ["copy"] });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
    await this.frame();
  }

  async screenshot() {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    return Buffer.from(data, "base64");
  }
}

/** Sends and receives messages as JSON, each ended by a zero byte. */
function speak(into, from) {
  const waiting = new Map();
  const heard = new Set();
  let last = 0;
  let rest = "";
  from.setEncoding("utf8").on("data", (chunk) => {
    const parts = (rest + chunk).split("\0");
    rest = parts.pop();
    parts.map((part) => JSON.parse(part)).forEach(hear);
  });
  const hear = (message) => {
    if (message.id === undefined) return heard.forEach((listen) => listen(message));
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    return message.error ? reject(new Error(message.error.message)) : resolve(message.result);
  };
  const send = (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      into.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
  return { send, heard };
}
