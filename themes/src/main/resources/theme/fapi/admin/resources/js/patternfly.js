// Components of PatternFly, in the markup that its style expects; what they show is the business of others.

import { div, el, fill, icon, newId, put, span } from "./dom.js";
import { number, t } from "./texts.js";

export function button(text, onclick, { kind = "secondary", iconName, ...attributes } = {}) {
  return el(
    "button",
    { type: "button", class: `pf-v5-c-button pf-m-${kind}`, onclick, ...attributes },
    iconName && span("pf-v5-c-button__icon pf-m-start", icon(iconName)),
    text,
  );
}

export const link = (href, ...children) => el("a", { href }, ...children);

const ICONS = {
  red: "exclamation-circle",
  orange: "exclamation-triangle",
  blue: "info-circle",
  green: "check-circle",
};

/** A coloured label with an icon, so that the meaning does not depend on the colour. */
export function label(text, colour = "grey", { iconName = ICONS[colour], compact = false } = {}) {
  return span(
    `pf-v5-c-label${colour === "grey" ? "" : ` pf-m-${colour}`}${compact ? " pf-m-compact" : ""}`,
    span(
      "pf-v5-c-label__content",
      iconName && span("pf-v5-c-label__icon", icon(iconName)),
      span("pf-v5-c-label__text", text),
    ),
  );
}

const ALERTS = {
  danger: "exclamation-circle",
  warning: "exclamation-triangle",
  info: "info-circle",
  success: "check-circle",
};

export function alert(kind, title, ...children) {
  return el(
    "div",
    {
      class: `pf-v5-c-alert pf-m-inline pf-m-${kind}`,
      role: kind === "danger" ? "alert" : "status",
    },
    div("pf-v5-c-alert__icon", icon(ALERTS[kind])),
    el(
      "p",
      { class: "pf-v5-c-alert__title" },
      span("pf-v5-screen-reader", t(`alert.${kind}`)),
      title,
    ),
    children.flat().some(Boolean) && div("pf-v5-c-alert__description", ...children),
  );
}

/** The place for messages; they get the focus, because the element that had it may be gone. */
export class News {
  element = el("div", { class: "fapi-news", tabindex: -1 });

  tell(message) {
    fill(this.element, message);
    this.element.focus();
    this.element.scrollIntoView({ block: "nearest" });
  }
}

export const spinner = () =>
  div(
    "fapi-loading",
    put(
      el("span", { class: "pf-v5-c-spinner fapi-spinner", role: "progressbar" }),
      span("pf-v5-screen-reader", t("loading")),
    ),
  );

/** Grey bars where text will be. */
export const skeleton = (lines = 3) =>
  el(
    "div",
    { class: "fapi-skeleton", role: "status" },
    Array.from({ length: lines }, () => div("pf-v5-c-skeleton")),
    span("pf-v5-screen-reader", t("loading")),
  );

export function emptyState(iconName, title, text, ...actions) {
  return div(
    "pf-v5-c-empty-state",
    div(
      "pf-v5-c-empty-state__content",
      div(
        "pf-v5-c-empty-state__header",
        div("pf-v5-c-empty-state__icon", icon(iconName)),
        div(
          "pf-v5-c-empty-state__title",
          el("h2", { class: "pf-v5-c-empty-state__title-text" }, title),
        ),
      ),
      div("pf-v5-c-empty-state__body", text),
      actions.length > 0 &&
        div("pf-v5-c-empty-state__footer", div("pf-v5-c-empty-state__actions", ...actions)),
    ),
  );
}

/** A table; a row is a list of cells, or an element of its own. */
export function table(caption, columns, rows, css = "") {
  return el(
    "table",
    {
      class: `pf-v5-c-table pf-m-compact pf-m-grid-lg ${css}`,
      role: "table",
      "aria-label": caption,
    },
    el(
      "thead",
      { class: "pf-v5-c-table__thead" },
      el(
        "tr",
        { class: "pf-v5-c-table__tr", role: "row" },
        columns.map((name) =>
          el("th", { class: "pf-v5-c-table__th", role: "columnheader", scope: "col" }, name),
        ),
      ),
    ),
    el(
      "tbody",
      { class: "pf-v5-c-table__tbody", role: "rowgroup" },
      rows.map((cells) =>
        el(
          "tr",
          { class: "pf-v5-c-table__tr", role: "row" },
          cells.map((cell, index) =>
            el(
              "td",
              { class: "pf-v5-c-table__td", role: "cell", "data-label": columns[index] },
              div("", cell),
            ),
          ),
        ),
      ),
    ),
  );
}

/** A list to choose from; each option is a pair of value and text. */
export function select(name, options, chosen, onchange) {
  const id = newId("select");
  return div(
    "fapi-field",
    el("label", { class: "pf-v5-c-form__label", for: id }, span("pf-v5-c-form__label-text", name)),
    span(
      "pf-v5-c-form-control",
      el(
        "select",
        { id, onchange: (event) => onchange(event.target.value) },
        options.map(([value, text]) => el("option", { value, selected: value === chosen }, text)),
      ),
      span(
        "pf-v5-c-form-control__utilities",
        span("pf-v5-c-form-control__toggle-icon", icon("caret-down")),
      ),
    ),
  );
}

/** A field to search in; Enter searches. */
export function search(name, value, onsearch) {
  const input = el("input", {
    class: "pf-v5-c-text-input-group__text-input",
    type: "search",
    "aria-label": name,
    placeholder: name,
  });
  input.value = value;
  return el(
    "form",
    {
      class: "fapi-search",
      role: "search",
      onsubmit: (event) => {
        event.preventDefault();
        onsearch(input.value.trim());
      },
    },
    div(
      "pf-v5-c-text-input-group",
      div(
        "pf-v5-c-text-input-group__main pf-m-icon",
        span(
          "pf-v5-c-text-input-group__text",
          span("pf-v5-c-text-input-group__icon", icon("search")),
          input,
        ),
      ),
    ),
    el(
      "button",
      { class: "pf-v5-c-button pf-m-control", type: "submit", "aria-label": t("search") },
      icon("arrow-right"),
    ),
  );
}

export const toolbar = (...items) =>
  div(
    "pf-v5-c-toolbar",
    div(
      "pf-v5-c-toolbar__content",
      div(
        "pf-v5-c-toolbar__content-section fapi-toolbar",
        items.map((item) => item && div("pf-v5-c-toolbar__item", item)),
      ),
    ),
  );

/** Pagination; without a total, the last page is not known in advance. */
export function pagination({ first, shown, size, more, total }, go) {
  const control = (text, iconName, target, enabled) =>
    el(
      "div",
      { class: "pf-v5-c-pagination__nav-control" },
      el(
        "button",
        {
          class: "pf-v5-c-button pf-m-plain",
          type: "button",
          "aria-label": text,
          disabled: !enabled,
          onclick: () => go(target, size),
        },
        icon(iconName),
      ),
    );
  return div(
    "pf-v5-c-pagination fapi-pagination",
    select(
      t("pages.size"),
      [10, 20, 50, 100].map((count) => [String(count), number(count)]),
      String(size),
      (value) => go(0, Number(value)),
    ),
    div(
      "pf-v5-c-pagination__total-items fapi-shown",
      total === undefined
        ? t("pages.shown", number(shown ? first + 1 : 0), number(first + shown))
        : t("pages.of", number(shown ? first + 1 : 0), number(first + shown), number(total)),
    ),
    el(
      "nav",
      { class: "pf-v5-c-pagination__nav", "aria-label": t("pages") },
      control(t("pages.previous"), "angle-left", Math.max(0, first - size), first > 0),
      control(t("pages.next"), "angle-right", first + size, more),
    ),
  );
}

/** A section whose content is created when it is opened. */
export function details(summary, make) {
  const content = div("pf-v5-c-expandable-section__content fapi-details__content");
  return el(
    "details",
    {
      class: "fapi-details",
      ontoggle: (event) => {
        if (event.target.open && !content.hasChildNodes()) {
          fill(content, make());
        }
      },
    },
    el("summary", { class: "fapi-details__toggle" }, icon("angle-right"), span("", summary)),
    content,
  );
}

/** A dialog that keeps focus and keys until it is closed, and then returns the focus. */
export class Modal {
  #dialog;
  #body;
  #footer;

  constructor(title, size = "md") {
    const id = newId("title");
    this.#body = div("pf-v5-c-modal-box__body");
    this.#footer = el("footer", { class: "pf-v5-c-modal-box__footer" });
    this.#dialog = el(
      "dialog",
      {
        class: `pf-v5-c-modal-box pf-m-${size} fapi-modal`,
        "aria-labelledby": id,
        onclose: () => this.#dialog.remove(),
      },
      div(
        "pf-v5-c-modal-box__close",
        el(
          "button",
          {
            class: "pf-v5-c-button pf-m-plain",
            type: "button",
            "aria-label": t("close"),
            onclick: () => this.close(),
          },
          icon("times"),
        ),
      ),
      el(
        "header",
        { class: "pf-v5-c-modal-box__header" },
        el("h1", { class: "pf-v5-c-modal-box__title", id, tabindex: -1, autofocus: true }, title),
      ),
      this.#body,
      this.#footer,
    );
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  fill(...children) {
    fill(this.#body, ...children);
    return this;
  }

  actions(...buttons) {
    fill(this.#footer, ...buttons);
    return this;
  }

  /** Runs something that may take a while; buttons are disabled meanwhile. */
  async busy(work) {
    const buttons = this.#footer.querySelectorAll("button");
    buttons.forEach((one) => (one.disabled = true));
    this.#dialog.setAttribute("aria-busy", "true");
    try {
      return await work();
    } finally {
      buttons.forEach((one) => (one.disabled = false));
      this.#dialog.removeAttribute("aria-busy");
    }
  }

  close() {
    this.#dialog.close();
  }
}
