// What was refused, or would have been, explained.

import { div, el, fill } from "./dom.js";
import { events } from "./overview.js";
import {
  button,
  details,
  emptyState,
  failure,
  label,
  link,
  search,
  select,
  sentence,
  skeleton,
  table,
  toolbar,
} from "./parts.js";
import { n, t, time } from "./texts.js";

const STEP = 50;
const MOST = 1000;

export const title = () => t("nav.refusals");

export async function show(page, context) {
  const { query } = context;
  const max = Math.min(Number(query.get("max")) || STEP, MOST);
  const filter = Object.fromEntries(["client", "rule", "mode"].map((key) => [key, query.get(key)]));
  const content = div("", skeleton(8));
  const go = (change) => context.go("refusals", { ...filter, ...change });
  fill(page, content);
  try {
    const answer = await context.api.refusals({ ...filter, max });
    const rules = [...new Set([...answer.refusals.map(({ rule }) => rule), filter.rule])]
      .filter(Boolean)
      .sort();
    fill(
      content,
      events(context, answer.eventsKept),
      toolbar(
        search(t("refusals.client"), filter.client ?? "", (client) => go({ client })),
        select(
          t("refusals.rule"),
          [["", t("refusals.any")], ...rules.map((rule) => [rule, rule])],
          filter.rule ?? "",
          (rule) => go({ rule }),
        ),
        select(
          t("refusals.mode"),
          [
            ["", t("refusals.any")],
            ["enforce", t("refusals.mode.enforce")],
            ["report", t("refusals.mode.report")],
          ],
          filter.mode ?? "",
          (mode) => go({ mode }),
        ),
      ),
      answer.refusals.length === 0
        ? emptyState("check-circle", t("refusals.none"), t("refusals.none.what"))
        : refusalTable(context, answer.refusals, true),
      answer.refusals.length === max &&
        max < MOST &&
        button(t("refusals.more"), () => go({ max: max + STEP }), { kind: "link" }),
    );
  } catch (e) {
    fill(content, failure(e));
  }
}

/** Refusals as a table; what to do stands beside what was seen. */
export function refusalTable(context, refusals, withClient) {
  const columns = [
    t("refusal.time"),
    withClient && t("refusal.client"),
    t("refusal.outcome"),
    t("refusal.seen"),
    t("refusal.remedy"),
    t("finding.clause"),
  ];
  return table(
    title(),
    columns.filter(Boolean),
    refusals.map((one) =>
      [
        [el("div", {}, time(one.time)), one.count > 1 && div("fapi-note", n("refusal.count", one.count))],
        withClient &&
          (one.client
            ? link(context.href("clients", {}, one.client), el("bdi", {}, one.client))
            : t("refusal.no.client")),
        [
          one.mode === "report"
            ? label(t("refusals.mode.report"), "blue", { iconName: "eye" })
            : label(t("refusals.mode.enforce"), "red", { iconName: "ban" }),
          div("fapi-note", el("code", {}, one.error ?? "")),
          div("fapi-note", el("code", {}, one.endpoint ?? "")),
        ],
        [sentence(one.seen), div("fapi-note", el("code", {}, one.rule))],
        [
          one.remedy && sentence(one.remedy),
          one.wanted && details(t("refusal.wanted"), () => el("p", {}, one.wanted)),
        ],
        one.clause ?? "",
      ].filter((cell) => cell !== false),
    ),
    "fapi-refusals",
  );
}

