// The ecosystem of the realm, and how well its directory is followed.

import { div, el } from "./dom.js";
import { failure, said } from "./domain.js";
import { alert, button, emptyState, label, link, Modal } from "./patternfly.js";
import { stateLabel, STATES } from "./participant-parts.js";
import { duration, list as words, number, t, time } from "./texts.js";

/** Without an ecosystem: what it is for, and how to choose one. */
export function noEcosystem({ realm }, { available, total }) {
  return [
    total > 0 && alert("warning", t("ecosystem.left"), el("p", {}, t("ecosystem.left.what"))),
    emptyState("university", t("ecosystem.none"), [
      el("p", {}, t("ecosystem.none.what")),
      el("p", {}, t("ecosystem.none.how", words(available))),
      el(
        "pre",
        { class: "fapi-json fapi-command", tabindex: 0, "aria-label": t("ecosystem.command") },
        `kcadm.sh update realms/${quoted(realm)} -s 'attributes."fapi.ecosystem"=${available[0]}'`,
      ),
      el("p", {}, t("ecosystem.none.docs")),
    ]),
  ];
}

/** As one word of a shell. */
const quoted = (text) => (/^[\w.-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`);

/** Which ecosystem it is, and what is known of its directory. */
export function ecosystemCard(context, { ecosystem, directory }, done) {
  return div(
    "pf-v5-c-card fapi-mode",
    div(
      "pf-v5-c-card__header",
      directory &&
        context.mayChange &&
        div("pf-v5-c-card__actions pf-m-no-offset", reader(context, done)),
      div(
        "pf-v5-c-card__header-main",
        el(
          "h2",
          { class: "pf-v5-c-title pf-m-lg" },
          el("bdi", {}, ecosystem.name ?? ecosystem.id),
          " ",
          ecosystem.version && label(ecosystem.version, "blue", { iconName: null }),
        ),
      ),
    ),
    div(
      "pf-v5-c-card__body",
      ecosystem.problem
        ? alert(
            "danger",
            t("ecosystem.broken"),
            el("p", {}, said(ecosystem, "problem")),
            el("p", {}, t("ecosystem.broken.what", ecosystem.id)),
          )
        : directory
          ? [facts(directory), alarm(context, directory, done)]
          : el("p", {}, t("directory.none")),
    ),
  );
}

function facts({ uri, lastSuccess, organisations, software, every }) {
  return [
    el("p", {}, t("directory.uri"), " ", el("code", {}, uri)),
    el(
      "p",
      {},
      lastSuccess
        ? t("directory.read", time(lastSuccess), number(organisations), number(software))
        : t("directory.unread"),
      " ",
      t("directory.interval", duration(every)),
    ),
  ];
}

/** What is wrong with the directory, and what to do. */
function alarm(context, directory, done) {
  const { stale, problem, heldBack, lastSuccess, lastAttempt } = directory;
  if (!stale && !problem) {
    return null;
  }
  return alert(
    stale ? "danger" : "warning",
    stale ? t("directory.stale") : t("directory.failed"),
    problem && el("p", {}, t("directory.attempt", time(lastAttempt))),
    problem && el("p", {}, said(directory, "problem")),
    el("p", {}, lastSuccess ? t("directory.kept", time(lastSuccess)) : t("directory.kept.nothing")),
    el("p", {}, t(heldBack ? "directory.force.when" : "directory.remedy")),
    heldBack &&
      context.mayChange &&
      el(
        "p",
        {},
        button(t("directory.force"), () => askToForce(context, done), {
          kind: "link pf-m-inline",
        }),
      ),
  );
}

function reader(context, done) {
  const run = async () => {
    reading.disabled = true;
    reading.setAttribute("aria-busy", "true");
    try {
      done(outcome(await context.api.readDirectory(false)));
    } catch (e) {
      done(failure(e));
    }
  };
  const reading = button(t("directory.now"), run, { iconName: "sync" });
  return reading;
}

const outcome = ({ directory }) =>
  directory.problem
    ? alert("warning", t("directory.failed"))
    : alert(
        "success",
        t("directory.done", number(directory.organisations), number(directory.software)),
      );

/** A list that would end many participants at once is applied only if somebody says so. */
function askToForce(context, done) {
  const modal = new Modal(t("directory.force.title"), "sm");
  const confirm = button(
    t("directory.force"),
    () =>
      modal.busy(async () => {
        try {
          const answer = await context.api.readDirectory(true);
          modal.close();
          done(outcome(answer));
        } catch (e) {
          modal.fill(failure(e));
        }
      }),
    { kind: "danger" },
  );
  modal
    .fill(
      el("p", {}, t("directory.force.when")),
      alert("warning", t("directory.force.what"), el("p", {}, t("directory.force.users"))),
    )
    .actions(
      confirm,
      button(t("cancel"), () => modal.close(), { kind: "link" }),
    );
}

/** Says where states do not have the effect that one expects. */
export const effect = ({ state, mode }) =>
  (state === "notApplied" || mode === "report") &&
  alert(
    "warning",
    t(state === "notApplied" ? "participants.not.applied" : "participants.report"),
    el("p", {}, t("participants.not.refused")),
  );

/** How many clients are in each state. */
export const counts = ({ counts: all, total }) =>
  div(
    "fapi-labels",
    STATES.filter((state) => state !== "removed" && all[state] > 0).map((state) =>
      stateLabel(state, all[state]),
    ),
    label(t("participants.total", number(total)), "grey", { iconName: "users" }),
  );

/** A link to the keys of a client, those at its jwks_uri included. */
export const keysOf = (context, clientId) =>
  link(context.href("keys", { search: clientId, fetch: "true" }), t("participant.keys.all"));
