// The keys and certificates of the realm, its clients and the server, and when they end.

import { div, el, fill } from "./dom.js";
import { failure } from "./domain.js";
import {
  emptyState,
  label,
  link,
  pagination,
  search,
  select,
  skeleton,
  table,
  toolbar,
} from "./patternfly.js";
import { number, t, time } from "./texts.js";

const OWNERS = ["realm", "client", "server"];
const DAYS = [30, 90, 365];

export const title = () => t("nav.keys");

export async function show(page, context) {
  const { query } = context;
  const size = Number(query.get("max")) || 20;
  const first = Number(query.get("first")) || 0;
  const filter = Object.fromEntries(
    ["search", "owner", "within", "fetch"].map((key) => [key, query.get(key) ?? ""]),
  );
  const content = div("", skeleton(8));
  const go = (change) => context.go("keys", { ...filter, max: size, first: 0, ...change });
  fill(page, content);
  try {
    const answer = await context.api.keys({ ...filter, first, max: size });
    const { keys, total } = answer;
    const place = { first, shown: keys.length, size, more: first + keys.length < total };
    fill(
      content,
      toolbar(
        search(t("keys.search"), filter.search, (text) => go({ search: text })),
        select(
          t("keys.whose"),
          [["", t("keys.owner.any")], ...OWNERS.map((owner) => [owner, t(`keys.owner.${owner}`)])],
          filter.owner,
          (owner) => go({ owner }),
        ),
        select(
          t("keys.within"),
          [
            ["", t("keys.within.any")],
            ...DAYS.map((days) => [String(days), t("keys.within.days", number(days))]),
          ],
          filter.within,
          (within) => go({ within }),
        ),
        select(
          t("keys.fetch"),
          [
            ["", t("keys.fetch.no")],
            ["true", t("keys.fetch.yes")],
          ],
          filter.fetch,
          (fetch) => go({ fetch }),
        ),
        pagination(place, (from, max) => go({ first: from, max })),
      ),
      div(
        "fapi-labels",
        answer.ended > 0 && label(t("keys.ended.count", number(answer.ended)), "red"),
        answer.ending > 0 && label(t("keys.ending.count", number(answer.ending)), "orange"),
        label(t("keys.total", number(total)), "grey", { iconName: "key" }),
      ),
      keys.length === 0
        ? emptyState("key", t("keys.none"), t("keys.none.what"))
        : keyTable(context, keys),
      !answer.serverKnown && el("p", { class: "fapi-note" }, t("keys.server.unknown")),
    );
  } catch (e) {
    fill(content, failure(e));
  }
}

function keyTable(context, keys) {
  return table(
    title(),
    [t("keys.end"), t("keys.whose"), t("keys.key"), t("keys.algorithm"), t("keys.status")],
    keys.map((key) => [
      end(key),
      owner(context, key),
      [
        key.kid && el("div", {}, el("code", {}, key.kid)),
        key.subject && div("fapi-note", el("bdi", {}, key.subject)),
      ],
      [el("div", {}, key.algorithm ?? ""), key.use && div("fapi-note", key.use)],
      label(t(`keys.status.${key.status}`), "grey", {
        iconName: key.status === "active" ? "key" : "ban",
      }),
    ]),
    "fapi-keys",
  );
}

const COLOURS = { ended: "red", ending: "orange" };

/** Keys that are not in use have no warning colour. */
function end({ state, status, notAfter, days }) {
  const colour = status === "active" ? COLOURS[state] : "grey";
  return [
    state === "undated" ? t("keys.state.undated") : el("div", {}, time(notAfter)),
    COLOURS[state] && div("fapi-labels", label(t(`keys.state.${state}`), colour)),
    state === "ending" && div("fapi-note", t("keys.days", number(days))),
  ];
}

function owner(context, { owner: { kind, name }, source }) {
  return [
    kind === "client"
      ? link(context.href("clients", {}, name), el("bdi", {}, name))
      : el("div", {}, t(`keys.owner.${kind}`)),
    source && div("fapi-note", el("code", {}, source)),
  ];
}
