import assert from "node:assert/strict";
import test from "node:test";
import { accountName, copiedWords, countdown, duration, initials, spokenDuration, timeOfDay, took } from "../../../ui/js/words.mjs";
import { durations, formats } from "./samples.mjs";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

test("a length of time is told in its two largest units", () => {
  const table = [
    [-5, "0 s"],
    [0, "0 s"],
    [59_999, "59 s"],
    [MINUTE, "1 min"],
    [43 * MINUTE, "43 min"],
    [HOUR, "1 h"],
    [3 * HOUR + 58 * MINUTE + 59 * SECOND, "3 h 58 min"],
    [23 * HOUR + 59 * MINUTE, "23 h 59 min"],
    [24 * HOUR, "1 day"],
    [27 * HOUR, "1 day 3 h"],
    [13 * 24 * HOUR + 23 * HOUR, "13 days"],
  ];
  for (const [ms, words] of table) assert.equal(duration(ms), words);
});

test("a length of time is told as Rust tells it", () => {
  for (const [seconds, words] of durations) assert.equal(duration(seconds * SECOND), words);
});

test("the countdown shows hours and minutes, then minutes, and seconds in the last ten minutes", () => {
  const table = [
    [4 * HOUR, "4:00", "hours left"],
    [3 * HOUR + 58 * MINUTE + 59 * SECOND, "3:58", "hours left"],
    [HOUR, "1:00", "hours left"],
    [HOUR - 1, "59", "minutes left"],
    [10 * MINUTE, "10", "minutes left"],
    [10 * MINUTE - 1, "9:59", "minutes left"],
    [41 * SECOND, "0:41", "minutes left"],
  ];
  for (const [ms, figure, unit] of table) assert.deepEqual(countdown(ms), { figure, unit });
});

test("a countdown is read aloud in whole words and without seconds", () => {
  const table = [
    [3 * HOUR + 58 * MINUTE, "3 hours 58 minutes"],
    [HOUR, "1 hour"],
    [HOUR + MINUTE, "1 hour 1 minute"],
    [41 * SECOND, "less than a minute"],
  ];
  for (const [ms, words] of table) assert.equal(spokenDuration(ms), words);
});

test("a leg's time is told in tenths of a second and never as none", () => {
  const table = [[0, "0.1 s"], [151, "0.2 s"], [412, "0.4 s"], [12_340, "12.3 s"]];
  for (const [ms, words] of table) assert.equal(took(ms), words);
});

test("a time of day is written as people in that place write it", () => {
  const at = new Date(2026, 10, 21, 21, 58).getTime();
  assert.equal(timeOfDay(at, "en-GB"), "21:58");
  assert.match(timeOfDay(at, "en-US"), /^9:58\sPM$/);
});

test("what was copied is told with how long it is good and when the clipboard clears", () => {
  const copied = { format: "token", expires_at: 4 * HOUR, clock: "confirmed", clears_in_ms: 60 * SECOND };
  const words = (part, now, clearsIn) => copiedWords({ ...copied, ...part }, formats, now, clearsIn);
  assert.equal(words({}, 2 * MINUTE, 60_000), "Spartan token copied · good for 3 h 58 min · clipboard clears in 60 s");
  assert.match(words({}, 0, 999), / · clipboard clears in 1 s$/);
  for (const clearsIn of [0, -15_000]) assert.match(words({}, 0, clearsIn), / · clearing the clipboard…$/);
  assert.match(words({}, 0, null), /stays in the clipboard until you copy something else$/);
  assert.match(words({ clock: "unconfirmed" }, 0, 60_000), /copied · good for 4 h if this computer's clock is right · clipboard clears/);
});

test("each format is told by its own words, and only what dies with a time", () => {
  const dies = { expires_at: 4 * HOUR, clears_in_ms: 60 * SECOND };
  const stays = { expires_at: null, clears_in_ms: null };
  const table = [
    ["header", dies, "Header copied · good for 4 h · clipboard clears in 60 s"],
    ["dotenv-spnkr", dies, ".env lines for SPNKr copied · good for 4 h · clipboard clears in 60 s"],
    ["python-with-token", dies, "Program copied · good for 4 h · clipboard clears in 60 s"],
    ["xuid", stays, "XUID copied"],
    ["clearance-header", stays, "Clearance header copied"],
    ["curl", stays, "Program copied. It asks Spartan Tray for a token each time it runs, with the command spartan."],
  ];
  for (const [format, times, words] of table) assert.equal(copiedWords({ format, ...times }, formats, 0, times.clears_in_ms), words);
});

test("a gamertag is stood for by the first letters of two words", () => {
  const table = [["aCurtis X89", "AX"], ["Chief", "C"], ["  three little words ", "TL"], ["𝒜 b", "𝒜B"], ["👩‍👩‍👧‍👦 x", "👩‍👩‍👧‍👦X"], ["\u202edrahcir", "D"], ["\u202e", ""], ["", ""]];
  for (const [gamertag, letters] of table) assert.equal(initials(gamertag), letters);
});

test("a person's own name comes before the gamertag, and a neutral one stands for neither", () => {
  const table = [
    ["Bot", "Chief", "Bot"],
    [null, "Chief", "Chief"],
    [null, null, "Xbox account"],
  ];
  for (const [name, gamertag, shown] of table) assert.equal(accountName({ name, gamertag }), shown);
});
