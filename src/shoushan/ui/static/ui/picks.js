// Choosing rows of a list: one box for all of the page, how many are chosen, Shift for a range, `x` on a focused box goes to the next.
// Without scripts the boxes and buttons are a plain form.
(function () {
  "use strict";
  var bar = document.getElementById("picked");
  if (!bar) return;

  function boxes() { return Array.prototype.slice.call(document.querySelectorAll("input.pick")); }

  var count = bar.querySelector(".picked-count"), words = count.textContent, last = null;
  var label = document.createElement("label"), all = document.createElement("input");
  all.type = "checkbox";
  all.className = "form-check-input";
  label.className = "pick-all";
  label.appendChild(all);
  label.appendChild(document.createTextNode(" " + bar.getAttribute("data-all")));
  bar.insertBefore(label, bar.firstChild);
  bar.classList.add("live");

  function show() {
    var chosen = boxes().filter(function (box) { return box.checked; }).length, total = boxes().length;
    all.checked = total > 0 && chosen === total;
    all.indeterminate = chosen > 0 && chosen < total;
    count.textContent = chosen ? bar.getAttribute("data-chosen") + " " + chosen : words;
    bar.classList.toggle("some", chosen > 0);
    boxes().forEach(function (box) { box.closest("tr").classList.toggle("picked-row", box.checked); });
  }

  all.addEventListener("change", function () {
    boxes().forEach(function (box) { box.checked = all.checked; });
    show();
  });
  document.addEventListener("click", function (event) {
    var box = event.target;
    if (!box.classList || !box.classList.contains("pick")) return;
    var list = boxes(), here = list.indexOf(box), there = last ? list.indexOf(last) : -1;
    if (event.shiftKey && there >= 0) {
      list.slice(Math.min(here, there), Math.max(here, there) + 1).forEach(function (each) { each.checked = box.checked; });
    }
    last = box;
    show();
  });
  document.addEventListener("keydown", function (event) {
    var box = document.activeElement;
    if (!box || !box.classList.contains("pick") || event.ctrlKey || event.metaKey || event.altKey) return;
    var list = boxes(), here = list.indexOf(box);
    var next = { ArrowDown: here + 1, j: here + 1, x: here + 1, ArrowUp: here - 1, k: here - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    if (event.key === "x") { box.checked = !box.checked; last = box; show(); }
    if (list[next]) list[next].focus();
  });
  document.addEventListener("change", show);
  show();
})();
