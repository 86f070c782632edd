// <work-list>: the list of what waits, by keyboard. Arrows choose a row, Enter opens it, a digit goes to that button, Enter presses it.
// A decision is sent where the button stands; what was refused says why beside it. Without scripts every button is a plain form.
(function () {
  "use strict";
  if (!window.customElements || !window.fetch) return;

  function all(root, selector) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }

  class WorkList extends HTMLElement {
    connectedCallback() {
      this.rows().forEach(function (row, place) { row.tabIndex = place ? -1 : 0; });
      this.addEventListener("keydown", this.key.bind(this));
      this.addEventListener("submit", this.send.bind(this));
    }

    rows() { return all(this, "tbody tr"); }

    choose(row) {
      if (!row) return;
      this.rows().forEach(function (each) { each.tabIndex = each === row ? 0 : -1; });
      row.focus();
    }

    key(event) {
      var row = event.target.closest("tbody tr"), step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
      if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
      if (step) {
        event.preventDefault();
        this.choose(step > 0 ? row.nextElementSibling : row.previousElementSibling);
      } else if (event.key === "Enter" && event.target === row) {
        row.querySelector(".work-title").click();
      } else if (/^[1-9]$/.test(event.key)) {
        var button = all(row, ".work-actions .btn")[Number(event.key) - 1];
        if (button) { event.preventDefault(); button.focus(); }
      }
    }

    send(event) {
      var form = event.target, row = form.closest("tbody tr"), list = this;
      event.preventDefault();
      if (form.dataset.sending) return;
      form.dataset.sending = "yes";
      fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin", headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.json().then(function (words) { return { ok: answer.ok, words: words }; }); })
        .then(function (found) {
          if (found.ok) list.done(row, form);
          else list.refused(row, found.words.sentence);
        })
        // No answer, or one that is no data: the form goes the plain way, and the server says what there is to say.
        .catch(function () { form.submit(); })
        .then(function () { delete form.dataset.sending; });
    }

    done(row, form) {
      var next = row.nextElementSibling || row.previousElementSibling;
      ["all", row.getAttribute("data-queue")].forEach(function (code) {
        var count = document.querySelector('[data-count="' + code + '"]');
        if (count) count.textContent = String(Number(count.textContent.replace(/\D/g, "")) - 1);
      });
      this.querySelector(".work-said").textContent = this.getAttribute("data-done") + form.querySelector("button").getAttribute("aria-label");
      row.parentNode.removeChild(row);
      if (next) this.choose(next);
      else window.location.reload();
    }

    refused(row, sentence) {
      var place = row.querySelector(".work-refused");
      place.textContent = sentence;
      place.hidden = false;
    }
  }
  window.customElements.define("work-list", WorkList);
})();
