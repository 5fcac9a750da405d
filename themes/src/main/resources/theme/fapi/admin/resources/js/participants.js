// The participants of the realm's ecosystem: software of organisations, their clients and states.

import { div, el, fill } from "./dom.js";
import { failure } from "./domain.js";
import { counts, effect, ecosystemCard, noEcosystem } from "./ecosystem.js";
import { showDetails } from "./participant-details.js";
import { decision, endOf, ends, organisation, software, STATES } from "./participant-parts.js";
import {
  alert,
  button,
  emptyState,
  link,
  News,
  pagination,
  search,
  select,
  skeleton,
  table,
  toolbar,
} from "./patternfly.js";
import { t, time } from "./texts.js";

/** Whether a software has a client, as the API names it. */
const SHOWN = { true: "clients", false: "others", any: "all" };

export const title = () => t("nav.participants");

export async function show(page, context, message) {
  const { query } = context;
  const size = Number(query.get("max")) || 20;
  const first = Number(query.get("first")) || 0;
  const filter = Object.fromEntries(
    ["organisation", "search", "state", "registered"].map((key) => [key, query.get(key) ?? ""]),
  );
  const news = new News();
  const content = div("", skeleton(8));
  const go = (change) => context.go("participants", { ...filter, max: size, first: 0, ...change });
  const again = (told) => show(page, context, told);
  fill(page, news.element, content);
  if (message) {
    news.tell(message);
  }
  try {
    const [answer, rollout] = await Promise.all([
      context.api.participants({ ...filter, first, max: size }),
      context.api.rollout({ max: 0 }),
    ]);
    fill(
      content,
      answer.ecosystem === null
        ? noEcosystem(context, answer)
        : [ecosystemCard(context, answer, again), effect(rollout)],
      (answer.ecosystem !== null || answer.total > 0 || isFiltered(filter)) &&
        list(context, { ...answer, rollout, filter, first, size }, go, again),
    );
  } catch (e) {
    fill(content, failure(e));
  }
}

const isFiltered = (filter) => Object.values(filter).some(Boolean);

function list(context, answer, go, again) {
  const { participants, total, filter, first, size } = answer;
  const place = {
    first,
    shown: participants.length,
    size,
    more: first + participants.length < total,
    total,
  };
  return [
    filter.organisation && oneOrganisation(participants, go),
    toolbar(
      search(t("participants.search"), filter.search, (text) => go({ search: text })),
      select(
        t("participant.state"),
        [["", t("clients.any")], ...STATES.map((state) => [state, t(`participant.is.${state}`)])],
        filter.state,
        // A removed software has no client.
        (state) => go(state === "removed" ? { state, registered: "any" } : { state }),
      ),
      select(
        t("participants.show"),
        Object.entries(SHOWN).map(([value, name]) => [value, t(`participants.show.${name}`)]),
        filter.registered || "true",
        (registered) => go({ registered }),
      ),
      pagination(place, (from, max) => go({ first: from, max })),
    ),
    counts(answer),
    participants.length === 0 ? nobody(filter) : participantTable(context, answer, again),
  ];
}

function oneOrganisation(participants, go) {
  const [one] = participants;
  return alert(
    "info",
    t("participants.only", one ? (one.organisationName ?? one.organisationId) : "–"),
    el(
      "p",
      {},
      button(t("participants.only.end"), () => go({ organisation: "" }), {
        kind: "link pf-m-inline",
      }),
    ),
  );
}

const nobody = (filter) =>
  isFiltered(filter)
    ? emptyState("search", t("participants.none"), t("participants.none.what"))
    : emptyState("users", t("participants.none.yet"), t("participants.none.yet.what"));

function participantTable(context, { participants, ecosystem, rollout }, done) {
  return table(
    title(),
    [
      t("participant.organisation"),
      t("participant.software"),
      t("participant.client"),
      t("participant.state"),
      t("participant.ends"),
      t("participant.action"),
    ],
    participants.map((one) => [
      organisation(one),
      [
        el("div", {}, el("bdi", {}, software(one))),
        one.roles.length > 0 && div("fapi-note", el("bdi", {}, one.roles.join(", "))),
      ],
      client(context, one),
      decision(one),
      nextEnd(one),
      button(
        t("participant.details"),
        () => showDetails(context, one, { ecosystem, rollout }, done),
        {
          kind: "secondary pf-m-small",
          "aria-label": t("participant.details.of", software(one)),
        },
      ),
    ]),
    "fapi-participants",
  );
}

/** The certificate or key that ends first. */
function nextEnd(one) {
  const [next] = ends(one);
  return next
    ? [
        el("div", {}, next.kid ? [t("keys.key"), " ", el("code", {}, next.kid)] : next.name),
        endOf(next.notAfter),
      ]
    : t("participant.no.end");
}

const client = (context, { clientId, registeredAt, statementAt }) => [
  clientId
    ? link(context.href("clients", {}, clientId), el("bdi", {}, clientId))
    : el("div", {}, t("participant.no.client")),
  registeredAt && div("fapi-note", t("participant.registered.at", time(registeredAt))),
  statementAt && div("fapi-note", t("participant.statement", time(statementAt))),
];
