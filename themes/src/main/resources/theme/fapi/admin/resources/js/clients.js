// The clients of the realm, each with its state, found and sorted by the server.

import { div, el, fill, span } from "./dom.js";
import { save } from "./files.js";
import { counted, failure, said } from "./domain.js";
import {
  alert,
  button,
  emptyState,
  label,
  link,
  News,
  pagination,
  search,
  select,
  skeleton,
  table,
  toolbar,
} from "./patternfly.js";
import { askToSwitch, modeLabel, stateLabel } from "./rollout.js";
import { n, t, time } from "./texts.js";

const STATES = ["ready", "failing", "findings", "disabled", "inactive", "exempt", "other"];

/** The initial order of each column. */
const ORDERS = { name: "asc", state: "asc", lastSeen: "desc", refused: "desc" };

export const title = () => t("nav.clients");

export async function show(page, context, message) {
  const { query } = context;
  const size = Number(query.get("max")) || 10;
  const first = Number(query.get("first")) || 0;
  const sort = Object.hasOwn(ORDERS, query.get("sort") ?? "") ? query.get("sort") : "name";
  const filter = {
    search: query.get("search") ?? "",
    state: query.get("state") ?? "",
    mode: query.get("mode") ?? "",
    sort,
    order: ORDERS[sort],
  };
  const news = new News();
  const content = div("", skeleton(8));
  const go = (change) =>
    context.go("clients", { ...Object.fromEntries(query), first: 0, ...change });

  fill(page, news.element, content);
  if (message) {
    news.tell(message);
  }
  try {
    const profiles = await context.profiles();
    const profile = context.chosen(profiles);
    const [rollout, found] = await Promise.all([
      context.api.rollout({ max: 0 }),
      context.api.clients({ ...filter, profile: profile.name, first, max: size }),
    ]);
    const again = (told) => show(page, context, told);
    const switches =
      rollout.mode === "report" && rollout.state !== "notApplied" && context.mayChange;
    fill(
      content,
      rollout.blocked !== undefined &&
        alert("warning", t("rollout.blocked"), el("p", {}, said(rollout, "blocked"))),
      toolbar(
        search(t("clients.search"), filter.search, (text) => go({ search: text })),
        select(
          t("client.state"),
          [["", t("clients.any")], ...states(filter.state)],
          filter.state,
          (state) => go({ state }),
        ),
        rollout.state !== "notApplied" &&
          select(
            t("client.mode"),
            [
              ["", t("clients.any")],
              ["report", t("mode.report")],
              ["enforce", t("mode.enforce")],
            ],
            filter.mode,
            (mode) => go({ mode }),
          ),
        select(
          t("clients.sort"),
          Object.keys(ORDERS).map((key) => [key, t(`clients.sort.${key}`)]),
          sort,
          (key) => go({ sort: key }),
        ),
        select(
          t("profile"),
          profiles.map(({ name, displayName }) => [name, displayName]),
          profile.name,
          (name) => go({ profile: name }),
        ),
        exporter(context, { ...filter, profile: profile.name }, news),
        pagination(
          {
            first: found.first,
            shown: found.clients.length,
            size,
            more: found.first + found.clients.length < found.total,
            total: found.total,
          },
          (from, max) => go({ first: from, max }),
        ),
      ),
      found.clients.length === 0
        ? emptyState("search", t("clients.none"), t("clients.none.what"))
        : table(
            title(),
            [
              t("client.id"),
              t("client.state"),
              t("client.mode"),
              t("client.record"),
              ...(switches ? [t("client.action")] : []),
            ],
            found.clients.map((client) => [
              name(context, client, profile),
              div("fapi-labels", stateOf(client.state, client.findings)),
              div("", modeOf(client, rollout)),
              record(client, rollout),
              ...(switches ? [isJudged(client) && switcher(context, client, again)] : []),
            ]),
            "fapi-clients",
          ),
      rollout.state === "enforced" &&
        rollout.mode === "enforce" &&
        el("p", { class: "fapi-note" }, t("clients.all.enforced")),
    );
  } catch (e) {
    fill(content, failure(e));
  }
}

/** One by one, and whatever several of them the address asks for. */
function states(wanted) {
  const single = STATES.map((state) => [state, t(`state.${state}`)]);
  return wanted === "" || STATES.includes(wanted)
    ? single
    : [
        ...single,
        [
          wanted,
          wanted
            .split(",")
            .filter((state) => STATES.includes(state))
            .map((state) => t(`state.${state}`))
            .join(" + "),
        ],
      ];
}

function exporter(context, filter, news) {
  const run = async () => {
    exporting.disabled = true;
    try {
      save(`fapi-clients-${context.realm}.csv`, "text/csv", await context.api.clientsFile(filter));
    } catch (e) {
      news.tell(failure(e));
    } finally {
      exporting.disabled = false;
    }
  };
  const exporting = button(t("clients.export"), run, { kind: "link", iconName: "download" });
  return exporting;
}

function name(context, client, profile) {
  return [
    link(
      context.href("clients", { profile: profile.name }, client.clientId),
      el("bdi", {}, client.clientId),
    ),
    isSpoken(client.name) && div("fapi-note", el("bdi", {}, client.name)),
  ];
}

/** Keycloak's own clients are named by keys of its texts. */
const isSpoken = (text) => text && !/^\$\{.*\}$/.test(text);

/** Whether the profile is about such a client at all. */
const isJudged = ({ state }) => ["ready", "failing", "findings"].includes(state);

function modeOf(client, rollout) {
  if (!isJudged(client)) {
    return t("client.no.mode");
  }
  return rollout.state === "notApplied" ? stateLabel(rollout.state) : modeLabel(client.mode);
}

/** The state of a client of which there is a report. */
export function kindOf({ summary: { clients } }, client) {
  if (clients.inactive) {
    return client?.enabled === false ? "disabled" : "inactive";
  }
  if (clients.withFindings) {
    return "findings";
  }
  const other = ["exempt", "other"].find((kind) => clients[kind]);
  return other ?? (client?.failing ? "failing" : "ready");
}

/** The state of a client as a whole. */
export function stateOf(state, findings) {
  switch (state) {
    case "ready":
      return label(t("state.ready"), "green");
    case "failing":
      return label(t("state.failing"), "orange");
    case "findings":
      return counted(findings);
    default:
      return label(t(`state.${state}`), "grey", { iconName: "ban" });
  }
}

/** Its requests, its refusals or would-be refusals, or since when it has been clean. */
export function record(client, rollout) {
  return [outcome(client, rollout), seen(client)];
}

function outcome(client, { eventsKept, state }) {
  if (client.wouldBeRefused > 0) {
    return [
      el("div", {}, n("client.would.fail", client.wouldBeRefused)),
      div("fapi-note", client.wouldFail[0]?.rule),
    ];
  }
  if (client.cleanSince) {
    return el("div", {}, t("client.clean.since", time(client.cleanSince)));
  }
  if (client.refused > 0) {
    return [
      el("div", {}, n("client.failed", client.refused)),
      div("fapi-note", client.failed[0]?.rule),
    ];
  }
  if (client.requests === 0) {
    return null; // which is said below
  }
  if (state === "notApplied") {
    return null; // there was nothing to refuse
  }
  return span("", t(eventsKept ? "client.no.refusals" : "client.not.recorded"));
}

function seen({ requests, lastSeen }) {
  return requests === 0
    ? div("fapi-note", t("client.no.requests"))
    : div("fapi-note", n("client.requests", requests), " ", t("client.seen", time(lastSeen)));
}

export function switcher(context, client, done) {
  const other = client.mode === "enforce" ? "report" : "enforce";
  return button(t(`switch.${other}`), () => askToSwitch(context, other, client, done), {
    kind: "secondary pf-m-small",
    "aria-label": t(`switch.client.${other}.title`, client.clientId),
  });
}
