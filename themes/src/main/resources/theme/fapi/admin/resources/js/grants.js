// What users let clients do, per client and per user, and how an administrator ends it.

import { div, el, fill } from "./dom.js";
import { failure } from "./domain.js";
import {
  alert,
  button,
  details,
  emptyState,
  link,
  Modal,
  News,
  pagination,
  search,
  skeleton,
  table,
  toolbar,
} from "./patternfly.js";
import { n, t, time } from "./texts.js";

export const title = () => t("nav.grants");

export async function show(page, context, message) {
  const { query } = context;
  const size = Number(query.get("max")) || 10;
  const first = Number(query.get("first")) || 0;
  const wanted = { client: query.get("client") ?? "", user: query.get("user") ?? "" };
  const news = new News();
  const content = div("", skeleton(6));
  const go = (change) => context.go("grants", { ...wanted, max: size, first: 0, ...change });
  const again = (told) => show(page, context, told);
  fill(
    page,
    news.element,
    toolbar(
      search(t("grants.client"), wanted.client, (client) => go({ client })),
      search(t("grants.user"), wanted.user, (user) => go({ user })),
    ),
    content,
  );
  if (message) {
    news.tell(message);
  }
  if (!wanted.client && !wanted.user) {
    fill(content, emptyState("search", t("grants.choose"), t("grants.choose.what")));
    return;
  }
  try {
    const found = await grantsOf(context, wanted, first, size + 1);
    const shown = found.slice(0, size);
    const place = { first, shown: shown.length, size, more: found.length > size };
    fill(
      content,
      toolbar(pagination(place, (from, max) => go({ first: from, max }))),
      shown.length === 0
        ? emptyState("search", t("grants.none"), t("grants.none.what"))
        : grantTable(context, shown, again),
    );
  } catch (e) {
    fill(content, failure(e));
  }
}

/** A user is searched by name, which the API of grants does not know. */
async function grantsOf(context, { client, user }, first, max) {
  const owner = user && (await context.api.user(user));
  if (user && !owner) {
    return [];
  }
  const { grants } = await context.api.grants({ client, user: owner?.id, first, max });
  return grants;
}

function grantTable(context, grants, done) {
  return table(
    title(),
    [
      t("grant.user"),
      t("grant.client"),
      t("grant.what"),
      t("grant.since"),
      t("grant.until"),
      t("grant.action"),
    ],
    grants.map((grant) => [
      grant.username ? el("bdi", {}, grant.username) : t("grant.hidden"),
      grant.clientId
        ? link(context.href("clients", {}, grant.clientId), el("bdi", {}, grant.clientId))
        : t("grant.hidden"),
      contents(grant),
      time(grant.createdAt * 1000),
      grant.expiresAt === null ? t("grant.no.end") : time(grant.expiresAt * 1000),
      grant.mayRevoke &&
        button(t("grant.revoke"), () => askToRevoke(context, grant, done), {
          kind: "secondary pf-m-small",
        }),
    ]),
  );
}

/** Scopes and claims in a line each, and the objects of authorization_details when opened. */
function contents({ scopes, claims, authorizationDetails, authorizationDetailsHidden }) {
  return [
    scopes.length > 0 && el("div", {}, el("bdi", {}, scopes.join(" "))),
    claims.length > 0 && div("fapi-note", t("grant.claims", claims.join(" "))),
    authorizationDetails.length > 0 &&
      details(n("grant.details", authorizationDetails.length), () =>
        authorizationDetails.map((one) =>
          el(
            "pre",
            { class: "fapi-json", tabindex: 0, "aria-label": t("change.json") },
            JSON.stringify(one, null, 2),
          ),
        ),
      ),
    authorizationDetailsHidden && div("fapi-note", t("grant.details.hidden")),
  ];
}

function askToRevoke(context, grant, done) {
  const modal = new Modal(t("grant.revoke.title"), "sm");
  const confirm = button(
    t("grant.revoke"),
    () =>
      modal.busy(async () => {
        try {
          await context.api.revokeGrant(grant.id);
          modal.close();
          done(alert("success", t("grant.revoked")));
        } catch (e) {
          modal.fill(failure(e));
        }
      }),
    { kind: "danger" },
  );
  modal
    .fill(
      el(
        "p",
        {},
        t(
          "grant.revoke.who",
          grant.username ?? t("grant.hidden"),
          grant.clientId ?? t("grant.hidden"),
        ),
      ),
      el("p", {}, t("grant.revoke.what")),
    )
    .actions(
      confirm,
      button(t("cancel"), () => modal.close(), { kind: "link" }),
    );
}
