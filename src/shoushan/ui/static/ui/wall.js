// The wall: every minute the page is fetched anew and put in the place of the old one. While the server does not answer, the last
// numbers stay, and the page says since when; when it is back, everything goes on by itself. What stands in parts marked
// data-wall-page is shown one part after the other, 15 seconds each.
(function () {
  "use strict";
  var PAUSE = 60000, TURN = 15000, since = null, shown = 0;

  function turn(by) {
    var pages = document.querySelectorAll("[data-wall-page]");
    if (!pages.length) return;
    shown = (shown + by) % pages.length;
    Array.prototype.forEach.call(pages, function (page, place) { page.hidden = place !== shown; });
  }

  function told(words) {
    var line = document.getElementById("wall-state");
    if (line) { line.textContent = words; line.hidden = !words; }
  }

  // Charts are moved over, not made anew: they read the new table, and a screen that runs for weeks holds one drawing.
  function put(fresh, old) {
    Array.prototype.forEach.call(fresh.querySelectorAll("data-chart"), function (chart) {
      var kept = old.querySelector('data-chart[for="' + chart.getAttribute("for") + '"]');
      if (kept) chart.parentNode.replaceChild(kept, chart);
    });
    old.parentNode.replaceChild(fresh, old);
  }

  function refresh() {
    fetch(window.location.href, { credentials: "same-origin", cache: "no-store", redirect: "error" })
      .then(function (answer) { if (!answer.ok) throw new Error(String(answer.status)); return answer.text(); })
      .then(function (text) {
        var fresh = new DOMParser().parseFromString(text, "text/html").getElementById("main");
        var old = document.getElementById("main");
        if (!fresh) throw new Error("no page");
        put(document.importNode(fresh, true), old);
        turn(0);
        since = null;
        told("");
      })
      .catch(function () {
        since = since || new Date();
        told(document.documentElement.getAttribute("data-wall-lost") + " " + since.toTimeString().slice(0, 5));
      })
      .then(function () { window.setTimeout(refresh, PAUSE); });
  }
  turn(0);
  window.setInterval(function () { turn(1); }, TURN);
  window.setTimeout(refresh, PAUSE);
})();
