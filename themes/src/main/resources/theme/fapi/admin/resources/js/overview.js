// How ready the realm is for each profile, and what to do.

import { askForUndoFile, DryRun } from "./apply.js";
import { div, el, fill, newId, span } from "./dom.js";
import { counted, failure, findings, said } from "./domain.js";
import { alert, button, details, label, link, News, skeleton } from "./patternfly.js";
import { askToEnforceClean, askToSwitch, stateLabel } from "./rollout.js";
import { n, number, t, time } from "./texts.js";

const NO_POLICY = "fapi-policies";

export const title = () => t("nav.overview");

export async function show(page, context) {
  const news = new News();
  const mode = div("");
  const cards = div("fapi-cards");
  const others = div("");
  const found = div("");
  const again = (message) => {
    context.forgetChoice();
    news.tell(message);
    return load();
  };

  const load = async () => {
    // The previous content may be outdated.
    fill(mode, skeleton(3));
    fill(cards, skeleton(4));
    fill(found, skeleton(6));
    try {
      const [profiles, rollout] = await Promise.all([
        context.api.profiles(false),
        context.api.rollout({ max: 0 }),
      ]);
      const profile = context.chosen(profiles);
      fill(mode, modeCard(context, rollout, profiles, again), events(context, rollout.eventsKept));
      const fitting = profiles.filter(({ fits }) => fits);
      const shown = new Map(
        fitting.map((one) => [one.name, card(context, one, one === profile, again)]),
      );
      fill(
        cards,
        [...shown.values()].map(({ element }) => element),
      );
      fill(
        others,
        ecosystems(
          context,
          profiles.filter(({ fits }) => !fits),
          again,
        ),
      );
      const [report, counted_] = await Promise.all([
        context.api.realmReport(profile.name),
        context.api.profiles(true), // which takes longer, as all clients are looked at
      ]);
      counted_.forEach((one) => shown.get(one.name)?.count(one));
      fill(found, realmFindings(report.findings, profile));
    } catch (e) {
      fill(mode, failure(e));
      fill(cards);
      fill(others);
      fill(found);
    }
  };

  fill(
    page,
    news.element,
    mode,
    el("h2", { class: "pf-v5-c-title pf-m-xl" }, t("overview.profiles")),
    cards,
    others,
    found,
    context.mayChange &&
      el(
        "p",
        { class: "fapi-more" },
        button(t("undo.file.button"), () => askForUndoFile(context, again), {
          kind: "link",
          iconName: "undo",
        }),
      ),
  );
  await load();
}

/** The state of the realm, and the next step. */
function modeCard(context, rollout, profiles, done) {
  const { state } = rollout;
  const reports = rollout.mode === "report";
  const other = reports ? "enforce" : "report";
  const own = profiles.find((one) => one.recommended && one.state !== "notApplied");
  return div(
    "pf-v5-c-card fapi-mode",
    div(
      "pf-v5-c-card__header",
      div(
        "pf-v5-c-card__actions pf-m-no-offset",
        context.mayChange &&
          state === "report" &&
          reports &&
          button(t("bulk"), () => askToEnforceClean(context, done), { kind: "secondary" }),
        context.mayChange &&
          button(t(`switch.${other}`), () => askToSwitch(context, other, null, done)),
      ),
      div(
        "pf-v5-c-card__header-main",
        el("h2", { class: "pf-v5-c-title pf-m-lg" }, t("overview.mode"), " ", stateLabel(state)),
      ),
    ),
    div(
      "pf-v5-c-card__body",
      el("p", {}, t(`overview.state.${state}`)),
      state === "notApplied" && reports && el("p", {}, t("overview.state.notApplied.report")),
      own && el("p", {}, t("overview.state.profile", own.displayName)),
      state === "report" && reports && el("p", {}, t("overview.mode.since", time(rollout.since))),
      reports &&
        rollout.enforcedClients > 0 &&
        el(
          "p",
          {},
          link(
            context.href("clients", { mode: "enforce" }),
            n("overview.mode.enforced", rollout.enforcedClients),
          ),
        ),
      rollout.blocked !== undefined &&
        alert("warning", t("rollout.blocked"), el("p", {}, said(rollout, "blocked"))),
    ),
  );
}

/** Without events nobody can see what was refused. */
export function events(context, kept) {
  return (
    !kept &&
    alert(
      "warning",
      t("events.off"),
      el("p", {}, t("events.off.what")),
      el(
        "p",
        {},
        link(
          `../#/${encodeURIComponent(context.realm)}/realm-settings/events`,
          t("events.off.link"),
        ),
      ),
    )
  );
}

/** The profiles of ecosystems that the realm does not belong to, without counts. */
function ecosystems(context, profiles, done) {
  const entry = (one) =>
    el(
      "li",
      {},
      link(context.href("overview", { profile: one.name }), one.displayName),
      " ",
      context.mayChange &&
        !context.isMaster &&
        button(t("plan"), () => new DryRun(context, one, done), {
          kind: "link",
          "aria-label": `${t("plan")}: ${one.displayName}`,
        }),
    );
  return (
    profiles.length > 0 &&
    details(t("overview.ecosystems"), () =>
      el("ul", { class: "fapi-facts" }, ...profiles.map(entry)),
    )
  );
}

/** A profile; its counts are added later, without moving the focus. */
function card(context, profile, chosen, done) {
  const id = newId("profile");
  const labels = div("fapi-labels", standing(profile, false));
  const body = div("pf-v5-c-card__body", skeleton(4));
  const element = el(
    "article",
    { class: `pf-v5-c-card fapi-card${chosen ? " fapi-chosen" : ""}`, "aria-labelledby": id },
    div(
      "pf-v5-c-card__header",
      div(
        "pf-v5-c-card__header-main",
        el(
          "h3",
          { class: "pf-v5-c-title pf-m-md", id },
          el(
            "a",
            {
              href: context.href("overview", { profile: profile.name }),
              "aria-current": chosen ? "true" : null,
            },
            profile.displayName,
          ),
        ),
        labels,
      ),
    ),
    body,
    div(
      "pf-v5-c-card__footer",
      context.isMaster
        ? el("p", {}, t("overview.master"))
        : context.mayChange
          ? button(t("plan"), () => new DryRun(context, profile, done), {
              kind: chosen ? "primary" : "secondary",
            })
          : el("p", {}, t("overview.view.only")),
    ),
  );
  const count = (counted_) => {
    const { error, warning } = counted_.summary.findings;
    const ready = error + warning + counted_.failing === 0;
    fill(labels, standing(counted_, ready));
    fill(body, counts(context, counted_, id));
  };
  return { element, count };
}

const standing = ({ state, recommended }, ready) => [
  stateLabel(state),
  recommended &&
    state === "notApplied" &&
    label(t("overview.recommended"), "blue", { iconName: "star" }),
  ready && label(t("overview.ready"), "green"),
];

function counts(context, profile, id) {
  const { findings: found, clients } = profile.summary;
  const judged = clients.clean + clients.withFindings;
  const readyClients = clients.clean - profile.failing;
  const group = (state, key, count) =>
    count > 0 &&
    el(
      "li",
      {},
      link(
        context.href("clients", { profile: profile.name, state }),
        n(`overview.clients.${key}`, count),
      ),
    );
  return [
    // A profile that is not applied has no percentage.
    profile.state === "notApplied"
      ? el("p", {}, readyOf(readyClients, judged))
      : progress(readyClients, judged, id),
    el(
      "ul",
      { class: "fapi-facts" },
      group("ready", "clean", readyClients),
      group("failing", "failing", profile.failing),
      group("findings", "findings", clients.withFindings),
      group("exempt", "exempt", clients.exempt),
      group("inactive,disabled", "inactive", clients.inactive),
      group("other", "other", clients.other),
    ),
    div(
      "fapi-labels",
      found.error + found.warning === 0 ? el("p", {}, t("overview.no.findings")) : counted(found),
    ),
    found.error + found.warning > 0 &&
      el(
        "p",
        { class: "fapi-note" },
        t(
          "overview.repairable",
          number(found.repairable),
          number(found.error + found.warning + found.note),
        ),
      ),
  ];
}

const readyOf = (part, whole) => t("overview.clients.ready", number(part), number(whole));

function progress(part, whole, labelledBy) {
  const percent = whole === 0 ? 100 : Math.floor((100 * part) / whole);
  const indicator = div("pf-v5-c-progress__indicator");
  indicator.style.width = `${percent}%`;
  const complete = part === whole;
  return div(
    `pf-v5-c-progress${complete ? " pf-m-success" : ""}`,
    div("pf-v5-c-progress__description", readyOf(part, whole)),
    el(
      "div",
      { class: "pf-v5-c-progress__status", "aria-hidden": "true" },
      span("pf-v5-c-progress__measure", `${percent}%`),
    ),
    el(
      "div",
      {
        class: "pf-v5-c-progress__bar",
        role: "progressbar",
        "aria-valuemin": 0,
        "aria-valuemax": 100,
        "aria-valuenow": percent,
        "aria-labelledby": labelledBy,
      },
      indicator,
    ),
  );
}

function realmFindings(found, profile) {
  const heading = el(
    "h2",
    { class: "pf-v5-c-title pf-m-xl" },
    t("overview.realm.findings", profile.displayName),
  );
  if (found.length === 0) {
    return [heading, alert("success", t("overview.realm.none"))];
  }
  return [
    heading,
    found.some(({ rule, severity }) => rule === NO_POLICY && severity === "error") &&
      alert("warning", t("overview.not.applied")),
    findings(found),
  ];
}
