// Suspends, withdraws and removes participants and lifts that again, after saying what it means.

import { ApiError } from "./api.js";
import { div, el, fill, newId, span } from "./dom.js";
import { failure } from "./domain.js";
import { effect } from "./ecosystem.js";
import { organisationName, software, source, STATES } from "./participant-parts.js";
import { alert, button, details, Modal, skeleton } from "./patternfly.js";
import { n, number, t } from "./texts.js";

const LONGEST_REASON = 500;

/** How many of an organisation's clients are named. */
const MOST = 100;

const KINDS = { active: "primary", suspended: "warning", withdrawn: "danger", removed: "danger" };

/**
 * Asks for a reason and a confirmation, and then does it.
 *
 * @param choice the scope (software or organisation), the state (active lifts what administrators
 *     have decided), and what they have decided, if anything
 * @param situation the ecosystem, and whether the realm enforces
 */
export function askToDecide(context, one, choice, situation, done) {
  const { scope, state } = choice;
  const name = scope === "software" ? software(one) : organisationName(one);
  const modal = new Modal(t(`participant.ask.${scope}.${state}`, name), "md");
  const trouble = div("");
  const concerned = el("div", { "aria-live": "polite" });
  const reason = reasonField(state !== "active");
  const confirm = button(t(`participant.do.${state}`), () => send(), { kind: KINDS[state] });
  const send = () => {
    fill(trouble);
    if (!reason.isGiven()) {
      return;
    }
    modal.busy(async () => {
      try {
        const told = await decide(context, one, choice, reason.value());
        modal.close();
        done(told);
      } catch (e) {
        fill(trouble, failure(e), e instanceof ApiError && el("p", {}, t("participant.unchanged")));
        trouble.scrollIntoView({ block: "nearest" });
      }
    });
  };
  modal
    .fill(
      trouble,
      concerned,
      consequences(one, choice),
      situation.ecosystem === null
        ? alert("warning", t("ecosystem.left"), el("p", {}, t("ecosystem.left.what")))
        : ["suspended", "withdrawn"].includes(state) && effect(situation.rollout),
      reason.element,
    )
    .actions(
      confirm,
      button(t("cancel"), () => modal.close(), { kind: "link" }),
    );
  showConcerned(context, one, scope, concerned);
}

/** What happens, and what users notice. */
function consequences(one, { scope, state, own }) {
  if (state === "active") {
    return [
      el("p", {}, t("participant.effect.active")),
      el("p", {}, t(`participant.users.lifted.${own?.state ?? "suspended"}`)),
    ];
  }
  return [
    el("p", {}, t(`participant.effect.${state}`)),
    alert(
      state === "suspended" ? "info" : "danger",
      t(`participant.users.${state}`),
      el("p", {}, t(`participant.users.${state}.what`)),
    ),
    scope === "organisation" && el("p", {}, t("participant.effect.later")),
    isStricter(one, state) &&
      el("p", {}, t("participant.already", t(`participant.is.${one.state}`), source(one))),
  ];
}

/** Whether somebody else has decided the same or more already. */
const isStricter = (one, state) =>
  one.state !== "active" &&
  one.source !== "administrator" &&
  STATES.indexOf(one.state) >= STATES.indexOf(state);

async function showConcerned(context, one, scope, place) {
  if (scope === "software") {
    fill(
      place,
      one.clientId
        ? el("p", {}, t("participant.concerns", one.clientId))
        : el("p", {}, t("participant.concerns.nobody")),
    );
    return;
  }
  fill(place, skeleton(1));
  try {
    const { participants, total } = await context.api.participants({
      organisation: one.organisationKey,
      max: MOST,
    });
    fill(
      place,
      el(
        "p",
        {},
        total === 0 ? t("participant.concerns.nobody") : n("participant.concerned", total),
      ),
      total > 0 && details(t("participant.concerned.which"), () => clients(participants, total)),
    );
  } catch (e) {
    fill(place, failure(e));
  }
}

const clients = (participants, total) => [
  el(
    "ul",
    { class: "pf-v5-c-list" },
    participants.map((one) =>
      el("li", {}, el("bdi", {}, one.clientId), " (", el("bdi", {}, software(one)), ")"),
    ),
  ),
  total > participants.length &&
    el("p", {}, t("participant.concerned.more", number(total - participants.length))),
];

/** Does it; the result in words. */
async function decide({ api }, one, { scope, state }, reason) {
  if (scope === "organisation") {
    await api.decideOrganisation(one.organisationKey, state, reason);
    return alert("success", t(`participant.done.organisation.${state}`, organisationName(one)));
  }
  if (state === "removed") {
    await api.removeParticipant(one.id, reason);
    return alert("success", t("participant.done.removed", software(one)));
  }
  const after = await api.decide(one.id, state, reason);
  return state === "active" && after.state !== "active"
    ? alert(
        "warning",
        t("participant.done.still", software(one), t(`participant.is.${after.state}`)),
        el("p", {}, source(after)),
      )
    : alert("success", t(`participant.done.${state}`, software(one)));
}

/** A field for the reason, which may have to be given. */
function reasonField(required) {
  const [id, help, fault] = [newId("reason"), newId("help"), newId("fault")];
  const input = el("textarea", {
    id,
    rows: 2,
    maxlength: LONGEST_REASON,
    required,
    "aria-describedby": `${help} ${fault}`,
  });
  const missing = el("div", { id: fault, class: "fapi-missing", role: "alert" });
  const element = div(
    "fapi-field",
    el(
      "label",
      { class: "pf-v5-c-form__label", for: id },
      span(
        "pf-v5-c-form__label-text",
        t(required ? "participant.reason" : "participant.reason.optional"),
      ),
    ),
    span("pf-v5-c-form-control pf-m-textarea pf-m-resize-vertical", input),
    el(
      "div",
      { id: help, class: "fapi-note" },
      t(required ? "participant.reason.what" : "participant.reason.lift"),
    ),
    missing,
  );
  const value = () => input.value.trim() || undefined;
  return {
    element,
    value,
    isGiven: () => {
      const given = !required || value() !== undefined;
      input.setAttribute("aria-invalid", !given);
      fill(missing, !given && t("participant.reason.missing"));
      if (!given) {
        input.focus();
      }
      return given;
    },
  };
}
