// Adds the FAPI page to the navigation of Keycloak's own admin console, again whenever it is redrawn.
const { consoleBaseUrl } = JSON.parse(document.getElementById("environment").textContent);
const NAME = "FAPI";
const ID = "nav-item-fapi";

/** Both the console's routes and those of the page are #/{realm}/.... */
function target() {
  const realm = /^#\/([^/?]+)/.exec(window.location.hash)?.[1];
  return consoleBaseUrl.replace(/\/?$/, "/fapi/") + (realm ? `#/${realm}/overview` : "");
}

function add() {
  const settings = document.getElementById("nav-item-realm-settings");
  const link = document.getElementById(ID);
  if (!settings || !document.getElementById("nav-item-clients")) {
    link?.closest("li").remove();
    return;
  }
  if (link) {
    link.href = target();
    return;
  }
  const item = document.createElement("li");
  const anchor = document.createElement("a");
  anchor.id = ID;
  anchor.className = "pf-v5-c-nav__link";
  anchor.href = target();
  anchor.textContent = NAME;
  item.append(anchor);
  // At the end of the list, where it does not disturb the console's own rendering.
  settings.closest("ul").append(item);
}

let due = false;
new MutationObserver(() => {
  if (!due) {
    due = true;
    requestAnimationFrame(() => {
      due = false;
      add();
    });
  }
}).observe(document.getElementById("app"), { childList: true, subtree: true });
window.addEventListener("hashchange", add);
add();
