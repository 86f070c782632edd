// Which columns of a list are shown: a box for each but the first, kept in the address (`hide=3.5`), so that a link, a saved view, the
// next page and paper show the same. Without scripts all columns are there.
(function () {
  "use strict";
  var bar = document.querySelector(".views"), table = document.querySelector("main .table-wrap > table");
  if (!bar || !table || !table.tHead || table.tHead.rows.length !== 1 || table.tHead.rows[0].cells.length < 5) return;

  function all(list) { return Array.prototype.slice.call(list); }
  function asked() {
    var found = /[?&]hide=([\d.]+)/.exec(window.location.search);
    return found ? found[1].split(".").map(Number) : [];
  }

  function apply() {
    var hidden = asked();
    table = document.querySelector("main .table-wrap > table");
    if (!table) return;
    all(table.rows).forEach(function (row) {
      all(row.cells).forEach(function (cell, place) { if (cell.colSpan === 1) cell.hidden = hidden.indexOf(place + 1) >= 0; });
    });
  }

  function choose() {
    var hidden = all(panel.querySelectorAll("input")).filter(function (box) { return !box.checked; }).map(function (box) { return box.value; });
    var kept = window.location.search.slice(1).split("&").filter(function (part) { return part && !/^(hide|page)=/.test(part); });
    if (hidden.length) kept.push("hide=" + hidden.join("."));
    window.location.search = kept.join("&");
  }

  var panel = document.createElement("details"), title = document.createElement("summary"), boxes = document.createElement("div");
  panel.className = "columns-choice";
  title.textContent = bar.getAttribute("data-columns-label");
  all(table.tHead.rows[0].cells).slice(1).forEach(function (cell, place) {
    var label = document.createElement("label"), box = document.createElement("input");
    box.type = "checkbox";
    box.value = String(place + 2);
    box.checked = asked().indexOf(place + 2) < 0;
    box.addEventListener("change", choose);
    label.appendChild(box);
    label.appendChild(document.createTextNode(" " + cell.textContent.replace(/[↕↑↓▲▼]/g, "").trim()));
    boxes.appendChild(label);
  });
  panel.appendChild(title);
  panel.appendChild(boxes);
  bar.appendChild(panel);
  // The filter form sends its own fields alone: the columns go along.
  var form = document.querySelector("form.filters"), hidden = asked();
  if (form && hidden.length) {
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = "hide";
    field.value = hidden.join(".");
    form.appendChild(field);
  }
  apply();
  document.addEventListener("htmx:after:swap", apply);
})();
