// Runs before the page is drawn, so that it never flashes in the other colours.
{
  const page = document.documentElement;
  const wanted = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => page.classList.toggle(page.dataset.darkClass, wanted.matches);
  if (page.dataset.darkMode === "true" && page.dataset.darkClass) {
    apply();
    wanted.addEventListener("change", apply);
  }
}
