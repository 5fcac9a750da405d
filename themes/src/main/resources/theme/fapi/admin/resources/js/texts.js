// What the page says, from the theme's message bundles.

let texts = {};
let language = "en";
let plural = new Intl.PluralRules("en");

/** Reads the texts for a language tag, or for what the browser asks for. */
export async function loadTexts(wanted) {
  const query = wanted ? `?language=${encodeURIComponent(wanted)}` : "";
  const response = await fetch(`texts${query}`);
  if (!response.ok) {
    throw new Error(`${response.status}`);
  }
  const answer = await response.json();
  texts = answer.texts;
  language = answer.language;
  plural = new Intl.PluralRules(language);
  document.documentElement.lang = language;
}

export const languageTag = () => language;

/** A text, with {0}, {1}, ... replaced. */
export function t(key, ...values) {
  return (texts[key] ?? key).replace(/\{(\d+)\}/g, (whole, index) => values[index] ?? whole);
}

/** Whether there is such a text. */
export const has = (key) => key in texts;

/** A text that depends on a number, which becomes its {0}. */
export function n(key, count, ...values) {
  const form = `${key}.${plural.select(count)}`;
  return t(has(form) ? form : `${key}.other`, number(count), ...values);
}

export const number = (value) => new Intl.NumberFormat(language).format(value);

export const time = (milliseconds) =>
  new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" }).format(
    new Date(milliseconds),
  );

/** Joins parts as people do: a, b and c. */
export const list = (parts) =>
  new Intl.ListFormat(language, { style: "long", type: "conjunction" }).format(parts);
