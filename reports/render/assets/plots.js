// Draws the data that each figure carries (layout: reports/render/packed.hpp) when it is scrolled into view. What cannot be
// decoded is said in red at the top of the page, and its printed picture stays.
(function () {
  const most_alive = 24;
  const figures = Array.from(document.querySelectorAll("figure[data-plot]"));
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const add = (parent, tag, words, kind) => {
    const element = parent.appendChild(document.createElement(tag));
    if (words) element.textContent = words;
    if (kind) element.className = kind;
    return element;
  };

  function complain(figure, reason) {
    if (figure.dataset.undecoded) return;
    figure.dataset.undecoded = reason;
    const banner = document.getElementById("undecoded"), scenario = figure.closest("details"), item = add(banner.querySelector("ul"), "li");
    const link = add(item, "a", scenario.id);
    link.href = "#" + encodeURIComponent(scenario.id);
    add(item, "span", ": " + reason);
    banner.hidden = false;
    figure.insertBefore(document.createElement("p"), figure.firstChild).className = "alarm";
    figure.firstChild.textContent = "The data of this plot cannot be decoded (" + reason + "). The picture below was drawn when the report was made.";
  }

  async function inflated(text) {
    if (!window.DecompressionStream) throw new Error("this browser has no DecompressionStream");
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    try {
      return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer());
    } catch (damaged) { throw new Error("its check value is wrong"); }
  }

  class Reader {
    constructor(bytes) { this.bytes = bytes; this.at = 0; }
    varint() {
      let value = 0, factor = 1, byte = 128;
      for (; byte > 127; factor *= 128) {
        if (this.at >= this.bytes.length) throw new Error("it ends too early");
        byte = this.bytes[this.at++];
        value += (byte & 127) * factor;
      }
      if (!Number.isSafeInteger(value)) throw new Error("a number is out of range");
      return value;
    }
    text() {
      const size = this.varint();
      if (size > this.bytes.length - this.at) throw new Error("it ends too early");
      this.at += size;
      return new TextDecoder("utf-8", { fatal: true }).decode(this.bytes.subarray(this.at - size, this.at));
    }
    list(count, next) {
      if (!(count <= this.bytes.length)) throw new Error("it ends too early");
      return Array.from({ length: count }, next);
    }
    instants(count, origin) {
      let t = 0;
      return this.list(count, () => { t += this.varint(); return (t - origin) / 1e9; });
    }
    values(count, step) {
      const per_unit = Math.round(1 / step), whole = step < 1 && Math.abs(1 / step - per_unit) < 1e-6 * per_unit;
      let steps = 0;
      return this.list(count, () => {
        const code = this.varint() - 1;
        if (code < 0) return null;
        steps += code % 2 === 0 ? code / 2 : -(code + 1) / 2;
        return whole ? steps / per_unit : steps * step;
      });
    }
  }

  function named([rows, end, t0, t1, origin, since, panels, strips, marks]) {
    return {
      rows, end, t0, t1, origin, since,
      panels: panels.map(([unit, levels, curves]) => ({
        unit, levels: levels.map(([value, label, forbidden]) => ({ value, label, forbidden })),
        curves: curves.map(([name, kind, stepped, step]) => ({ name, kind, stepped: stepped === 1, step }))
      })),
      strips: strips.map(([name, count]) => ({ name, count })),
      marks: marks.map(([t, label, kind]) => ({ t, label, kind }))
    };
  }

  async function decoded(text) {
    const reader = new Reader(await inflated(text)), plot = named(JSON.parse(reader.text()));
    plot.x = reader.instants(plot.rows, plot.origin);
    for (const panel of plot.panels) for (const curve of panel.curves) curve.y = reader.values(plot.rows, curve.step);
    for (const strip of plot.strips) {
      strip.x = reader.instants(strip.count, plot.origin);
      strip.y = reader.values(strip.count, 1);
    }
    if (reader.at !== reader.bytes.length) throw new Error("there is more of it than its head says");
    const seconds = (t) => (t - plot.origin) / 1e9;
    plot.moment = [seconds(plot.t0), seconds(plot.t1)];
    plot.whole = [seconds(0), Math.max(seconds(plot.end), plot.moment[1])];
    plot.marks.forEach((mark) => { mark.x = seconds(mark.t); });
    return plot;
  }

  // Time: seconds inside, the unit that suits the stretch shown outside.
  const units = [["us", 1e-6, 5e-3], ["ms", 1e-3, 2], ["s", 1, 900], ["min", 60, 10800], ["h", 3600, Infinity]];
  const unit_of = (u) => units.find((unit) => u.scales.x.max - u.scales.x.min < unit[2]) || units[4];
  const decimal = [];
  for (let power = -3; power < 5; power++) for (const digit of [1, 2, 5]) decimal.push(digit * Math.pow(10, power));
  const digits_of = (step) => Math.max(0, Math.min(9, Math.ceil(-Math.log10(step) - 1e-9)));
  const tidy = (value, digits) => value.toFixed(digits).replace(/^-(0(\.0*)?)$/, "$1");

  function range_of(u, panel) {
    const shown = [Infinity, -Infinity], context = [Infinity, -Infinity];
    const [first, last] = u.series[0].idxs || [0, u.data[0].length - 1];
    panel.curves.forEach((curve) => {
      const into = curve.kind === "shown" || curve.kind === "worst" ? shown : context;
      for (let row = first; row <= last; row++) {
        const value = curve.y[row];
        if (value !== null && value !== undefined) { into[0] = Math.min(into[0], value); into[1] = Math.max(into[1], value); }
      }
    });
    const range = shown[0] <= shown[1] ? shown : context[0] <= context[1] ? context : [0, 0];
    const around = Math.max(range[1] - range[0], 0.02 * Math.max(Math.abs(range[0]), Math.abs(range[1])));
    const data = range.slice(), widen = (value) => { range[0] = Math.min(range[0], value); range[1] = Math.max(range[1], value); };
    panel.levels.forEach((level) => { if (level.value > data[0] - 3 * around && level.value < data[1] + 3 * around) widen(level.value); });
    if (context[0] <= context[1] && context[0] > range[0] - around && context[1] < range[1] + around) context.forEach(widen);
    const margin = Math.max(0.08 * (range[1] - range[0]), 1e-3 * Math.max(Math.abs(range[0]), Math.abs(range[1]), 1));
    return [range[0] - margin, range[1] + margin];
  }

  function write(u, words, x, y, name) {
    const context = u.ctx, ratio = window.devicePixelRatio || 1;
    context.font = "600 " + 11.5 * ratio + "px system-ui, sans-serif";
    context.lineWidth = 3 * ratio;
    context.strokeStyle = colour("paper");
    context.fillStyle = colour(name);
    context.strokeText(words, x, y);
    context.fillText(words, x, y);
    return context.measureText(words).width;
  }
  function stroke(u, x1, y1, x2, y2, name, dash, width) {
    const context = u.ctx, ratio = window.devicePixelRatio || 1;
    context.strokeStyle = colour(name);
    context.lineWidth = width * ratio;
    context.setLineDash(dash.map((length) => length * ratio));
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
    context.setLineDash([]);
  }
  function inside(u, draw) {
    u.ctx.save();
    u.ctx.beginPath();
    u.ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
    u.ctx.clip();
    u.ctx.textAlign = "left";
    u.ctx.textBaseline = "alphabetic";
    draw(u.bbox, window.devicePixelRatio || 1);
    u.ctx.restore();
  }

  // The band where the limit forbids to be.
  const bands = (panel) => (u) => inside(u, (box) => panel.levels.forEach((level) => {
    if (!level.forbidden) return;
    const y = u.valToPos(level.value, "y", true);
    u.ctx.globalAlpha = 0.13;
    u.ctx.fillStyle = colour("fail");
    u.ctx.fillRect(box.left, level.forbidden > 0 ? box.top : y, box.width, level.forbidden > 0 ? y - box.top : box.top + box.height - y);
    u.ctx.globalAlpha = 1;
  }));
  const levels = (panel) => (u) => inside(u, (box, ratio) => panel.levels.forEach((level) => {
    const y = u.valToPos(level.value, "y", true), name = level.forbidden ? "fail" : "soft";
    stroke(u, box.left, y, box.left + box.width, y, name, level.forbidden ? [] : [2, 3], level.forbidden ? 1.4 : 1);
    write(u, level.label, box.left + 6 * ratio, y - 4 * ratio, name);
  }));
  const marks = (plot, labelled) => (u) => inside(u, (box, ratio) => {
    const ends = [];
    plot.marks.forEach((mark) => {
      const x = u.valToPos(mark.x, "x", true), name = mark.kind === "worst" || mark.kind === "limit" ? "fail" : "mark";
      if (x < box.left || x > box.left + box.width) return;
      stroke(u, x, box.top, x, box.top + box.height, name, mark.kind === "act" ? [] : [4, 3], mark.kind === "act" ? 1.4 : 1);
      if (!labelled) return;
      let row = 0;
      while (ends[row] > x) row++;
      ends[row] = x + write(u, mark.label, x + 4 * ratio, box.top + (12 + 13 * row) * ratio, name) + 12 * ratio;
    });
  });

  const curve_style = { worst: ["s1", 2.4], shown: ["", 1.6], context: ["context", 1], low: ["context", 1], high: ["context", 1] };
  const palette = ["s0", "s2", "s3", "s4", "s5", "accent"];

  function series_of(panel) {
    let next = 0;
    return panel.curves.map((curve) => {
      const [name, width] = curve_style[curve.kind];
      const digits = digits_of(curve.step);
      return {
        label: curve.name, stroke: colour(name || palette[next++ % palette.length]), width,
        dash: curve.stepped ? [5, 2.5] : undefined, paths: curve.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
        value: (u, value) => (value === null || value === undefined ? "–" : tidy(value, digits) + " " + panel.unit), points: { show: false }
      };
    });
  }

  function axes_of(u_unit) {
    const look = () => ({ stroke: colour("soft"), grid: { stroke: colour("line"), width: 0.7 }, ticks: { stroke: colour("line"), width: 0.7 }, font: "11.5px system-ui, sans-serif" });
    return [
      Object.assign(look(), {
        incrs: (u) => decimal.map((step) => step * unit_of(u)[1]), size: 26,
        values: (u, splits) => {
          const unit = unit_of(u), digits = splits.length > 1 ? digits_of((splits[1] - splits[0]) / unit[1]) : 3;
          return splits.map((split) => tidy(split / unit[1], digits));
        }
      }),
      Object.assign(look(), { size: 64, label: u_unit, labelSize: 16, labelFont: "600 11.5px system-ui, sans-serif" })
    ];
  }

  const time_value = (u, value) => {
    if (value === null || value === undefined) return "–";
    const unit = unit_of(u);
    return tidy(value / unit[1], digits_of((u.scales.x.max - u.scales.x.min) / unit[1] / 2000)) + " " + unit[0];
  };

  function panel_options(plot, panel, group, first) {
    return Object.assign(base_options(group), {
      height: first ? 250 : 150, axes: axes_of(panel.unit),
      scales: { x: { time: false, range: (u, low, high) => [low, high] }, y: { range: (u) => range_of(u, panel) } },
      series: [{ label: "time", value: time_value }].concat(series_of(panel)),
      bands: panel.curves.length > 1 && panel.curves[0].kind === "low" ? [{ series: [2, 1], fill: colour("context") + "44" }] : [],
      hooks: { drawClear: [bands(panel)], draw: [levels(panel), marks(plot, first)], setScale: [(u, key) => { if (key === "x") group.follow(u); }] }
    });
  }

  // Bits, one above the other, on the instants of all of them.
  function strip_options(plot, group) {
    const count = plot.strips.length, names = (u) => inside(u, (box, ratio) => plot.strips.forEach((strip, index) => {
      write(u, strip.name, box.left + 6 * ratio, u.valToPos(count - index - 0.5, "y", true) + 4 * ratio, "ink");
    }));
    const options = Object.assign(base_options(group), {
      height: 19 * count + 62, axes: axes_of(" "),
      scales: { x: { time: false, range: (u, low, high) => [low, high] }, y: { range: () => [0, count] } },
      series: [{ label: "time", value: time_value }].concat(plot.strips.map((strip, index) => ({
        label: strip.name, stroke: colour("s0"), width: 1, fill: colour("s0") + "99", fillTo: () => count - index - 1, points: { show: false },
        paths: uPlot.paths.stepped({ align: 1 }), value: (u, value) => (value === null || value === undefined ? "–" : value > count - index - 0.6 ? "on" : "off")
      }))),
      hooks: { draw: [marks(plot, plot.panels.length === 0), names], setScale: [(u, key) => { if (key === "x") group.follow(u); }] }
    });
    options.axes[1].show = true;
    options.axes[1].values = () => [];
    options.axes[1].grid.show = options.axes[1].ticks.show = false;
    return options;
  }
  function strip_data(plot) {
    const x = Array.from(new Set([plot.whole[0]].concat(plot.strips.flatMap((strip) => strip.x), plot.whole[1]))).sort((a, b) => a - b);
    return [x].concat(plot.strips.map((strip, index) => {
      const base = plot.strips.length - index - 1;
      let next = 0, value = null;
      return x.map((t) => {
        while (next < strip.x.length && strip.x[next] <= t) value = strip.y[next++];
        return value === null ? null : base + (value ? 0.8 : 0);
      });
    }));
  }

  function base_options(group) {
    return {
      width: group.width(), padding: [8, 12, 0, 0],
      cursor: {
        drag: { x: true, y: false, dist: 4 }, points: { size: 6 },
        sync: { key: group.key, scales: ["x", null], filters: { pub: (type) => type !== "mousedown" && type !== "mouseup" } },
        bind: { dblclick: () => () => { group.show(group.plot.moment); } }
      }
    };
  }

  let groups = 0;
  function draw(figure, plot) {
    const host = document.createElement("div"), charts = [];
    host.className = "host";
    figure.appendChild(host);
    figure.classList.add("live");
    const bar = add(host, "p", "", "zoom"), caption = add(bar, "span");
    let following = false;
    const group = {
      key: "plot" + groups++, plot, host, figure, charts,
      width: () => Math.max(host.clientWidth, 280),
      show: (range) => { if (charts.length) charts[0].setScale("x", { min: range[0], max: range[1] }); },
      follow: (leader) => {
        if (following) return;
        following = true;
        const { min, max } = leader.scales.x;
        charts.forEach((chart) => { if (chart !== leader) chart.setScale("x", { min, max }); });
        caption.textContent = unit_of(leader)[0] + " since " + plot.since + (plot.origin ? ", which is at " + plot.origin / 1e9 + " s" : "");
        following = false;
      },
      zoom: (factor) => {
        const { min, max } = charts[0].scales.x, middle = (min + max) / 2, half = (max - min) / 2 * factor;
        group.show([Math.max(middle - half, plot.whole[0]), Math.min(middle + half, plot.whole[1])]);
      }
    };
    const button = (words, action) => { const one = add(bar, "button", words); one.type = "button"; one.addEventListener("click", action); };
    button("moment", () => group.show(plot.moment));
    button("whole run", () => group.show(plot.whole));
    button("+", () => group.zoom(0.5));
    button("−", () => group.zoom(2));
    plot.panels.forEach((panel, index) => {
      charts.push(new uPlot(panel_options(plot, panel, group, index === 0), [plot.x].concat(panel.curves.map((curve) => curve.y)), host));
      panel.curves.forEach((curve, row) => {
        if (curve.kind !== "shown" && curve.kind !== "worst") charts[charts.length - 1].root.querySelectorAll(".u-series")[row + 1].hidden = true;
      });
    });
    if (plot.strips.length) charts.push(new uPlot(strip_options(plot, group), strip_data(plot), host));
    group.show(plot.moment);
    group.resize = new ResizeObserver(() => charts.forEach((chart) => {
      if (host.clientWidth && chart.width !== group.width()) chart.setSize({ width: group.width(), height: chart.height });
    }));
    group.resize.observe(host);
    return group;
  }

  const alive = [];
  const in_view = new Set();
  function retire() {
    for (let index = 0; alive.length > most_alive && index < alive.length;) {
      const group = alive[index];
      if (in_view.has(group.figure)) { index++; continue; }
      group.resize.disconnect();
      group.charts.forEach((chart) => chart.destroy());
      group.host.remove();
      group.figure.classList.remove("live");
      alive.splice(index, 1);
    }
  }
  async function appear(figure) {
    if (figure.classList.contains("live") || figure.dataset.undecoded || figure.dataset.busy) return;
    figure.dataset.busy = "1";
    try {
      alive.push(draw(figure, await decoded(figure.dataset.plot)));
      retire();
    } catch (error) {
      figure.querySelectorAll(".host").forEach((host) => host.remove());
      figure.classList.remove("live");
      complain(figure, error.message);
    }
    delete figure.dataset.busy;
  }
  const watch = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (entry.isIntersecting) { in_view.add(entry.target); appear(entry.target); } else in_view.delete(entry.target);
  }), { rootMargin: "200px" });
  figures.forEach((figure) => watch.observe(figure));

  // Every plot is looked at once, drawn or not: a damaged report says so at once.
  (async () => {
    for (const figure of figures) {
      try { await decoded(figure.dataset.plot); } catch (error) { complain(figure, error.message); }
    }
    document.documentElement.dataset.checked = String(figures.length);
  })();
})();
