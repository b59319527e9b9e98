/** Plays Rust for the page: a test publishes statuses and requests, sets answers, and reads what was asked. */

{
  const real = performance.now.bind(performance);
  const begun = real();
  let skipped = 0;
  let set = 0;
  performance.now = () => real() + skipped;
  Date.now = () => startedAt + Math.floor(performance.now() - begun) + set;

  let page = {};
  let endCopy = () => {};
  const asked = [];
  const answers = answersAtStart;

  class Channel {
    onmessage = () => {};
  }

  async function invoke(command, given) {
    if (command === "subscribe") {
      page = given;
      page.accounts.onmessage(globalThis.start.accounts);
      page.settings.onmessage(globalThis.start.settings);
      return page.channel.onmessage(globalThis.start.status);
    }
    asked.push({ command, ...given?.args });
    if (command === "clipboard_ended") return new Promise((end) => (endCopy = end));
    const answer = answers[command];
    if (answer?.refused) throw answer.refused;
    return answer ?? null;
  }

  globalThis.__TAURI__ = { core: { invoke, Channel } };
  globalThis.rust = {
    asked,
    answers,
    publish: (status) => page.channel.onmessage(status),
    tellAccounts: (accounts) => page.accounts.onmessage(accounts),
    tellSettings: (settings) => page.settings.onmessage(settings),
    ask: (request) => page.requests.onmessage(request),
    end: (end) => page.ends.onmessage(end),
    tellRemoval: (removal) => page.removal.onmessage(removal),
    endCopy: (end) => endCopy(end),
    skip: (ms) => {
      skipped += ms;
    },
    /** Sets the wall clock, without any time passing. */
    set: (ms) => {
      set += ms;
    },
  };
  globalThis.press = (name) => {
    const button = [...document.querySelectorAll("button")].find((each) => nameOf(each) === name);
    if (!button) throw new Error(`no button "${name}" among: ${[...document.querySelectorAll("button")].map(nameOf).join(", ")}`);
    button.focus();
    button.click();
  };

  globalThis.type = (id, words) => {
    const field = document.getElementById(id);
    field.focus();
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const nameOf = (button) => {
    const labelled = button.getAttribute("aria-labelledby");
    if (labelled) return document.getElementById(labelled).textContent.trim();
    return (button.getAttribute("aria-label") ?? button.textContent).trim();
  };
}
