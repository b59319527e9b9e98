/**
 * A drawing is a plain tree, so that views are functions of what they show and
 * can be read in a test without a browser. `patch.mjs` puts it on the page.
 */

/**
 * @typedef {{tag: string, props: Record<string, any>, children: Drawn[]}} DrawnElement
 * @typedef {DrawnElement | string | null} Drawn  `null` keeps the place of something not shown now.
 */

/**
 * Draws an element. `svg:` before the tag draws it in SVG. Of the properties,
 * `on…` are handlers, `vars` custom CSS properties, `value` an initial value,
 * `focus` takes the focus when drawn first, and `key` marks another thing.
 * @param {string} tag
 * @param {Record<string, any> | null} [props]
 * @param {...(Drawn | Drawn[] | false | undefined)} children
 * @returns {DrawnElement}
 */
export function h(tag, props, ...children) {
  const drawn = children.flat().map((child) => (child === false || child === undefined ? null : child));
  return { tag, props: props ?? {}, children: drawn };
}

/**
 * Everything a drawing says in words, in order.
 * @param {Drawn} drawn
 * @returns {string}
 */
export function text(drawn) {
  if (drawn === null) return "";
  if (typeof drawn === "string") return drawn;
  return drawn.children.map(text).filter(Boolean).join(" ");
}

/**
 * The elements in a drawing that pass.
 * @param {Drawn} drawn
 * @param {(element: DrawnElement) => boolean} passes
 * @returns {DrawnElement[]}
 */
export function findAll(drawn, passes) {
  if (drawn === null || typeof drawn === "string") return [];
  const below = drawn.children.flatMap((child) => findAll(child, passes));
  return passes(drawn) ? [drawn, ...below] : below;
}
