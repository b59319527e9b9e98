/** Formats times and names. Pure; the locale only affects the time of day. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Returns a duration, such as "3 h 58 min".
 * @param {number} ms
 */
export function duration(ms) {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / SECOND))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return pair(Math.floor(ms / HOUR), "h", Math.floor((ms % HOUR) / MINUTE), "min");
  const days = Math.floor(ms / DAY);
  if (days > 1) return `${days} days`;
  return pair(1, "day", Math.floor((ms % DAY) / HOUR), "h");
}

/**
 * Returns a duration to be read aloud, such as "3 hours 58 minutes".
 * @param {number} ms
 */
export function spokenDuration(ms) {
  if (ms < MINUTE) return "less than a minute";
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  return [hours && counted(hours, "hour"), minutes && counted(minutes, "minute")].filter(Boolean).join(" ");
}

/**
 * Returns the large countdown: hours and minutes, or minutes and seconds in the last ten minutes.
 * @param {number} ms
 * @returns {{figure: string, unit: string}}
 */
export function countdown(ms) {
  if (ms >= 10 * MINUTE) {
    const unit = ms >= HOUR ? "hours left" : "minutes left";
    const figure = ms >= HOUR ? `${Math.floor(ms / HOUR)}:${two(Math.floor((ms % HOUR) / MINUTE))}` : `${Math.floor(ms / MINUTE)}`;
    return { figure, unit };
  }
  return { figure: `${Math.floor(ms / MINUTE)}:${two(Math.floor((ms % MINUTE) / SECOND))}`, unit: "minutes left" };
}

/**
 * Says where the sign-in's key is; for a key file, also what that means.
 * @param {string} what  What is sealed, and the verb.
 * @param {Rust.About} about
 */
export const sealedWords = (what, { keyring, key_file }) =>
  key_file === undefined
    ? `${what} sealed with a key in ${keyring}.`
    : `${what} sealed with a key in the file ${key_file}. Whoever can read that file can open it.`;

/**
 * Returns how long a leg took, such as "0.4 s".
 * @param {number | null} ms  `null` if it wasn't measured.
 */
export const took = (ms) => (ms === null ? "done" : `${(Math.max(ms, 50) / SECOND).toFixed(1)} s`);

/**
 * Returns a time of day in the locale's format.
 * @param {number} at
 * @param {string} [locale]
 */
export const timeOfDay = (at, locale) =>
  new Date(at).toLocaleTimeString(locale ?? [], { hour: "numeric", minute: "2-digit" });

/**
 * Says what was copied, how long it's valid, if that's known, and when the clipboard is cleared. A format that calls `spartan` contains
 * nothing that expires.
 * @param {Rust.Copied} copied
 * @param {Rust.FormatSection[]} formats
 * @param {number} now  The services' time, for tokens.
 * @param {number | null} clearsIn  The milliseconds until the clipboard is cleared, if it is.
 */
export function copiedWords({ format, expires_at, clock }, formats, now, clearsIn) {
  const { group, label } = about(format, formats);
  if (group === "asking") return ASKS_EACH_TIME;
  const copied = `${group === "holding" ? "Program" : label} copied`;
  if (expires_at === null) return copied;
  const condition = clock === "unconfirmed" ? " if this computer's clock is right" : "";
  const good = `${copied} · good for ${duration(expires_at - now)}${condition}`;
  if (clearsIn === null) return `${good} · stays in the clipboard until you copy something else`;
  const seconds = Math.ceil(clearsIn / SECOND);
  return `${good} · ${seconds > 0 ? `clipboard clears in ${seconds} s` : "clearing the clipboard…"}`;
}

/**
 * Whether the message about a copy is a sentence.
 * @param {Rust.Copied} copied @param {Rust.FormatSection[]} formats
 */
export const asksEachTime = ({ format }, formats) => about(format, formats).group === "asking";

/**
 * Returns a format's group and label.
 * @param {string} format @param {Rust.FormatSection[]} formats
 */
function about(format, formats) {
  const all = formats.flatMap(({ group, formats: lines }) => lines.map((line) => ({ group, ...line })));
  return all.find(({ name }) => name === format) ?? { group: "values", label: format };
}

const ASKS_EACH_TIME = "Program copied. It asks Spartan Tray for a token each time it runs, with the command spartan.";

/** The announcement while the keyring may show a prompt. */
export const KEYRING_ASKS = "Your keyring may be asking for its password in a window of its own. Look for it behind this one.";

/** The message if the clipboard couldn't be cleared. */
export const CLEAR_IT_YOURSELF = "The clipboard could not be cleared. Clear it yourself.";

/**
 * Returns the name of an account: the person's own name for it comes first, and the gamertag may be unknown if a
 * problem came first.
 * @param {{name: string | null, gamertag: string | null}} account
 */
export const accountName = ({ name, gamertag }) => name ?? gamertag ?? "Xbox account";

/**
 * Returns one or two letters that represent a name.
 * @param {string} name
 */
export function initials(name) {
  const words = name.replace(UNSEEN, "").trim().split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map(firstLetter).join("").toUpperCase();
}

/**
 * Returns what a person sees as one letter, such as a whole emoji.
 * @param {string} word
 */
const firstLetter = (word) => [...letters.segment(word)][0].segment;

/** Control characters, and characters that only change the text direction. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const letters = new Intl.Segmenter();

/** @param {number} much @param {string} unit @param {number} rest @param {string} small */
const pair = (much, unit, rest, small) => (rest ? `${much} ${unit} ${rest} ${small}` : `${much} ${unit}`);

/** @param {number} count @param {string} word */
const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** @param {number} value */
const two = (value) => String(value).padStart(2, "0");
