// <data-chart for="ID">: draws the table of that id, so that a chart can't say anything else than its table.
// Head cells with data-series name the lines (data-unit groups them by axis), cells carry data-value, the row's first cell is
// the day; cells with data-event mark it. Without scripts, or without the library, the table alone is there.
// The library (data-library of this script) is fetched when a chart comes near the screen: a phone that looks at the numbers above
// does not wait for it. Until then the chart keeps its room, so that nothing jumps.
(function () {
  "use strict";
  if (!window.customElements) return;

  var address = document.currentScript.getAttribute("data-library"), library = null;

  function whenLoaded() {
    library = library || new Promise(function (done, failed) {
      if (window.echarts) { done(); return; }
      var script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.appendChild(script);
    });
    return library;
  }

  function whenNear(element, act) {
    if (!window.IntersectionObserver) { act(); return; }
    var watch = new IntersectionObserver(function (seen) {
      if (!seen.some(function (each) { return each.isIntersecting; })) return;
      watch.disconnect();
      act();
    }, { rootMargin: "120px" });
    watch.observe(element);
  }

  function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim(); }

  function read(table) {
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    var series = [], events = [], days = [];
    heads.forEach(function (cell, place) {
      if (cell.hasAttribute("data-series")) series.push({ place: place, name: cell.textContent.trim(), unit: cell.getAttribute("data-unit") || "", values: [] });
    });
    Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
      var day = row.cells[0].textContent.trim();
      days.push(day);
      series.forEach(function (each) {
        var value = row.cells[each.place].getAttribute("data-value");
        each.values.push(value ? Number(value) : null);
      });
      Array.prototype.forEach.call(row.cells, function (cell) {
        if (cell.getAttribute("data-event")) events.push({ xAxis: day, name: cell.getAttribute("data-event") });
      });
    });
    return { days: days, series: series, events: events };
  }

  function options(found) {
    var units = found.series.map(function (each) { return each.unit; }).filter(function (unit, place, all) { return all.indexOf(unit) === place; });
    var tones = [colour("accent"), colour("soon"), colour("good"), colour("late")];
    var text = { color: colour("muted"), fontFamily: colour("font"), fontSize: 12 };
    return {
      animation: false,
      color: tones,
      textStyle: text,
      grid: { left: 8, right: 8, top: 44, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, textStyle: text, icon: "roundRect", itemHeight: 4 },
      tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: colour("surface"), borderColor: colour("line"), textStyle: { color: colour("ink"), fontFamily: colour("font") } },
      xAxis: { type: "category", data: found.days, boundaryGap: false, axisLine: { lineStyle: { color: colour("line-strong") } }, axisLabel: { color: colour("muted"), formatter: function (day) { return day.slice(5); } } },
      yAxis: units.map(function (unit, place) {
        return { type: "value", name: unit, scale: true, position: place ? "right" : "left", nameTextStyle: text, axisLabel: { color: colour("muted") }, splitLine: { show: !place, lineStyle: { color: colour("line") } } };
      }),
      series: found.series.map(function (each, place) {
        return {
          type: "line", name: each.name, data: each.values, yAxisIndex: units.indexOf(each.unit), symbol: place ? "emptyRect" : "emptyCircle", symbolSize: 5,
          lineStyle: { width: 2, type: place ? "dashed" : "solid" }, areaStyle: place ? undefined : { opacity: .12 },
          markLine: place || !found.events.length ? undefined : { symbol: "none", silent: true, lineStyle: { color: colour("line-strong"), type: "dotted" }, label: { show: false }, data: found.events },
        };
      }),
    };
  }

  class DataChart extends HTMLElement {
    connectedCallback() {
      if (this.chart) { this.draw(); return; }
      if (!document.getElementById(this.getAttribute("for"))) return;
      this.classList.add("drawn");
      if (this.awaited) return;
      this.awaited = true;
      whenNear(this, function () { whenLoaded().then(this.begin.bind(this), this.giveUp.bind(this)); }.bind(this));
    }
    giveUp() { this.classList.remove("drawn"); }
    begin() {
      this.awaited = false;
      if (this.chart || !this.isConnected) return;
      this.chart = window.echarts.init(this, null, { renderer: "svg" });
      this.draw();
      this.fit = this.chart.resize.bind(this.chart, undefined);
      window.addEventListener("resize", this.fit);
      this.theme = new MutationObserver(this.draw.bind(this));
      this.theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
    }
    draw() {
      var table = document.getElementById(this.getAttribute("for"));
      var found = table && options(read(table)), words = JSON.stringify(found);
      if (!found || words === this.drawn) return;
      this.drawn = words;
      this.chart.setOption(found, true);
    }
    // A chart that is put elsewhere in the same breath keeps its drawing; one that is gone lets go of everything.
    disconnectedCallback() { window.setTimeout(this.release.bind(this), 0); }
    release() {
      if (!this.chart || this.isConnected) return;
      window.removeEventListener("resize", this.fit);
      this.theme.disconnect();
      this.chart.dispose();
      this.drawn = null;
      this.chart = null;
    }
  }
  window.customElements.define("data-chart", DataChart);
})();
