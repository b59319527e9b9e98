/** Plays Rust for the page: a test publishes statuses and errands, sets answers, and reads what was asked. */

{
  const begun = performance.now();
  let skipped = 0;
  Date.now = () => startedAt + Math.floor(performance.now() - begun) + skipped;

  let page = {};
  let endCopy = () => {};
  const asked = [];
  const answers = {};

  class Channel {
    onmessage = () => {};
  }

  async function invoke(command, given) {
    if (command === "subscribe") {
      page = given;
      return page.channel.onmessage(globalThis.start.status);
    }
    asked.push(given ? { command, ...given } : { command });
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
    ask: (errand) => page.errands.onmessage(errand),
    endCopy: (end) => endCopy(end),
    skip: (ms) => {
      skipped += ms;
    },
  };
  globalThis.press = (name) => {
    const button = [...document.querySelectorAll("button")].find((each) => nameOf(each) === name);
    if (!button) throw new Error(`no button "${name}" among: ${[...document.querySelectorAll("button")].map(nameOf).join(", ")}`);
    button.focus();
    button.click();
  };

  const nameOf = (button) => {
    const labelled = button.getAttribute("aria-labelledby");
    if (labelled) return document.getElementById(labelled).textContent.trim();
    return (button.getAttribute("aria-label") ?? button.textContent).trim();
  };
}
