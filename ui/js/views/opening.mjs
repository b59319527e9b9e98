/** The moment before the first status. */

import { logo } from "../glyphs.mjs";
import { h } from "../tree.mjs";

export const opening = () => [h("div", { class: "opening" }, logo(), h("h1", { class: "soft" }, "Opening…"))];
