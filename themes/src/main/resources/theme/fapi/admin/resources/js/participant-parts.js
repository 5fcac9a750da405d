// What the list of participants and their details have in common.

import { div, el } from "./dom.js";
import { label } from "./patternfly.js";
import { number, t, time } from "./texts.js";

/** The states, from the best to the worst. */
export const STATES = ["active", "suspended", "withdrawn", "removed"];

const LOOKS = {
  active: ["green", "check-circle"],
  suspended: ["orange", "pause-circle"],
  withdrawn: ["red", "ban"],
  removed: ["grey", "trash"],
};

const DAY = 86_400_000;

/** For so many days before their end, certificates are marked. */
const SOON = 30;

/** A state, or how many are in it. */
export function stateLabel(state, count) {
  const [colour, iconName] = LOOKS[state];
  const name = t(`participant.is.${state}`);
  return label(count === undefined ? name : `${name}: ${number(count)}`, colour, { iconName });
}

/** A software without a name is known by its id. */
export const software = ({ softwareName, softwareId }) => softwareName ?? softwareId;

export const organisationName = ({ organisationName: name, organisationId }) =>
  name ?? organisationId;

/** The organisation, and its state if that is not the reason that is shown anyway. */
export const organisation = (one) => [
  el("div", {}, el("bdi", {}, organisationName(one))),
  one.organisationState !== "active" &&
    !one.onOrganisation &&
    div("fapi-labels", stateLabel(one.organisationState)),
];

/** Who has decided, in words. */
export function source({ source: kind, by, onOrganisation }) {
  const who =
    kind === "administrator" && !by
      ? t("participant.source.somebody")
      : t(`participant.source.${kind}`, by);
  return onOrganisation ? t("participant.on.organisation", who) : who;
}

/** A state with its reason: since when, why and by whom. */
export const decision = (one) => [
  div("fapi-labels", stateLabel(one.state)),
  one.since && div("fapi-note", t("participant.since", time(one.since))),
  one.source && div("fapi-note", source(one)),
  one.why && div("fapi-note", el("q", {}, el("bdi", {}, one.why))),
];

/** The certificate and the keys that have an end, in the order in which they end. */
export const ends = ({ certificate, keys }) =>
  [
    certificate && { name: t("participant.certificate"), notAfter: certificate.notAfter },
    ...keys.map(({ kid, notAfter }) => ({ kid, name: t("keys.key"), notAfter })),
  ]
    .filter((one) => one?.notAfter)
    .sort((a, b) => a.notAfter - b.notAfter);

/** An end, marked if it is past or near. */
export function endOf(notAfter) {
  if (!notAfter) {
    return t("participant.no.end");
  }
  const days = Math.floor((notAfter - Date.now()) / DAY);
  return [
    div("fapi-note", time(notAfter)),
    days < 0
      ? div("fapi-labels", label(t("keys.state.ended"), "red"))
      : days < SOON && [
          div("fapi-labels", label(t("keys.state.ending"), "orange")),
          div("fapi-note", t("keys.days", number(days))),
        ],
  ];
}
