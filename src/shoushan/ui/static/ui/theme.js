// Runs before the first paint: without a choice of the reader's own, the page follows the system.
(function () {
  "use strict";
  var root = document.documentElement;
  if (root.getAttribute("data-theme-choice") !== "auto" || !window.matchMedia) return;
  var wish = window.matchMedia("(prefers-color-scheme: dark)");
  function follow() { root.setAttribute("data-bs-theme", wish.matches ? "dark" : "light"); }
  follow();
  if (wish.addEventListener) wish.addEventListener("change", follow);
})();
