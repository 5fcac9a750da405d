// What the pages show of the API's answers: sentences, places in a realm, changes, findings.

import { div, el, icon, span } from "./dom.js";
import { ApiError } from "./api.js";
import { alert, details, label, table } from "./patternfly.js";
import { n, t } from "./texts.js";

const SEVERITIES = { error: "red", warning: "orange", note: "blue" };

export const severity = (name) => label(t(`severity.${name}`), SEVERITIES[name]);

/** Says what went wrong, in the API's own sentence where it has one. */
export function failure(error) {
  if (error instanceof ApiError) {
    const places = error.conflicts?.map((place) => el("li", {}, where(place))) ?? [];
    return alert(
      "danger",
      error.status === 403 ? t("error.forbidden") : t("error.refused"),
      el("p", {}, sentence(error.status === 403 ? t("error.forbidden.roles") : error.message)),
      places.length > 0 && el("ul", { class: "pf-v5-c-list" }, places),
    );
  }
  console.warn(error);
  return alert("danger", t("error.unreachable"), el("p", {}, t("error.unreachable.what")));
}

/** The API's sentences begin in lower case, as parts of longer ones. */
export const sentence = (text, attributes = {}) =>
  el(
    "span",
    { class: /^\p{Ll}+[ ,;]/u.test(text) ? "fapi-sentence" : "fapi-quote", ...attributes },
    text,
  );

/** The text of a member of the API's response; English if there is no translation. */
export const said = (answer, member) =>
  sentence(
    answer[member],
    answer.english?.includes(member) ? { lang: "en", dir: "ltr" } : undefined,
  );

/** A place in the realm, in words. */
export function where({ kind, name, pointer }) {
  return span(
    "",
    name ? t(`where.${kind}.named`, name) : t(`where.${kind}`),
    pointer && [": ", el("code", {}, field(pointer))],
  );
}

/** A JSON Pointer as people write fields. */
export const field = (pointer) =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"))
    .join(" › ");

function value(json) {
  if (json === null) {
    return el("em", {}, t("change.none"));
  }
  if (Array.isArray(json) && json.length === 0) {
    return el("em", {}, t("change.empty"));
  }
  if (typeof json !== "object") {
    return el("code", {}, String(json));
  }
  if (Array.isArray(json) && json.every((entry) => typeof entry !== "object")) {
    return el("code", {}, json.join(", "));
  }
  return details(t("change.show"), () =>
    el(
      "pre",
      { class: "fapi-json", tabindex: 0, "aria-label": t("change.json") },
      JSON.stringify(json, null, 2),
    ),
  );
}

/** Changes as they are before and after; the place is left out where all are of one. */
export function changes(made, withPlace = false) {
  return table(
    t("changes"),
    [t("change.field"), t("change.before"), t("change.after")],
    made.map((change) => [
      withPlace || !change.where.pointer
        ? where(change.where)
        : el("code", {}, field(change.where.pointer)),
      value(change.before),
      value(change.after),
    ]),
    "fapi-changes",
  );
}

/** Changes where there is little room. */
const narrowChanges = (made) =>
  el(
    "ul",
    { class: "fapi-narrow" },
    made.map(({ where: place, before, after }) =>
      el(
        "li",
        {},
        where(place.kind === "client" ? { ...place, name: undefined } : place),
        div(
          "fapi-from-to",
          span("pf-v5-screen-reader", t("change.before")),
          value(before),
          icon("arrow-right"),
          span("pf-v5-screen-reader", t("change.after")),
          value(after),
        ),
      ),
    ),
  );

/** Findings with the remedy beside each. */
export function findings(found) {
  return table(
    t("findings"),
    [t("finding.severity"), t("finding.problem"), t("finding.remedy"), t("finding.clause")],
    found.map((finding) => [
      severity(finding.severity),
      [
        said(finding, "problem"),
        div("fapi-note", where(finding.where)),
        div("fapi-note", el("code", {}, finding.rule)),
      ],
      [
        said(finding, "remedy"),
        finding.repairable && details(t("change.show"), () => narrowChanges(finding.changes)),
      ],
      finding.clause ?? t("finding.practice"),
    ]),
    "fapi-findings",
  );
}

/** Counted findings, in words. */
export function counted({ error, warning, note }) {
  return [
    error > 0 && label(n("findings.error", error), "red"),
    warning > 0 && label(n("findings.warning", warning), "orange"),
    note > 0 && label(n("findings.note", note), "blue"),
  ].filter(Boolean);
}
