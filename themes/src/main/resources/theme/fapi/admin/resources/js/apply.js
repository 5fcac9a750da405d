// Dry run, apply, undo: each shows its effect and asks for confirmation.

import { div, el, fill, newId } from "./dom.js";
import { save } from "./files.js";
import { changes, failure, findings } from "./domain.js";
import { alert, button, details, link, Modal, spinner } from "./patternfly.js";
import { list, n, t } from "./texts.js";

const GROUPS = ["realm", "key", "profile", "policy", "scope", "client", "server"];

/** Shows what a profile would change, and changes it if told to. */
export class DryRun {
  #context;
  #profile;
  #done;
  #modal;
  #disable = false;
  #reports;
  #enforce = false;

  /** @param done told whenever the realm has changed, with what to say about it */
  constructor(context, profile, done) {
    this.#context = context;
    this.#profile = profile;
    this.#done = done;
    this.#modal = new Modal(t("plan.title", profile.displayName), "lg");
    this.#plan();
  }

  async #plan() {
    this.#modal.fill(spinner()).actions(this.#cancel());
    try {
      const { mode } = await this.#context.api.rollout({ max: 0 });
      this.#reports = mode === "report";
      this.#show(await this.#context.api.plan(this.#profile.name, this.#options()));
    } catch (e) {
      this.#modal.fill(failure(e));
    }
  }

  /** A realm that reports gets only the rules, unless the user chooses to enforce them. */
  #options() {
    return {
      mode: this.#reports && !this.#enforce ? "report" : "enforce",
      disableUnrepairable: this.#disable,
    };
  }

  #cancel(text = t("cancel")) {
    return button(text, () => this.#modal.close(), { kind: "link" });
  }

  #show(plan) {
    const nothing = plan.changes.length === 0;
    this.#modal.fill(
      alert("info", t("plan.nothing.yet")),
      el("p", { class: "fapi-lead" }, nothing ? t("plan.nothing") : inWords(plan.changes)),
      !nothing && el("p", {}, t(this.#then())),
      !nothing && el("p", {}, t("plan.safe")),
      this.#reports && this.#enforcing(),
      this.#disabling(plan),
      groups(plan.changes),
      left(plan.left, this.#options().mode === "report" ? "plan.stays" : "plan.left"),
    );
    const apply = !nothing && this.#context.mayChange && this.#applying(plan);
    this.#modal.actions(apply, this.#cancel(nothing ? t("close") : t("cancel")));
  }

  /** Before clients are disabled, shows how many and asks for confirmation. */
  #applying(plan) {
    const off = this.#disable ? plan.changes.filter(isDisabling).length : 0;
    return off === 0
      ? button(n("plan.apply", plan.changes.length), () => this.#apply(plan), { kind: "primary" })
      : button(n("plan.apply.disable", off), () => this.#confirm(plan, off), { kind: "danger" });
  }

  #confirm(plan, off) {
    const back = button(t("back"), () => this.#show(plan), { kind: "link" });
    this.#modal
      .fill(
        alert("danger", n("plan.disable.sure", off), el("p", {}, t("plan.disable.sure.what"))),
        details(t("plan.disable.which"), () =>
          el(
            "ul",
            { class: "pf-v5-c-list" },
            plan.changes
              .filter(isDisabling)
              .map(({ where }) => el("li", {}, el("bdi", {}, where.name))),
          ),
        ),
      )
      .actions(
        button(n("plan.disable.confirm", off), () => this.#apply(plan), { kind: "danger" }),
        back,
      );
    back.focus(); // what was pressed is gone, and Enter must not go on by itself
  }

  #then() {
    if (this.#options().mode === "report") {
      return "plan.then.report";
    }
    return this.#reports ? "plan.then.enforce.now" : "plan.then.enforce";
  }

  /** Whether the realm continues to report, or is changed as a whole and enforces. */
  #enforcing() {
    return this.#choice("enforce", t("plan.enforce"), this.#enforce, (checked) => {
      this.#enforce = checked;
      this.#disable &&= checked;
    });
  }

  /** Clients that cannot be repaired stay refused, or are disabled so that everybody sees it. */
  #disabling(plan) {
    const hopeless = new Set(
      plan.left
        .filter(({ severity, where }) => severity === "error" && where.kind === "client")
        .map(({ where }) => where.id),
    ).size;
    // A plan to report changes no client.
    if (this.#options().mode === "report" || (hopeless === 0 && !this.#disable)) {
      return null;
    }
    const text = this.#disable ? t("plan.disable.on") : n("plan.disable", hopeless);
    return this.#choice("disable", text, this.#disable, (checked) => {
      this.#disable = checked;
    });
  }

  /** Another choice is another plan. */
  #choice(name, text, checked, choose) {
    const id = newId(name);
    const input = el("input", {
      class: "pf-v5-c-check__input",
      type: "checkbox",
      id,
      checked,
      "aria-describedby": `${id}-what`,
      onchange: () => {
        choose(input.checked);
        this.#plan();
      },
    });
    return div(
      "pf-v5-c-check fapi-choice",
      input,
      el("label", { class: "pf-v5-c-check__label", for: id }, text),
      el("span", { class: "pf-v5-c-check__description", id: `${id}-what` }, t(`plan.${name}.what`)),
    );
  }

  #apply(plan) {
    return this.#modal.busy(async () => {
      try {
        const answer = await this.#context.api.apply(
          this.#profile.name,
          this.#options(),
          plan.planId,
        );
        this.#modal.close();
        this.#done(applied(this.#context, answer, this.#done));
      } catch (e) {
        this.#modal.fill(failure(e)).actions(
          button(t("plan.again"), () => this.#plan(), { kind: "primary" }),
          this.#cancel(),
        );
      }
    });
  }
}

/** What applying does, in one sentence. */
function inWords(made) {
  const parts = GROUPS.filter((kind) => kind !== "client" && kind !== "server")
    .map((kind) => [kind, made.filter(({ where }) => where.kind === kind).length])
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => n(`plan.words.${kind}`, count));
  const ofClients = made.filter(({ where }) => where.kind === "client");
  const disabled = ofClients.filter(isDisabling);
  const changed = new Set(
    ofClients.filter((change) => !isDisabling(change)).map(({ where }) => where.id),
  );
  if (changed.size > 0) {
    parts.push(n("plan.words.client", changed.size));
  }
  if (disabled.length > 0) {
    parts.push(n("plan.words.disable", disabled.length));
  }
  return t("plan.words", list(parts));
}

const isDisabling = ({ where, after }) => where.pointer === "/enabled" && after === false;

/** How many changes there are of each kind but clients, by the names of the API. */
export function inKinds(counts) {
  return GROUPS.filter((kind) => kind !== "client" && counts[kind] > 0).map((kind) =>
    n(`plan.group.${kind}`, counts[kind]),
  );
}

/** Changes to look through, those of clients by client. */
export function groups(made) {
  return GROUPS.map((kind) => {
    const own = made.filter(({ where }) => where.kind === kind);
    if (own.length === 0) {
      return null;
    }
    return kind === "client"
      ? details(n("plan.group.client", own.length), () => clients(own))
      : details(n(`plan.group.${kind}`, own.length), () => changes(own));
  });
}

function clients(made) {
  const byClient = new Map();
  made.forEach((change) => {
    const name = change.where.name;
    byClient.set(name, [...(byClient.get(name) ?? []), change]);
  });
  return [...byClient].map(([name, own]) =>
    details(t("plan.client", name, own.length), () => changes(own)),
  );
}

function left(found, text) {
  return found.length > 0 && details(n(text, found.length), () => findings(found));
}

function applied(context, answer, done) {
  const message = alert(
    "success",
    n("applied", answer.changes.length),
    el("p", {}, t(answer.historyDocument === "kept" ? "applied.undo" : "applied.undo.file")),
    div(
      "pf-v5-c-alert__action-group",
      button(t("undo.download"), () => download(context.realm, answer.undo), {
        kind: "link pf-m-inline",
        iconName: "download",
      }),
      button(t("undo"), () => askToUndo(context, answer.undo, done), {
        kind: "link pf-m-inline",
        iconName: "undo",
      }),
      link(context.href("history"), t("applied.history")),
    ),
  );
  return message;
}

function download(realm, document_) {
  save(`fapi-undo-${realm}.json`, "application/json", JSON.stringify(document_, null, 2));
}

/** Explains the undo, asks for confirmation, and undoes. */
export function askToUndo(context, document_, done) {
  const modal = new Modal(t("undo.title"), "sm");
  const count = Array.isArray(document_?.changes) ? document_.changes.length : 0;
  const confirm = button(
    t("undo"),
    () =>
      modal.busy(async () => {
        try {
          const answer = await context.api.undo(document_);
          modal.close();
          done(alert("success", n("undone", answer.changes.length)));
        } catch (e) {
          modal.fill(failure(e)).actions(button(t("close"), () => modal.close(), { kind: "link" }));
        }
      }),
    { kind: "danger" },
  );
  modal.fill(el("p", {}, n("undo.what", count)), el("p", {}, t("undo.all"))).actions(
    confirm,
    button(t("cancel"), () => modal.close(), { kind: "link" }),
  );
}

/** For an undo document that was downloaded before. */
export function askForUndoFile(context, done) {
  const modal = new Modal(t("undo.file.title"), "sm");
  const message = div("");
  const id = newId("file");
  const input = el("input", {
    type: "file",
    id,
    accept: "application/json,.json",
    onchange: async () => {
      try {
        const read = JSON.parse(await input.files[0].text());
        modal.close();
        askToUndo(context, read, done);
      } catch {
        fill(message, alert("danger", t("undo.file.unreadable")));
      }
    },
  });
  modal
    .fill(
      el("p", {}, t("undo.file.what")),
      div(
        "fapi-field",
        el("label", { for: id, class: "pf-v5-c-form__label" }, t("undo.file")),
        input,
      ),
      message,
    )
    .actions(button(t("cancel"), () => modal.close(), { kind: "link" }));
}
