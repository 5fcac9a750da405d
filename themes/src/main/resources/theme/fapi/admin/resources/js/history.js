// What administrators have changed in the realm, and the way to take it back.

import { groups, inKinds } from "./apply.js";
import { div, el, fill } from "./dom.js";
import { failure } from "./domain.js";
import {
  alert,
  button,
  details,
  emptyState,
  label,
  Modal,
  News,
  pagination,
  skeleton,
  spinner,
  table,
  toolbar,
} from "./patternfly.js";
import { n, number, t, time } from "./texts.js";

export const title = () => t("nav.history");

export async function show(page, context, message) {
  const { query } = context;
  const size = Number(query.get("max")) || 20;
  const first = Number(query.get("first")) || 0;
  const news = new News();
  const content = div("", skeleton(6));
  const go = (from, max) => context.go("history", { first: from, max });
  fill(page, news.element, content);
  if (message) {
    news.tell(message);
  }
  try {
    const [profiles, answer] = await Promise.all([
      context.profiles(),
      context.api.history({ first, max: size }),
    ]);
    const names = new Map(profiles.map(({ name, displayName }) => [name, displayName]));
    const { entries, total } = answer;
    const place = { first, shown: entries.length, size, more: first + entries.length < total };
    const again = (told) => show(page, context, told);
    fill(
      content,
      toolbar(pagination(place, go)),
      entries.length === 0
        ? emptyState("history", t("history.none"), t("history.none.what"))
        : historyTable(context, entries, names, again),
      el("p", { class: "fapi-note" }, t("history.bounds", number(answer.mostEntries))),
    );
  } catch (e) {
    fill(content, failure(e));
  }
}

function historyTable(context, entries, names, done) {
  return table(
    title(),
    [t("history.when"), t("history.who"), t("history.what"), t("history.state")],
    entries.map((entry) => [
      time(entry.time),
      who(entry.who),
      [
        el("div", {}, el("bdi", {}, words(entry, names))),
        facts(entry.counts),
        details(t("history.show"), () => loaded(context, entry)),
      ],
      state(context, entry, names, done),
    ]),
    "fapi-history",
  );
}

const who = ({ username, client, realm }) => [
  el("div", {}, el("bdi", {}, username ?? client ?? "")),
  client && div("fapi-note", t("history.who.by", client, realm)),
];

/** What an entry was, in one line. */
function words({ kind, mode, profile, clients, clientCount, of }, names) {
  const named = names.get(profile) ?? profile;
  switch (kind) {
    case "apply":
      return t(`history.apply.${mode}`, named);
    case "realm-mode":
      return t(`history.realm.${mode}`);
    case "client-mode":
      return t(`history.client.${mode}`, clients[0]);
    case "clients-mode":
      return t(`history.clients.${mode}`, number(clientCount));
    default:
      return of
        ? t(
            "history.undo",
            of.kind === "undo"
              ? t("history.undo.undo")
              : words({ kind: of.kind, mode, profile, clients, clientCount }, names),
          )
        : t("history.undo.unknown");
  }
}

function facts(counts) {
  const parts = [
    ...inKinds(counts),
    counts.client > 0 && t("history.changed.clients", number(counts.client)),
    counts.disabled > 0 && t("history.disabled.clients", number(counts.disabled)),
  ].filter(Boolean);
  return div("fapi-note", parts.join(" · "));
}

/** The changes of an entry are only asked for when somebody wants to see them. */
function loaded(context, entry) {
  const content = div("", spinner());
  context.api.historyEntry(entry.id).then(
    ({ undo }) =>
      fill(
        content,
        undo ? groups(undo.changes) : el("p", {}, t(`history.document.${entry.document}`)),
      ),
    (e) => fill(content, failure(e)),
  );
  return content;
}

function state(context, entry, names, done) {
  if (entry.undone) {
    return [
      label(t("history.undone"), "grey", { iconName: "undo" }),
      div(
        "fapi-note",
        t("history.undone.by", entry.undone.username ?? "", time(entry.undone.time)),
      ),
    ];
  }
  if (!entry.undoable) {
    return div("fapi-note", t(`history.document.${entry.document}`));
  }
  return (
    context.mayChange &&
    button(t("undo"), () => askToTakeBack(context, entry, names, done), {
      kind: "secondary pf-m-small",
      "aria-label": t("history.undo.label", words(entry, names), time(entry.time)),
    })
  );
}

const WHAT = {
  "realm-mode": "history.undo.realm.what",
  "client-mode": "history.undo.client.what",
  "clients-mode": "history.undo.client.what",
  undo: "history.undo.undo.what",
};

/** Explains the undo, asks for confirmation, and undoes. */
function askToTakeBack(context, entry, names, done) {
  const modal = new Modal(t("history.undo.title"), "sm");
  const close = (text) => button(text, () => modal.close(), { kind: "link" });
  const confirm = button(
    t("undo"),
    () =>
      modal.busy(async () => {
        try {
          const answer = await context.api.undoEntry(entry.id);
          modal.close();
          done(alert("success", n("undone", answer.changes.length)));
        } catch (e) {
          modal.fill(failure(e)).actions(close(t("close")));
        }
      }),
    { kind: "danger" },
  );
  modal
    .fill(
      el("p", { class: "fapi-lead" }, el("bdi", {}, words(entry, names)), ` (${time(entry.time)})`),
      facts(entry.counts),
      el(
        "p",
        {},
        entry.kind === "apply" ? n("undo.what", entry.counts.changes) : t(WHAT[entry.kind]),
      ),
      el("p", {}, t("undo.all")),
    )
    .actions(confirm, close(t("cancel")));
}
