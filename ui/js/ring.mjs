/** The countdown of the Spartan token: a ring that empties, and the remaining time in figures. */

import { h } from "./tree.mjs";
import { countdown, spokenDuration } from "./words.mjs";

/** @typedef {import("./time.mjs").Life} Life */

const RADIUS = 52;
const AROUND = 2 * Math.PI * RADIUS;

/** @param {Life} life */
export function ring(life) {
  const part = life.kind === "good" ? life.part : 0;
  const { figure, unit, label } = reading(life);
  return h(
    "div",
    { class: `ring ${life.kind}`, role: "img", "aria-label": label },
    h(
      "svg:svg",
      { viewBox: "0 0 120 120", "aria-hidden": "true" },
      h("svg:circle", { class: "track", cx: 60, cy: 60, r: RADIUS }),
      h("svg:circle", {
        class: part > 0 ? "left" : "left empty",
        cx: 60,
        cy: 60,
        r: RADIUS,
        transform: "rotate(-90 60 60)",
        "stroke-dasharray": AROUND.toFixed(2),
        "stroke-dashoffset": (AROUND * (1 - part)).toFixed(2),
      }),
    ),
    h("span", { class: "reading" }, h("b", null, figure), h("small", null, unit)),
  );
}

/** @param {Life} life @returns {{figure: string, unit: string, label: string}} */
function reading(life) {
  switch (life.kind) {
    case "good":
      return { ...countdown(life.ms), label: `${spokenDuration(life.ms)} left` };
    case "expired":
      return { figure: "expired", unit: "", label: "expired" };
    case "unknown":
      return { figure: "?", unit: "time unknown", label: "time left unknown" };
    case "none":
    case "endless":
      return { figure: "–", unit: "no token yet", label: "no Spartan token yet" };
  }
}
