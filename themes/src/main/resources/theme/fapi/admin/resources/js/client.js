// One client: its faults with remedies, and its refused requests.

import { kindOf, record, stateOf, switcher } from "./clients.js";
import { div, el, fill } from "./dom.js";
import { failure, findings } from "./domain.js";
import { alert, label, link, News, select, skeleton, toolbar } from "./patternfly.js";
import { refusalTable } from "./refusals.js";
import { modeLabel, stateLabel } from "./rollout.js";
import { t } from "./texts.js";

const MOST = 50;

export const title = (context) => context.argument;

export async function show(page, context, message) {
  const clientId = context.argument;
  const news = new News();
  const content = div("", skeleton(8));
  const again = (told) => show(page, context, told);
  fill(page, news.element, content);
  if (message) {
    news.tell(message);
  }
  try {
    const profiles = await context.profiles();
    const profile = context.chosen(profiles);
    const [report, rollout, history] = await Promise.all([
      context.api.clientReport(profile.name, clientId),
      context.api.rollout({ client: clientId }),
      context.api.refusals({ client: clientId, max: MOST }),
    ]);
    const [client] = rollout.clients;
    fill(
      content,
      client && facts(context, client, rollout, report, again),
      toolbar(
        select(
          t("profile"),
          profiles.map(({ name, displayName }) => [name, displayName]),
          profile.name,
          (name) => context.go("clients", { profile: name }, clientId),
        ),
      ),
      el("h2", { class: "pf-v5-c-title pf-m-xl" }, t("findings")),
      report.findings.length === 0
        ? alert("success", t("client.findings.none"))
        : findings(report.findings.map(withinClient)),
      el("h2", { class: "pf-v5-c-title pf-m-xl" }, t("client.refusals")),
      history.refusals.length === 0
        ? el("p", {}, history.eventsKept ? t("refusals.none") : t("events.off.what"))
        : refusalTable(context, history.refusals, false),
    );
  } catch (e) {
    fill(content, failure(e));
  }
}

/** The client's own name need not be repeated in every line. */
const withinClient = (finding) =>
  finding.where.kind === "client"
    ? { ...finding, where: { ...finding.where, name: undefined } }
    : finding;

function facts(context, client, rollout, report, done) {
  const fact = (term, ...description) =>
    div(
      "pf-v5-c-description-list__group",
      el("dt", { class: "pf-v5-c-description-list__term" }, term),
      el("dd", { class: "pf-v5-c-description-list__description" }, ...description),
    );
  return el(
    "dl",
    { class: "pf-v5-c-description-list fapi-client-facts" },
    fact(
      t("client.state"),
      div("fapi-labels", stateOf(kindOf(report, client), report.summary.findings)),
    ),
    fact(
      t("client.mode"),
      div(
        "fapi-labels",
        rollout.state === "notApplied" ? stateLabel(rollout.state) : modeLabel(client.mode),
        rollout.mode === "report" &&
          rollout.state !== "notApplied" &&
          context.mayChange &&
          switcher(context, client, done),
        client.enabled === false && label(t("state.disabled")),
      ),
    ),
    fact(t("client.record"), record(client, rollout)),
    fact(
      t("nav.grants"),
      link(context.href("grants", { client: client.clientId }), t("client.grants.open")),
    ),
    fact(
      t("client.settings"),
      link(
        `../#/${encodeURIComponent(context.realm)}/clients/${encodeURIComponent(client.id)}/settings`,
        t("client.settings.open"),
      ),
    ),
  );
}
