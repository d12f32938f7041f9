// SPDX-License-Identifier: Apache-2.0
"use strict";
// The page is complete without this. It adds a filter, opens what a link points to, and reads values off the pictures.
(function () {
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const rows = all("tr.row"), scenarios = all("details.scenario");
  const filter = document.querySelector(".filter"), word = document.getElementById("word"), search = document.getElementById("search");
  filter.hidden = false;
  function apply() {
    const wanted = search.value.trim().toLowerCase();
    rows.forEach((row, index) => {
      const hit = (!word.value || row.dataset.word === word.value) && row.textContent.toLowerCase().includes(wanted);
      row.hidden = !hit;
      scenarios[index].hidden = !hit;
    });
  }
  word.addEventListener("change", apply);
  search.addEventListener("input", apply);
  document.getElementById("openall").addEventListener("click", () => scenarios.forEach((one) => { one.open = true; }));
  function openTarget() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (malformed) { return; }
    const target = document.getElementById(id);
    if (target && target.tagName === "DETAILS") { target.hidden = false; target.open = true; target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", openTarget);
  openTarget();
  let closed = [];
  window.addEventListener("beforeprint", () => { closed = all("details").filter((one) => !one.open); closed.forEach((one) => { one.open = true; }); });
  window.addEventListener("afterprint", () => { closed.forEach((one) => { one.open = false; }); });

  const make = (name, attributes, parent) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    return parent.appendChild(element);
  };
  const number = (element, name) => Number(element.dataset[name]);
  const digits = (value, span) => value.toFixed(Math.max(0, Math.min(9, Math.ceil(2.3 - Math.log10(span)))));
  function heightAt(points, x) {
    for (let index = 1; index < points.length; index++) {
      const [xa, ya] = points[index - 1], [xb, yb] = points[index];
      if (x >= xa && x <= xb) return xb === xa ? yb : ya + (yb - ya) * (x - xa) / (xb - xa);
    }
    return null;
  }
  all("svg.plot").forEach((svg) => {
    let cursor = null;
    const curves = all("g.panel", svg).map((panel) => ({
      panel,
      lines: all("polyline[data-name]", panel).filter((line) => !line.classList.contains("context")).map((line) => ({
        name: line.dataset.name, points: line.getAttribute("points").split(" ").map((pair) => pair.split(",").map(Number))
      }))
    }));
    svg.addEventListener("pointerleave", () => { if (cursor) cursor.remove(); cursor = null; });
    svg.addEventListener("pointermove", (event) => {
      const box = svg.getBoundingClientRect(), x0 = number(svg, "x0"), x1 = number(svg, "x1");
      const x = (event.clientX - box.left) * svg.viewBox.baseVal.width / box.width;
      if (cursor) cursor.remove();
      cursor = null;
      if (x < x0 || x > x1) return;
      cursor = make("g", {}, svg);
      make("line", { class: "cursor", x1: x, x2: x, y1: number(svg, "top"), y2: number(svg, "bottom") }, cursor);
      const t0 = number(svg, "t0"), t1 = number(svg, "t1"), right = x > (x0 + x1) / 2;
      const say = (y, words) => { make("text", { class: "read", x: right ? x - 6 : x + 6, y, "text-anchor": right ? "end" : "start" }, cursor).textContent = words; };
      say(number(svg, "bottom") + 12, digits(t0 + (t1 - t0) * (x - x0) / (x1 - x0), t1 - t0) + " " + svg.dataset.unit);
      curves.forEach(({ panel, lines }) => {
        const low = number(panel, "low"), high = number(panel, "high"), top = number(panel, "top"), bottom = number(panel, "bottom");
        let y = top + 12;
        lines.forEach((line) => {
          const height = heightAt(line.points, x);
          if (height === null) return;
          say(y, line.name + " ≈ " + digits(low + (high - low) * (bottom - height) / (bottom - top), high - low) + " " + panel.dataset.unit);
          y += 13;
        });
      });
    });
  });
})();
