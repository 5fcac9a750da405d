// Switching a realm or a client between report and enforce, and saying first what that does.

import { el } from "./dom.js";
import { alert, button, failure, label, Modal } from "./parts.js";
import { n, t } from "./texts.js";

export const modeLabel = (mode) =>
  mode === "enforce"
    ? label(t("mode.enforce"), "green", { iconName: "shield-alt" })
    : label(t("mode.report"), "blue", { iconName: "eye" });

/** Asks before it switches; without a client it is the whole realm. */
export function askToSwitch(context, mode, client, done) {
  const scope = client ? "client" : "realm";
  const modal = new Modal(t(`switch.${scope}.${mode}.title`, client?.clientId ?? context.realm), "sm");
  const confirm = button(
    t(`switch.${mode}`),
    () =>
      modal.busy(async () => {
        try {
          await context.api.switchTo(mode, client?.clientId);
          modal.close();
          done(alert("success", t(`switch.${scope}.${mode}.done`, client?.clientId ?? context.realm)));
        } catch (e) {
          modal.fill(failure(e));
        }
      }),
    { kind: mode === "enforce" ? "primary" : "warning" },
  );
  const failing = client?.wouldFail?.reduce((sum, one) => sum + one.count, 0) ?? 0;
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
