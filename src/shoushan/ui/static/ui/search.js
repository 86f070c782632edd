// <search-box>: what is typed at the top of any page is looked up as one types. "/" or Ctrl-K goes there, arrows go through what was
// found, Enter opens it, Escape leaves. Without scripts the box is a form that opens the page of results.
(function () {
  "use strict";
  if (!window.customElements || !window.fetch) return;
  var PAUSE = 200;

  class SearchBox extends HTMLElement {
    connectedCallback() {
      this.input = this.querySelector("input");
      this.panel = this.querySelector(".search-panel");
      this.asked = 0;
      this.input.addEventListener("input", this.later.bind(this));
      this.input.addEventListener("focus", this.look.bind(this));
      this.addEventListener("keydown", this.key.bind(this));
      document.addEventListener("keydown", this.call.bind(this));
      document.addEventListener("click", function (event) { if (!this.contains(event.target)) this.close(); }.bind(this));
    }

    call(event) {
      var typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
      var wanted = event.key === "/" ? !typing && !event.ctrlKey && !event.metaKey && !event.altKey
        : event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (!wanted || !this.input.offsetParent) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.input.focus();
      this.input.select();
    }

    later() {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(this.look.bind(this), PAUSE);
    }

    look() {
      var turn = ++this.asked, box = this, form = this.querySelector("form");
      fetch(form.action + "?part=1&q=" + encodeURIComponent(this.input.value), { credentials: "same-origin", redirect: "error" })
        .then(function (answer) { if (!answer.ok) throw new Error(String(answer.status)); return answer.text(); })
        .then(function (text) {
          if (turn !== box.asked || !box.contains(document.activeElement)) return;
          var fresh = new DOMParser().parseFromString(text, "text/html").body;
          box.panel.textContent = "";
          while (fresh.firstChild) box.panel.appendChild(document.importNode(fresh.removeChild(fresh.firstChild), true));
          box.panel.hidden = false;
        })
        .catch(function () { box.close(); });
    }

    key(event) {
      var links = Array.prototype.slice.call(this.panel.querySelectorAll("a")), place = links.indexOf(document.activeElement);
      if (event.key === "Escape") { this.input.focus(); this.close(); return; }
      if (this.panel.hidden || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
      event.preventDefault();
      var next = place + (event.key === "ArrowDown" ? 1 : -1);
      if (next < 0) this.input.focus();
      else if (links[next]) links[next].focus();
    }

    close() {
      this.asked += 1;
      this.panel.hidden = true;
    }
  }
  window.customElements.define("search-box", SearchBox);
})();
