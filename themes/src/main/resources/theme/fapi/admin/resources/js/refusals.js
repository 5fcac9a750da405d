// What was refused, or would have been, explained.

import { div, el, fill, newId, put, span } from "./dom.js";
import { events } from "./overview.js";
import { failure, said } from "./domain.js";
import {
  button,
  details,
  emptyState,
  label,
  link,
  search,
  select,
  skeleton,
  table,
  toolbar,
} from "./patternfly.js";
import { n, t, time } from "./texts.js";

const STEP = 50;
const MOST = 1000;

const HOUR = 3_600_000;
const SPANS = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR };
const CUSTOM = "custom";

const FILTERS = ["client", "interaction", "rule", "mode", "kind", "span", "from", "to"];

export const title = () => t("nav.refusals");

export async function show(page, context) {
  const { query } = context;
  const max = Math.min(Number(query.get("max")) || STEP, MOST);
  const filter = Object.fromEntries(FILTERS.map((key) => [key, query.get(key)]));
  const content = div("", skeleton(8));
  const go = (change) => context.go("refusals", { ...filter, ...change });
  fill(page, content);
  try {
    const { client, interaction, rule, mode, kind } = filter;
    const answer = await context.api.refusals({
      client,
      interaction,
      rule,
      mode,
      kind,
      max,
      ...range(filter),
    });
    fill(
      content,
      events(context, answer.eventsKept),
      tools(filter, answer.refusals, go),
      answer.refusals.length > 0
        ? [
            refusalTable(context, answer.refusals, true),
            answer.refusals.length === max &&
              max < MOST &&
              button(t("refusals.more"), () => go({ max: max + STEP }), { kind: "link" }),
          ]
        : answer.eventsKept && nothing(filter),
      el("p", { class: "fapi-note" }, t("refusals.bounds")),
    );
  } catch (e) {
    fill(content, failure(e));
  }
}

/** From when and until when, in milliseconds. */
function range({ span: chosen, from, to }) {
  if (Object.hasOwn(SPANS, chosen ?? "")) {
    return { from: Date.now() - SPANS[chosen] };
  }
  return chosen === CUSTOM ? { from, to } : {};
}

/** Without a filter, nothing was refused; with one, other requests may have been. */
const nothing = (filter) =>
  FILTERS.some((key) => filter[key])
    ? emptyState("search", t("refusals.none"), t("refusals.none.filtered"))
    : emptyState("check-circle", t("refusals.none"), t("refusals.none.what"));

function tools(filter, refusals, go) {
  const rules = [...new Set([...refusals.map(ruleOrReason), filter.rule])].filter(Boolean).sort();
  const any = ["", t("refusals.any")];
  return toolbar(
    search(t("refusals.client"), filter.client ?? "", (client) => go({ client })),
    search(t("refusals.interaction"), filter.interaction ?? "", (interaction) =>
      go({ interaction }),
    ),
    select(
      t("refusals.rule"),
      [any, ...rules.map((rule) => [rule, rule])],
      filter.rule ?? "",
      (rule) => go({ rule }),
    ),
    select(
      t("refusals.mode"),
      [any, ...["enforce", "report"].map((mode) => [mode, t(`refusals.mode.${mode}`)])],
      filter.mode ?? "",
      (mode) => go({ mode }),
    ),
    select(
      t("refusals.kind"),
      ["refusal", "correction"].map((kind) => [kind, t(`refusals.kind.${kind}`)]),
      filter.kind ?? "refusal",
      (kind) => go({ kind }),
    ),
    select(
      t("refusals.span"),
      [any, ...[...Object.keys(SPANS), CUSTOM].map((one) => [one, t(`refusals.span.${one}`)])],
      filter.span ?? "",
      (chosen) =>
        go(
          chosen === CUSTOM
            ? { span: chosen, from: Date.now() - SPANS.day, to: Date.now() }
            : { span: chosen, from: null, to: null },
        ),
    ),
    filter.span === CUSTOM && moment(t("refusals.from"), filter.from, (from) => go({ from })),
    filter.span === CUSTOM && moment(t("refusals.to"), filter.to, (to) => go({ to })),
  );
}

/** A field for a date and a time of day, where the user is. */
function moment(name, milliseconds, onchange) {
  const id = newId("moment");
  const input = el("input", {
    id,
    type: "datetime-local",
    onchange: (event) => {
      const chosen = new Date(event.target.value).getTime();
      if (Number.isFinite(chosen)) {
        onchange(chosen);
      }
    },
  });
  const when = new Date(Number(milliseconds));
  if (milliseconds && Number.isFinite(when.getTime())) {
    input.value = new Date(when.getTime() - when.getTimezoneOffset() * 60_000)
      .toISOString()
      .slice(0, 16);
  }
  return div(
    "fapi-field",
    el("label", { class: "pf-v5-c-form__label", for: id }, span("pf-v5-c-form__label-text", name)),
    put(el("span", { class: "pf-v5-c-form-control" }), input),
  );
}

/** The rule, or the reason for which Keycloak itself refuses. */
const ruleOrReason = ({ rule, reason }) => rule ?? reason ?? "";

const clause = (one) => span("fapi-clause", one.clause);

const code = (text) => el("code", { class: "fapi-code" }, text);

/** Refusals as a table, with what happened and what to do. */
export function refusalTable(context, refusals, withClient) {
  const columns = [
    t("refusal.time"),
    withClient && t("refusal.client"),
    t("refusal.outcome"),
    t("refusal.seen"),
    t("refusal.remedy"),
  ];
  return table(
    title(),
    columns.filter(Boolean),
    refusals.map((one) =>
      [
        when(one),
        withClient && sender(context, one),
        [
          outcome(one),
          div("fapi-note", code(one.error ?? "")),
          div("fapi-note", code(one.endpoint ?? "")),
        ],
        [
          one.seen && said(one, "seen"),
          div("fapi-note", code(ruleOrReason(one))),
          one.clause && div("fapi-note", clause(one)),
          one.others?.length > 0 &&
            details(n("refusal.others", one.others.length), () => others(one.others)),
        ],
        [
          one.remedy && said(one, "remedy"),
          one.wanted && details(t("refusal.wanted"), () => el("p", {}, said(one, "wanted"))),
        ],
      ].filter((cell) => cell !== false),
    ),
    "fapi-refusals",
  );
}

function when(one) {
  const ids = one.interactionIds ?? [];
  return [
    el("div", {}, time(one.time)),
    one.count > 1 && div("fapi-note", n("refusal.count", one.count)),
    one.address && div("fapi-note", t("refusal.address", one.address)),
    ids.length > 0 &&
      details(t("refusal.ids"), () =>
        el(
          "ul",
          { class: "fapi-ids" },
          ids.map((id) => el("li", {}, el("code", { class: "fapi-id" }, id))),
        ),
      ),
  ];
}

/** The sender: a client, a request that only names one, or one with an unknown name or none. */
function sender(context, one) {
  const to = (clientId) => link(context.href("clients", {}, clientId), el("bdi", {}, clientId));
  if (one.client) {
    return to(one.client);
  }
  if (!one.namedClient) {
    return t("refusal.no.client");
  }
  return one.knownClient
    ? [to(one.namedClient), div("fapi-note", t("refusal.unproven"))]
    : [t("refusal.unknown.client"), div("fapi-note", el("bdi", {}, one.namedClient))];
}

function outcome(one) {
  if (one.kind === "correction") {
    return label(t("refusal.corrected"), "grey", { iconName: "wrench" });
  }
  return one.mode === "report"
    ? label(t("refusals.mode.report"), "blue", { iconName: "eye" })
    : label(t("refusals.mode.enforce"), "red", { iconName: "ban" });
}

/** Further objections to the same request. */
const others = (list) =>
  el(
    "ul",
    { class: "fapi-narrow" },
    list.map((one) =>
      el(
        "li",
        {},
        one.seen && said(one, "seen"),
        one.remedy && said(one, "remedy"),
        div("fapi-note", code(ruleOrReason(one))),
        one.clause && div("fapi-note", clause(one)),
      ),
    ),
  );
