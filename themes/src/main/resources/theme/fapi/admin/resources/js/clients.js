// The clients of the realm, each with its state.

import { div, el, fill, span } from "./dom.js";
import {
  button,
  counted,
  emptyState,
  failure,
  label,
  link,
  News,
  pagination,
  search,
  select,
  skeleton,
  table,
  toolbar,
} from "./parts.js";
import { askToSwitch, modeLabel } from "./rollout.js";
import { n, t, time } from "./texts.js";

/** So many clients are looked at in parallel. */
const LANES = 4;

export const title = () => t("nav.clients");

export async function show(page, context, message) {
  const { query } = context;
  const size = Number(query.get("max")) || 10;
  const first = Number(query.get("first")) || 0;
  const wanted = query.get("search") ?? "";
  const news = new News();
  const content = div("", skeleton(8));
  const go = (change) => context.go("clients", { ...Object.fromEntries(query), ...change });

  fill(page, news.element, content);
  if (message) {
    news.tell(message);
  }
  try {
    const [profiles, rollout] = await Promise.all([
      context.profiles(),
      context.api.rollout({ search: wanted, first, max: size + 1 }),
    ]);
    const profile = context.chosen(profiles) ?? profiles[0];
    const shown = rollout.clients.slice(0, size);
    const place = { first, shown: shown.length, size, more: rollout.clients.length > size };
    const again = (told) => show(page, context, told);
    const states = shown.map(() => div("fapi-labels", div("pf-v5-c-skeleton")));
    const switchers = shown.map((client) => div("", switcher(context, client, again)));
    const modes = shown.map(({ mode }) => div("", modeLabel(mode)));
    fill(
      content,
      toolbar(
        search(t("clients.search"), wanted, (text) => go({ search: text, first: 0 })),
        select(
          t("profile"),
          profiles.map(({ name, displayName }) => [name, displayName]),
          profile.name,
          (name) => go({ profile: name }),
        ),
        pagination(place, (from, max) => go({ first: from, max })),
      ),
      shown.length === 0
        ? emptyState("search", t("clients.none"), t("clients.none.what"))
        : table(
            title(),
            [
              t("client.id"),
              t("client.state"),
              t("client.mode"),
              t("client.record"),
              ...(rollout.mode === "report" && context.mayChange ? [t("client.action")] : []),
            ],
            shown.map((client, index) => [
              name(context, client, profile),
              states[index],
              modes[index],
              record(client, rollout),
              ...(rollout.mode === "report" && context.mayChange
                ? [switchers[index]]
                : []),
            ]),
          ),
      rollout.mode === "enforce" && el("p", { class: "fapi-note" }, t("clients.all.enforced")),
    );
    await inLanes(shown, async (client, index) => {
      if (content.isConnected) {
        const [state, judged] = await audited(context, profile.name, client);
        fill(states[index], state);
        if (!judged) {
          fill(modes[index], t("client.no.mode"));
          fill(switchers[index]);
        }
      }
    });
  } catch (e) {
    fill(content, failure(e));
  }
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

/** The client's state, and whether the profile is about such a client at all. */
async function audited(context, profile, client) {
  try {
    const report = await context.api.clientReport(profile, client.clientId);
    const { clean, withFindings } = report.summary.clients;
    return [stateOf(report, client), clean + withFindings > 0];
  } catch (e) {
    return [label(e.message, "red"), true];
  }
}

/** What is to be said of a client as a whole. */
export function stateOf({ summary }, client) {
  const { clients, findings } = summary;
  if (client?.enabled === false) {
    return label(t("state.disabled"), "grey", { iconName: "ban" });
  }
  if (clients.exempt || clients.inactive || clients.other) {
    const kind = ["exempt", "inactive", "other"].find((one) => clients[one]);
    return label(t(`state.${kind}`), "grey", { iconName: "ban" });
  }
  return clients.withFindings ? counted(findings) : label(t("state.ready"), "green");
}

/** What it would fail or has failed, or since when it has done neither. */
export function record(client, { eventsKept }) {
  const sum = (all) => all.reduce((total, { count }) => total + count, 0);
  if (client.wouldFail.length > 0) {
    return [
      el("div", {}, n("client.would.fail", sum(client.wouldFail))),
      div("fapi-note", client.wouldFail[0].rule),
    ];
  }
  if (client.cleanSince) {
    return t("client.clean.since", time(client.cleanSince));
  }
  if (client.failed.length > 0) {
    return [
      el("div", {}, n("client.failed", sum(client.failed))),
      div("fapi-note", client.failed[0].rule),
    ];
  }
  return span("", t(eventsKept ? "client.no.refusals" : "client.not.recorded"));
}

export function switcher(context, client, done) {
  const other = client.mode === "enforce" ? "report" : "enforce";
  return button(t(`switch.${other}`), () => askToSwitch(context, other, client, done), {
    kind: "secondary pf-m-small",
    "aria-label": t(`switch.client.${other}.title`, client.clientId),
  });
}

async function inLanes(all, work) {
  const waiting = [...all.entries()];
  const lane = async () => {
    while (waiting.length > 0) {
      const [index, one] = waiting.shift();
      await work(one, index);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

