// The frame around the views: the user, the realm and the view.

import { Api } from "./api.js";
import { div, el, fill, icon, newId, span } from "./dom.js";
import { Login, LoginError } from "./login.js";
import { failure } from "./domain.js";
import { alert, button, label, select } from "./patternfly.js";
import { chooseLanguage, knownLanguages, languageTag, list, loadTexts, t } from "./texts.js";
import * as client from "./client.js";
import * as clients from "./clients.js";
import * as grants from "./grants.js";
import * as history from "./history.js";
import * as keys from "./keys.js";
import * as overview from "./overview.js";
import * as participants from "./participants.js";
import * as refusals from "./refusals.js";

const VIEWS = { overview, clients, participants, grants, refusals, history, keys };
const WIDE = window.matchMedia("(min-width: 1200px)");

const settings = JSON.parse(document.body.dataset.page);
const app = document.getElementById("app");
const login = new Login(settings);

/** #/{realm}/{view}/{argument}?{query} */
function route() {
  const [path, query] = window.location.hash.replace(/^#\/?/, "").split("?");
  const [realm, view, argument] = path.split("/").map(decoded);
  return {
    realm: realm || settings.realm,
    view: Object.hasOwn(VIEWS, view ?? "") ? view : "overview",
    argument: view === "clients" ? argument : undefined,
    query: new URLSearchParams(query),
  };
}

function decoded(step) {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function href(realm, view, query = {}, argument = undefined) {
  const used = Object.entries(query).filter(([, value]) => value || value === 0);
  const steps = [realm, view, argument]
    .filter((step) => step !== undefined)
    .map(encodeURIComponent);
  return `#/${steps.join("/")}${used.length ? `?${new URLSearchParams(used)}` : ""}`;
}

/** The values that every view gets. */
function contextOf({ realm, view, argument, query }, roles) {
  const api = new Api(login, settings.adminUrl, realm);
  let profiles;
  return {
    api,
    realm,
    view,
    argument,
    query,
    isMaster: realm === settings.masterRealm,
    mayChange: roles.includes("manage-realm") && roles.includes("manage-clients"),
    /** Which profiles there are; asked once for a view. */
    profiles: () => (profiles ??= api.profiles(false)),
    /** The profile in the address, otherwise the last one that was shown, otherwise the realm's own. */
    chosen: (all) => {
      const wanted = query.get("profile") ?? lastProfile;
      lastProfile = all.find(({ name }) => name === wanted)?.name;
      return all.find(({ name }) => name === lastProfile) ?? all.find((one) => one.recommended);
    },
    /** Selects the realm's own profile again. */
    forgetChoice: () => {
      lastProfile = undefined;
    },
    href: (...to) => href(realm, ...to),
    go: (...to) => {
      window.location.hash = href(realm, ...to);
    },
  };
}

let lastProfile;
let access = { realm: null, roles: [] };

/** What the user may do in a realm, as the admin console finds it out. */
async function rolesIn(realm) {
  if (access.realm !== realm) {
    const who = await new Api(login, settings.adminUrl, realm).whoAmI(settings.realm, realm);
    const roles = who.realm_access[realm] ?? [];
    access = { realm, roles };
    return roles;
  }
  return access.roles;
}

const VIEW_ROLES = [
  ["view-realm", "manage-realm"],
  ["view-clients", "manage-clients"],
];

const lacking = (roles) =>
  VIEW_ROLES.filter((either) => !either.some((role) => roles.includes(role))).map(([role]) => role);

async function realmNames() {
  try {
    const realms = await new Api(login, settings.adminUrl, settings.realm).realms();
    return realms.map(({ realm, displayName }) => [realm, displayName || realm]);
  } catch {
    return []; // who may not see the list can still open a realm by its address
  }
}

function frame(realms) {
  const sidebar = div("pf-v5-c-page__sidebar-body");
  const aside = div(
    `pf-v5-c-page__sidebar ${WIDE.matches ? "pf-m-expanded" : "pf-m-collapsed"}`,
    sidebar,
  );
  const main = el("main", { class: "pf-v5-c-page__main", id: "fapi-main", tabindex: -1 });
  const toggle = el(
    "button",
    {
      class: "pf-v5-c-button pf-m-plain",
      type: "button",
      "aria-label": t("nav.toggle"),
      onclick: () => expand(!aside.classList.contains("pf-m-expanded")),
    },
    icon("bars"),
  );
  const expand = (open) => {
    aside.classList.toggle("pf-m-expanded", open);
    aside.classList.toggle("pf-m-collapsed", !open);
    aside.toggleAttribute("inert", !open);
    toggle.setAttribute("aria-expanded", open);
  };
  expand(WIDE.matches);
  WIDE.addEventListener("change", () => expand(WIDE.matches));
  fill(
    app,
    div(
      "pf-v5-c-page",
      div(
        "pf-v5-c-skip-to-content",
        button(t("skip"), () => main.focus(), { kind: "primary" }),
      ),
      el(
        "header",
        { class: "pf-v5-c-masthead" },
        span("pf-v5-c-masthead__toggle", toggle),
        div(
          "pf-v5-c-masthead__main",
          el(
            "a",
            { class: "pf-v5-c-masthead__brand", href: "../", "aria-label": t("console") },
            el("img", { class: "pf-v5-c-brand fapi-logo", src: settings.logo, alt: "" }),
          ),
        ),
        div(
          "pf-v5-c-masthead__content fapi-user",
          el("span", {}, icon("user"), " ", el("bdi", {}, login.userName ?? "")),
          button(t("logout"), () => login.leave(), { kind: "link" }),
        ),
      ),
      aside,
      main,
    ),
  );
  return { sidebar, main, realms, close: () => !WIDE.matches && expand(false) };
}

function section(title, ...items) {
  const id = newId("section");
  return el(
    "section",
    { class: "pf-v5-c-nav__section", "aria-labelledby": id },
    el("h2", { class: "pf-v5-c-nav__section-title", id }, title),
    el("ul", { class: "pf-v5-c-nav__list", role: "list" }, ...items),
  );
}

function navigation({ sidebar, realms }, { realm, view }) {
  const entry = ([name]) =>
    el(
      "li",
      { class: "pf-v5-c-nav__item" },
      el(
        "a",
        {
          class: `pf-v5-c-nav__link${name === view ? " pf-m-current" : ""}`,
          href: href(realm, name),
          "aria-current": name === view ? "page" : null,
        },
        t(`nav.${name}`),
      ),
    );
  const named = realms.find(([name]) => name === realm);
  fill(
    sidebar,
    el(
      "nav",
      { class: "pf-v5-c-nav", "aria-label": t("nav") },
      el(
        "h2",
        { class: "pf-v5-c-nav__section-title fapi-realm" },
        el("bdi", {}, named ? named[1] : realm),
        " ",
        label(t("nav.realm"), "blue", { iconName: null }),
      ),
      realms.length > 1 &&
        div(
          "fapi-realms",
          select(t("nav.choose.realm"), realms, realm, (name) => {
            window.location.hash = href(name, "overview");
          }),
        ),
      section(t("nav"), Object.entries(VIEWS).map(entry)),
      section(
        t("console"),
        el(
          "li",
          { class: "pf-v5-c-nav__item" },
          el(
            "a",
            { class: "pf-v5-c-nav__link", href: `../#/${encodeURIComponent(realm)}` },
            t("console.back"),
          ),
        ),
      ),
      div(
        "fapi-languages",
        select(t("language"), knownLanguages(), languageTag(), (tag) => {
          chooseLanguage(tag);
          window.location.reload();
        }),
      ),
    ),
  );
}

function heading(context, name) {
  const parent = context.argument !== undefined;
  return el(
    "section",
    { class: "pf-v5-c-page__main-section pf-m-light" },
    parent &&
      el(
        "nav",
        { class: "pf-v5-c-breadcrumb", "aria-label": t("breadcrumb") },
        el(
          "ol",
          { class: "pf-v5-c-breadcrumb__list", role: "list" },
          el(
            "li",
            { class: "pf-v5-c-breadcrumb__item" },
            el(
              "a",
              { class: "pf-v5-c-breadcrumb__link", href: context.href("clients") },
              t("nav.clients"),
            ),
          ),
          el(
            "li",
            { class: "pf-v5-c-breadcrumb__item" },
            span("pf-v5-c-breadcrumb__item-divider", icon("angle-right")),
            el(
              "span",
              { class: "pf-v5-c-breadcrumb__link pf-m-current", "aria-current": "page" },
              el("bdi", {}, name),
            ),
          ),
        ),
      ),
    el("h1", { class: "pf-v5-c-title pf-m-2xl", tabindex: -1 }, el("bdi", {}, name)),
    !parent && el("p", { class: "fapi-intro" }, t(`${context.view}.intro`)),
  );
}

let turn = 0;

async function open(parts, first) {
  const mine = ++turn;
  const wanted = route();
  const page = div("fapi-page");
  const body = el("section", { class: "pf-v5-c-page__main-section pf-m-light fapi-body" }, page);
  document.querySelectorAll("dialog").forEach((dialog) => dialog.close());
  let roles;
  try {
    roles = await rolesIn(wanted.realm);
    if (mine !== turn) {
      return; // meanwhile the user has gone elsewhere
    }
  } catch (e) {
    if (mine !== turn) {
      return;
    }
    navigation(parts, wanted);
    fill(parts.main, body);
    fill(page, el("h1", { class: "pf-v5-c-title pf-m-2xl" }, wanted.realm), failure(e));
    return;
  }
  const context = contextOf(wanted, roles);
  const view = wanted.argument === undefined ? VIEWS[wanted.view] : client;
  const name = view.title(context);
  document.title = `${name} · FAPI · ${wanted.realm}`;
  navigation(parts, wanted);
  fill(parts.main, heading(context, name), body);
  parts.main.scrollTo(0, 0);
  parts.close();
  if (!first) {
    parts.main.querySelector("h1").focus();
  }
  const missing = lacking(roles);
  if (missing.length > 0) {
    fill(
      page,
      alert("danger", t("error.forbidden"), el("p", {}, t("error.lacking", list(missing)))),
    );
    return;
  }
  await view.show(page, context);
}

/** Where there is no frame yet. */
function stop(error) {
  const known = { https: "login.https", iss: "login.other", nonce: "login.other" };
  fill(
    app,
    el(
      "main",
      { class: "fapi-stop" },
      el("h1", { class: "pf-v5-c-title pf-m-2xl" }, "FAPI"),
      error instanceof LoginError
        ? alert("danger", t("login.failed"), el("p", {}, t(known[error.message] ?? error.message)))
        : failure(error),
      el(
        "p",
        { class: "fapi-more" },
        button(t("login.again"), () => login.start().catch(stop), { kind: "primary" }),
      ),
    ),
  );
}

try {
  await loadTexts();
  if (await login.enter()) {
    if (login.userLocale && login.userLocale !== languageTag()) {
      await loadTexts(login.userLocale);
    }
    const parts = frame(await realmNames());
    window.addEventListener("hashchange", () => open(parts, false));
    await open(parts, true);
  }
} catch (e) {
  stop(e);
}
