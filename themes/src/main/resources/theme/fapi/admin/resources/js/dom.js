// The one place where text becomes a part of the document, and never more than text.

/** Characters that are not seen, or that turn around what stands beside them. */
const HIDDEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

/** The text with such characters spelt out, so that no name can pose as another. */
export function visible(text) {
  return String(text).replace(
    HIDDEN,
    (c) => `‹U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}›`,
  );
}

/** An element; attributes that begin with "on" are listeners, and false, null, undefined are left out. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else {
      element.setAttribute(key, value === true ? "" : visible(value));
    }
  }
  put(element, ...children);
  return element;
}

/** Appends nodes and texts, also out of lists. */
export function put(element, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : visible(child));
    }
  }
  return element;
}

/** Puts these in place of whatever an element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  return put(element, ...children);
}

export const div = (css, ...children) => el("div", { class: css }, ...children);
export const span = (css, ...children) => el("span", { class: css }, ...children);

/** One of the icons that come with PatternFly; it says nothing that is not said in words too. */
export const icon = (name) => el("i", { class: `fas fa-${name}`, "aria-hidden": "true" });

let last = 0;

/** An id that no other element has. */
export const newId = (name) => `fapi-${name}-${++last}`;
