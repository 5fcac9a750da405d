// The one place where text becomes a part of the document, and never more than text.

/** Invisible characters, and characters that change the writing direction. */
const HIDDEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

/** The text with such characters written as codes, so that a name cannot imitate another. */
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
    if (child === null || child === undefined || child === false) {
      continue;
    }
    if (child instanceof Node) {
      element.append(child);
    } else {
      element.append(...directed(element, visible(child)));
    }
  }
  return element;
}

/** Words in Latin letters, with what is part of them: ids, paths, addresses, lists; no dates. */
const LATIN = /["'(]*(?:[A-Za-z]|(?<!\d)\/)[!-~]*(?: ["'(]*[A-Za-z0-9/][!-~]*)*/g;

/** What stands at the end of such words and belongs to the sentence. */
const END = /[.,:;!?]+$/;

/** These elements contain only text, or are mirrored as a whole. */
const PLAIN = new Set(["OPTION", "TITLE", "BDI", "CODE", "PRE", "STYLE"]);

/** Isolates left-to-right text in a right-to-left page. */
function directed(element, text) {
  if (document.documentElement.dir !== "rtl" || PLAIN.has(element.tagName)) {
    return [text];
  }
  const parts = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(LATIN)) {
    const latin = found.replace(END, "");
    const bdi = document.createElement("bdi");
    bdi.dir = "ltr";
    bdi.textContent = latin;
    parts.push(text.slice(from, index), bdi);
    from = index + latin.length;
  }
  if (parts.length === 0) {
    return [text];
  }
  const whole = document.createElement("span"); // one item, wherever it stands
  whole.append(...parts, text.slice(from));
  return [whole];
}

/** Replaces the content of an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  return put(element, ...children);
}

export const div = (css, ...children) => el("div", { class: css }, ...children);
export const span = (css, ...children) => el("span", { class: css }, ...children);

/** Icons that point in the direction of the text, or against it. */
const POINTING = /^(angle|arrow)-(left|right)$|^undo$/;

/** One of the icons that come with PatternFly; decorative, because the text says the same. */
export const icon = (name) =>
  el("i", {
    class: `fas fa-${name}${POINTING.test(name) ? " fapi-pointing" : ""}`,
    "aria-hidden": "true",
  });

let last = 0;

/** An id that no other element has. */
export const newId = (name) => `fapi-${name}-${++last}`;
