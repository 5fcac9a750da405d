// What the page says, from the theme's message bundles.

const CHOICE = "fapi-language";

let texts = {};
let language = "en";
let languages = [];
let plural = new Intl.PluralRules("en");

/** The locale of numbers and dates, with the same digits as codes and ids. */
let locale = "en-u-nu-latn";

/** Reads the texts for what was chosen on this page, else for a language tag, else for the browser. */
export async function loadTexts(wanted) {
  const asked = chosen() ?? wanted;
  const query = asked ? `?language=${encodeURIComponent(asked)}` : "";
  const response = await fetch(`texts${query}`);
  if (!response.ok) {
    throw new Error(`${response.status}`);
  }
  const answer = await response.json();
  texts = answer.texts;
  language = answer.language;
  languages = answer.languages;
  locale = `${language}-u-nu-latn`;
  plural = new Intl.PluralRules(language);
  document.documentElement.lang = language;
  document.documentElement.dir = answer.direction;
}

export const languageTag = () => language;

/** The languages that there are, each with its tag and its name in its own words. */
export const knownLanguages = () =>
  languages.map((tag) => [tag, new Intl.DisplayNames(tag, { type: "language" }).of(tag)]);

/** Keeps a language for this browser, whatever the user's own is. */
export function chooseLanguage(tag) {
  try {
    window.localStorage.setItem(CHOICE, tag);
  } catch {
    // a browser without storage does not remember this
  }
}

function chosen() {
  try {
    return window.localStorage.getItem(CHOICE) ?? undefined;
  } catch {
    return undefined;
  }
}

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

export const number = (value) => new Intl.NumberFormat(locale).format(value);

const UNITS = { day: 86_400, hour: 3_600, minute: 60, second: 1 };

/** A time in seconds, in the largest unit of which it is a whole number. */
export function duration(seconds) {
  const [unit, length] = Object.entries(UNITS).find(([, size]) => seconds % size === 0);
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(
    seconds / length,
  );
}

/** Direction marks in Arabic dates, which are not needed here. */
const MARKS = /[\u061C\u200E\u200F]/g;

export const time = (milliseconds) =>
  new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" })
    .format(new Date(milliseconds))
    .replace(MARKS, "");

/** Joins parts as people do: a, b and c. */
export const list = (parts) =>
  new Intl.ListFormat(language, { style: "long", type: "conjunction" }).format(parts);
