// Switches a realm or a client between report and enforce, after showing the effect.

import { div, el, fill } from "./dom.js";
import { failure } from "./domain.js";
import { alert, button, details, label, Modal, select, spinner, table } from "./patternfly.js";
import { list, n, number, t, time } from "./texts.js";

/** For how many days clients can be asked to have been clean. */
const DAYS = [1, 7, 14, 30, 90];

export const modeLabel = (mode) =>
  mode === "enforce"
    ? label(t("mode.enforce"), "green", { iconName: "shield-alt" })
    : label(t("mode.report"), "blue", { iconName: "eye" });

const STATES = {
  notApplied: ["grey", "minus-circle"],
  report: ["blue", "eye"],
  enforced: ["green", "shield-alt"],
};

/** Where a realm stands, or a profile in it. */
export function stateLabel(state) {
  const [colour, iconName] = STATES[state];
  return label(t(`standing.${state}`), colour, { iconName });
}

/** Asks before it switches; without a client it is the whole realm. */
export function askToSwitch(context, mode, client, done) {
  const scope = client ? "client" : "realm";
  const modal = new Modal(
    t(`switch.${scope}.${mode}.title`, client?.clientId ?? context.realm),
    "sm",
  );
  const confirm = button(
    t(`switch.${mode}`),
    () =>
      modal.busy(async () => {
        try {
          await context.api.switchTo(mode, client?.clientId);
          modal.close();
          done(
            alert("success", t(`switch.${scope}.${mode}.done`, client?.clientId ?? context.realm)),
          );
        } catch (e) {
          modal.fill(failure(e));
        }
      }),
    { kind: mode === "enforce" ? "primary" : "warning" },
  );
  const failing = client?.wouldBeRefused ?? 0;
  modal
    .fill(
      el("p", {}, t(`switch.${scope}.${mode}.what`)),
      mode === "enforce" &&
        failing > 0 &&
        alert("warning", n("switch.client.enforce.failing", failing)),
    )
    .actions(
      confirm,
      button(t("cancel"), () => modal.close(), { kind: "link" }),
    );
}

/** Moves all clients that have been clean for some days to enforcing, after showing them. */
export function askToEnforceClean(context, done) {
  const modal = new Modal(t("bulk.title"), "md");
  const found = div("");
  const close = (text) => button(text, () => modal.close(), { kind: "link" });
  const look = async (days) => {
    fill(found, spinner());
    modal.actions(close(t("cancel")));
    try {
      const plan = await context.api.enforceClean(days);
      fill(found, cleanClients(plan));
      modal.actions(
        plan.clients.length > 0 &&
          plan.blocked === undefined &&
          button(n("bulk.enforce", plan.clients.length), () => enforce(plan), { kind: "primary" }),
        close(t("cancel")),
      );
    } catch (e) {
      fill(found, failure(e));
    }
  };
  const enforce = (plan) =>
    modal.busy(async () => {
      try {
        const answer = await context.api.enforceClean(plan.cleanDays, plan.planId);
        modal.close();
        done(alert("success", n("bulk.done", answer.clients.length)));
      } catch (e) {
        fill(found, failure(e));
        modal.actions(close(t("close")));
      }
    });
  const chosen = 7;
  modal.fill(
    el("p", {}, t("bulk.what")),
    select(
      t("bulk.time"),
      DAYS.map((days) => [String(days), n("bulk.days", days)]),
      String(chosen),
      (days) => look(Number(days)),
    ),
    found,
  );
  look(chosen);
}

const REASONS = ["refusals", "noRequests", "tooShort", "findings"];

function cleanClients({ clients, left, blocked }) {
  return [
    blocked !== undefined && alert("warning", t("rollout.blocked"), el("p", {}, blocked)),
    el("p", { class: "fapi-lead", role: "status" }, n("bulk.clean", clients.length)),
    clients.length > 0 &&
      details(t("bulk.which"), () =>
        table(
          t("bulk.which"),
          [t("client.id"), t("client.record"), t("client.last.seen")],
          clients.map(({ clientId, requests, lastSeen }) => [
            el("bdi", {}, clientId),
            number(requests),
            time(lastSeen),
          ]),
        ),
      ),
    REASONS.map((reason) => {
      const those = left.filter((one) => one.reason === reason);
      return (
        those.length > 0 &&
        details(n(`bulk.left.${reason}`, those.length), () =>
          el("p", {}, list(those.map(({ clientId }) => clientId))),
        )
      );
    }),
  ];
}
