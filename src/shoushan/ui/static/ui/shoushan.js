// Small comforts on top of pages that work without any script.
(() => {
  "use strict";

  // After a refused form, the reader (and the screen reader) starts at the list of errors.
  const focusErrors = () => {
    const summary = document.getElementById("error-summary");
    if (summary && !summary.closest("[data-example]")) summary.focus();
  };
  document.addEventListener("DOMContentLoaded", focusErrors);
  document.addEventListener("htmx:after:swap", focusErrors);

  // On a phone the navigation is one line: where one is stands in sight.
  document.addEventListener("DOMContentLoaded", () => {
    const here = document.querySelector(".side [aria-current]");
    if (here && window.innerWidth <= 960) here.parentNode.scrollIntoView({ inline: "center", block: "nearest" });
  });

  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("details.menu[open]");
      closeMenus(null);
      if (open) open.querySelector("summary").focus();
    }
  });

  // Who signs out leaves no page of theirs on a phone that others use too; what they filled in and did not send yet stays theirs.
  document.addEventListener("DOMContentLoaded", () => {
    if (!window.caches || !document.body.classList.contains("signed-out")) return;
    caches.keys().then((names) => names.filter((name) => name.startsWith("shoushan-field-")).forEach((name) => caches.delete(name)));
  });

  // A form that changes something is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    else form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
})();
