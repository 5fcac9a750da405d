// One participant with all that is known of it, and what an administrator can do.

import { askToDecide } from "./participant-actions.js";
import { div, el } from "./dom.js";
import { keysOf } from "./ecosystem.js";
import { decision, endOf, organisationName, software } from "./participant-parts.js";
import { button, label, link, Modal, table } from "./patternfly.js";
import { t, time } from "./texts.js";

/**
 * Opens the details.
 *
 * @param situation the ecosystem, and whether the realm enforces
 */
export function showDetails(context, one, situation, done) {
  const modal = new Modal(software(one), "lg");
  const choose = (choice) => {
    modal.close();
    askToDecide(context, one, choice, situation, done);
  };
  modal
    .fill(
      facts(context, one),
      context.mayChange && [
        ours(one, "software", t("participant.this.software"), choose),
        one.organisationKey &&
          ours(
            one,
            "organisation",
            t("participant.whole.organisation", organisationName(one)),
            choose,
          ),
      ],
      keys(context, one),
    )
    .actions(button(t("close"), () => modal.close(), { kind: "secondary" }));
}

const fact = (term, ...description) =>
  div(
    "pf-v5-c-description-list__group",
    el("dt", { class: "pf-v5-c-description-list__term" }, term),
    el("dd", { class: "pf-v5-c-description-list__description" }, ...description),
  );

const code = (text) => el("code", { class: "fapi-id" }, text);

function facts(context, one) {
  return el(
    "dl",
    { class: "pf-v5-c-description-list fapi-participant-facts" },
    fact(
      t("participant.organisation"),
      el("div", {}, el("bdi", {}, organisationName(one))),
      el("div", {}, code(one.organisationId)),
      one.organisationKey &&
        link(
          context.href("participants", { organisation: one.organisationKey, registered: "any" }),
          t("participant.same.organisation"),
        ),
    ),
    fact(
      t("participant.software"),
      el("div", {}, el("bdi", {}, software(one))),
      el("div", {}, code(one.softwareId)),
      div("fapi-note", t(one.listed ? "participant.listed" : "participant.unlisted")),
    ),
    fact(t("participant.client"), client(context, one)),
    fact(t("participant.state"), decision(one)),
    fact(
      t("participant.roles"),
      one.roles.length > 0
        ? div(
            "fapi-labels",
            one.roles.map((role) => label(role)),
          )
        : t("participant.roles.none"),
    ),
    fact(
      t("participant.registered"),
      el("div", {}, one.registeredAt ? time(one.registeredAt) : t("participant.never")),
      one.statementAt && div("fapi-note", t("participant.statement", time(one.statementAt))),
    ),
    one.certificate &&
      fact(
        t("participant.certificate"),
        one.certificate.subject && el("div", {}, el("bdi", {}, one.certificate.subject)),
        one.certificate.thumbprint && el("div", {}, code(one.certificate.thumbprint)),
        endOf(one.certificate.notAfter),
      ),
  );
}

function client(context, { clientId, clientUuid }) {
  if (!clientId) {
    return t("participant.no.client");
  }
  return [
    el("div", {}, link(context.href("clients", {}, clientId), el("bdi", {}, clientId))),
    el(
      "div",
      {},
      link(
        `../#/${encodeURIComponent(context.realm)}/clients/${encodeURIComponent(clientUuid)}/settings`,
        t("client.settings.open"),
      ),
    ),
    el("div", {}, link(context.href("grants", { client: clientId }), t("client.grants.open"))),
  ];
}

function keys(context, { clientId, keys: stored }) {
  if (!clientId) {
    return null;
  }
  return [
    el("h2", { class: "pf-v5-c-title pf-m-lg" }, t("participant.keys")),
    stored.length > 0 &&
      table(
        t("participant.keys"),
        [t("keys.key"), t("keys.algorithm"), t("keys.end")],
        stored.map(({ kid, use, alg, notAfter }) => [
          el("code", {}, kid ?? "–"),
          [el("div", {}, alg ?? "–"), use && div("fapi-note", use)],
          endOf(notAfter),
        ]),
      ),
    el("p", {}, keysOf(context, clientId)),
  ];
}

/** What can follow on what administrators have decided: something stricter, or its end. */
const CHOICES = {
  none: ["suspended", "withdrawn", "removed"],
  suspended: ["active", "withdrawn", "removed"],
  withdrawn: ["active", "removed"],
  removed: ["active"],
};

const KINDS = { removed: "danger" };

/** What administrators can decide, and what they have decided if the state does not say it. */
function ours(one, scope, title, choose) {
  const whole = scope === "organisation";
  const own = whole ? one.organisationByAdministrator : one.byAdministrator;
  const shown = one.source === "administrator" && one.onOrganisation === whole;
  const choices = CHOICES[own?.state ?? "none"].filter((state) => !whole || state !== "removed");
  return el(
    "section",
    { class: "fapi-choices" },
    el("h2", { class: "pf-v5-c-title pf-m-lg" }, title),
    own &&
      !shown &&
      el(
        "div",
        {},
        div("fapi-note", t("participant.decided")),
        decision({ ...own, onOrganisation: false }),
      ),
    div(
      "fapi-labels",
      choices.map((state) =>
        button(t(`participant.do.${state}`), () => choose({ scope, state, own }), {
          kind: KINDS[state] ?? "secondary",
          "aria-label": `${t(`participant.do.${state}`)}: ${title}`,
        }),
      ),
    ),
  );
}
