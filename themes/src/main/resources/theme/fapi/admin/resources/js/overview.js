// How ready the realm is, per profile, and what is to be done about it.

import { askForUndoFile, DryRun } from "./apply.js";
import { div, el, fill, newId, span } from "./dom.js";
import {
  alert,
  button,
  counted,
  failure,
  findings,
  label,
  link,
  News,
  skeleton,
} from "./parts.js";
import { askToSwitch, modeLabel } from "./rollout.js";
import { n, number, t, time } from "./texts.js";

const NO_POLICY = "fapi-policies";

export const title = () => t("nav.overview");

export async function show(page, context) {
  const news = new News();
  const mode = div("");
  const cards = div("fapi-cards", skeleton(4));
  const found = div("", skeleton(6));
  const again = (message) => {
    news.tell(message);
    return load();
  };

  const load = async () => {
    try {
      const [profiles, rollout] = await Promise.all([
        context.api.profiles(true),
        context.api.rollout({ max: 1 }),
      ]);
      const profile = context.chosen(profiles) ?? nearest(profiles);
      fill(mode, modeCard(context, rollout, again), events(context, rollout.eventsKept));
      fill(
        cards,
        profiles.map((one) => card(context, one, one === profile, again)),
      );
      const report = await context.api.realmReport(profile.name);
      fill(found, realmFindings(report.findings, profile));
    } catch (e) {
      fill(mode, failure(e));
      fill(cards);
      fill(found);
    }
  };

  fill(
    page,
    news.element,
    mode,
    el("h2", { class: "pf-v5-c-title pf-m-xl" }, t("overview.profiles")),
    cards,
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

/** The profile with which a realm agrees most; of several the one that asks for most. */
function nearest(profiles) {
  const lacks = ({ summary: { findings: found } }) => found.error * 1000 + found.warning;
  return [...profiles].sort((a, b) => {
    const difference = lacks(a) - lacks(b);
    // A realm that agrees with none begins with the least.
    return difference || (lacks(a) === 0 ? b.rules - a.rules : a.rules - b.rules);
  })[0];
}

function modeCard(context, rollout, done) {
  const reports = rollout.mode === "report";
  const other = reports ? "enforce" : "report";
  return div(
    "pf-v5-c-card fapi-mode",
    div(
      "pf-v5-c-card__header",
      div(
        "pf-v5-c-card__actions pf-m-no-offset",
        context.mayChange &&
          button(t(`switch.${other}`), () => askToSwitch(context, other, null, done)),
      ),
      div(
        "pf-v5-c-card__header-main",
        el("h2", { class: "pf-v5-c-title pf-m-lg" }, t("overview.mode"), " ", modeLabel(rollout.mode)),
      ),
    ),
    div(
      "pf-v5-c-card__body",
      el("p", {}, t(`overview.mode.${rollout.mode}`)),
      reports && el("p", {}, t("overview.mode.since", time(rollout.since))),
      reports &&
        rollout.enforcedClients > 0 &&
        el("p", {}, n("overview.mode.enforced", rollout.enforcedClients)),
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
        link(`../#/${encodeURIComponent(context.realm)}/realm-settings/events`, t("events.off.link")),
      ),
    )
  );
}

function card(context, profile, chosen, done) {
  const { findings: found, clients } = profile.summary;
  const judged = clients.clean + clients.withFindings;
  const ready = found.error + found.warning === 0;
  const id = newId("profile");
  return el(
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
          " ",
          ready && label(t("overview.ready"), "green"),
        ),
      ),
    ),
    div(
      "pf-v5-c-card__body",
      progress(clients.clean, judged, id),
      el(
        "ul",
        { class: "fapi-facts" },
        clients.withFindings > 0 &&
          el(
            "li",
            {},
            link(
              context.href("clients", { profile: profile.name }),
              n("overview.clients.findings", clients.withFindings),
            ),
          ),
        clients.exempt > 0 && el("li", {}, n("overview.clients.exempt", clients.exempt)),
        clients.inactive > 0 && el("li", {}, n("overview.clients.inactive", clients.inactive)),
        clients.other > 0 && el("li", {}, n("overview.clients.other", clients.other)),
      ),
      div(
        "fapi-labels",
        ready ? el("p", {}, t("overview.no.findings")) : counted(found),
      ),
      !ready &&
        el(
          "p",
          { class: "fapi-note" },
          t(
            "overview.repairable",
            number(found.repairable),
            number(found.error + found.warning + found.note),
          ),
        ),
    ),
    div(
      "pf-v5-c-card__footer",
      context.isMaster
        ? el("p", {}, t("overview.master"))
        : context.mayChange
          ? button(t("plan"), () => new DryRun(context, profile, done), {
              kind: chosen && !ready ? "primary" : "secondary",
            })
          : el("p", {}, t("overview.view.only")),
    ),
  );
}

function progress(part, whole, labelledBy) {
  const percent = whole === 0 ? 100 : Math.floor((100 * part) / whole);
  const indicator = div("pf-v5-c-progress__indicator");
  indicator.style.width = `${percent}%`;
  const complete = part === whole;
  return div(
    `pf-v5-c-progress${complete ? " pf-m-success" : ""}`,
    div("pf-v5-c-progress__description", t("overview.clients.ready", number(part), number(whole))),
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
