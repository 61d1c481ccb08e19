/* The graph page: draws what the build has laid out, when something has changed and not otherwise. */

const SCALE = 10;
const CELL = 4;
const NEAREST = 14; // pixels from a note within which the pointer has hold of it
const LABELS = 24;
const DASHES = { 0: [], 1: [6, 3], 2: [], 3: [], 4: [], 5: [2, 2], 6: [1, 3] };

const tool = document.querySelector("[data-codex-graph]");
if (tool) start(tool);

async function start(tool) {
  const answer = await fetch(tool.dataset.codexGraph);
  if (!answer.ok) return;
  const graph = read(await answer.json());
  tool.hidden = false;
  new Picture(tool, graph);
}

function read(data) {
  const count = data.titles.length;
  const x = new Float32Array(count), y = new Float32Array(count);
  const near = Array.from({ length: count }, () => []);
  const links = [];
  for (let at = 0; at < count; at++) {
    x[at] = data.places[2 * at] / SCALE;
    y[at] = data.places[2 * at + 1] / SCALE;
  }
  for (let at = 0; at < data.links.length; at += 3) {
    const link = [data.links[at], data.links[at + 1], data.links[at + 2]];
    links.push(link);
    near[link[0]].push(link);
    near[link[2]].push(link);
  }
  const radius = Float32Array.from(near, own => 0.22 + 0.09 * Math.sqrt(own.length));
  const order = [...near.keys()].sort((a, b) => near[b].length - near[a].length || a - b);
  const cells = new Map();
  for (let at = 0; at < count; at++) {
    const key = `${Math.floor(x[at] / CELL)},${Math.floor(y[at] / CELL)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(at);
  }
  return { ...data, count, x, y, near, lines: links, radius, order, cells };
}

class Picture {
  constructor(tool, graph) {
    this.tool = tool;
    this.graph = graph;
    this.canvas = tool.querySelector("canvas");
    this.told = tool.querySelector("[role=status]");
    this.pen = this.canvas.getContext("2d");
    this.chosen = -1;
    this.pointers = new Map();
    this.off = { kind: new Set(), relation: new Set() };
    this.wanted = false;
    this.fillTitles();
    this.readColours();
    this.listen();
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    this.resize();
    this.goToNote();
  }

  fillTitles() {
    const list = this.tool.querySelector("datalist");
    // A list of many thousand titles would hold up the page; finding works without it.
    for (const at of this.graph.order.slice(0, 500)) list.append(new Option(this.graph.titles[at]));
  }

  readColours() {
    const style = getComputedStyle(document.body);
    const colour = name => style.getPropertyValue(name).trim();
    this.hues = [colour("--codex-muted"), ...Array.from({ length: 8 }, (_, at) => colour(`--codex-hue-${at + 1}`))];
    this.ink = colour("--md-default-fg-color");
    this.paper = colour("--md-default-bg-color");
    this.line = colour("--codex-muted");
    this.accent = colour("--codex-accent");
    this.font = `11px ${style.fontFamily}`;
  }

  resize() {
    const box = this.canvas.getBoundingClientRect();
    if (!box.width) return;
    const ratio = devicePixelRatio || 1;
    const before = this.width;
    this.width = box.width;
    this.height = box.height;
    this.canvas.width = Math.round(box.width * ratio);
    this.canvas.height = Math.round(box.height * ratio);
    this.ratio = ratio;
    if (!before) this.showWhole();
    this.change();
  }

  showWhole() {
    const { x, y } = this.graph;
    let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    for (let at = 0; at < x.length; at++) {
      left = Math.min(left, x[at]); right = Math.max(right, x[at]);
      top = Math.min(top, y[at]); bottom = Math.max(bottom, y[at]);
    }
    this.zoom = this.whole = Math.min(this.width / (right - left + 4), this.height / (bottom - top + 4), 60);
    this.middle = [(left + right) / 2, (top + bottom) / 2];
    this.change();
  }

  at(px, py) {
    return [(px - this.width / 2) / this.zoom + this.middle[0], (py - this.height / 2) / this.zoom + this.middle[1]];
  }

  zoomBy(factor, px = this.width / 2, py = this.height / 2) {
    const [x, y] = this.at(px, py);
    this.zoom = Math.min(200, Math.max(this.whole / 2, this.zoom * factor));
    this.middle = [x - (px - this.width / 2) / this.zoom, y - (py - this.height / 2) / this.zoom];
    this.change();
  }

  move(px, py) {
    this.middle = [this.middle[0] + px / this.zoom, this.middle[1] + py / this.zoom];
    this.change();
  }

  shown(at) { return !this.off.kind.has(this.graph.kinds[at]); }

  linked(link) { return !this.off.relation.has(link[1]) && this.shown(link[0]) && this.shown(link[2]); }

  nearest(px, py) {
    const [x, y] = this.at(px, py);
    const reach = NEAREST / this.zoom;
    const cell = value => Math.floor(value / CELL);
    let best = -1, least = Infinity;
    for (let column = cell(x - reach); column <= cell(x + reach); column++) {
      for (let line = cell(y - reach); line <= cell(y + reach); line++) {
        for (const at of this.graph.cells.get(`${column},${line}`) ?? []) {
          const distance = Math.hypot(this.graph.x[at] - x, this.graph.y[at] - y);
          if (this.shown(at) && distance < Math.max(reach, this.graph.radius[at]) && distance < least) [best, least] = [at, distance];
        }
      }
    }
    return best;
  }

  choose(at) {
    if (at === this.chosen) return;
    this.chosen = at;
    const links = at < 0 ? 0 : this.graph.near[at].filter(link => this.linked(link)).length;
    this.told.textContent = at < 0 ? "" : `${this.graph.titles[at]} (${links} ${links === 1 ? "link" : "links"})`;
    this.canvas.style.cursor = at < 0 ? "" : "pointer";
    this.change();
  }

  centre(at) {
    this.middle = [this.graph.x[at], this.graph.y[at]];
    this.zoom = Math.max(this.zoom, Math.min(30, this.whole * 3));
    this.choose(at);
    this.change();
  }

  open() {
    if (this.chosen < 0) return;
    const address = this.graph.addresses[this.chosen].split("/").map(encodeURIComponent).join("/");
    location.assign(this.tool.dataset.root + address);
  }

  /** Shows the note that the address names, as links from a note's own page do. */
  goToNote() {
    const wanted = new URLSearchParams(location.search).get("note");
    const at = wanted ? this.graph.addresses.indexOf(wanted) : -1;
    if (at >= 0) this.centre(at);
  }

  find(words) {
    const wanted = words.trim().toLowerCase();
    if (!wanted) return this.choose(-1);
    const titles = this.graph.titles;
    const fits = test => this.graph.order.find(at => this.shown(at) && test(titles[at].toLowerCase()));
    const found = fits(title => title === wanted) ?? fits(title => title.startsWith(wanted)) ?? fits(title => title.includes(wanted));
    if (found === undefined) {
      this.choose(-1);
      this.told.textContent = "No note in the picture has these words in its title.";
    } else this.centre(found);
  }

  step(by) {
    const order = this.graph.order.filter(at => this.shown(at));
    if (!order.length) return;
    this.centre(order[(order.indexOf(this.chosen) + by + order.length + (this.chosen < 0 && by < 0 ? 1 : 0)) % order.length]);
  }

  listen() {
    const { canvas, tool } = this;
    const place = event => [event.offsetX, event.offsetY];
    canvas.addEventListener("wheel", event => {
      // The page scrolls past the picture, unless somebody has clicked into it or means to zoom.
      const isPinch = event.ctrlKey || event.metaKey;
      if (!isPinch && document.activeElement !== canvas) return;
      event.preventDefault();
      const turn = event.deltaY * (event.deltaMode ? 0.05 : isPinch ? 0.006 : 0.002);
      this.zoomBy(Math.exp(-Math.max(-0.4, Math.min(0.4, turn))), ...place(event));
    }, { passive: false });
    // One finger may scroll the page (touch-action: pan-y); two are always the picture's.
    for (const kind of ["touchstart", "touchmove"]) {
      canvas.addEventListener(kind, event => {
        if (event.touches.length > 1 && event.cancelable) event.preventDefault();
      }, { passive: false });
    }
    canvas.addEventListener("pointerdown", event => {
      canvas.setPointerCapture(event.pointerId);
      this.pointers.set(event.pointerId, place(event));
      this.travelled = this.pointers.size > 1 ? Infinity : 0;
    });
    canvas.addEventListener("pointermove", event => {
      const now = place(event), before = this.pointers.get(event.pointerId);
      if (!before) return this.choose(this.nearest(...now));
      const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
      this.pointers.set(event.pointerId, now);
      if (other) {
        const gap = point => Math.hypot(point[0] - other[0], point[1] - other[1]) || 1;
        this.zoomBy(gap(now) / gap(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
        this.move((before[0] - now[0]) / 2, (before[1] - now[1]) / 2);
      } else {
        this.travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
        this.move(before[0] - now[0], before[1] - now[1]);
      }
    });
    canvas.addEventListener("pointerup", event => {
      const isTap = this.travelled < 6 && this.pointers.delete(event.pointerId);
      this.pointers.delete(event.pointerId);
      if (!isTap) return;
      const at = this.nearest(...place(event));
      // A finger cannot hover: its first tap tells, its second opens.
      const opens = at >= 0 && (event.pointerType === "mouse" || at === this.chosen);
      this.choose(at);
      if (opens) this.open();
    });
    canvas.addEventListener("pointercancel", event => this.pointers.delete(event.pointerId));
    canvas.addEventListener("keydown", event => {
      const act = {
        ArrowLeft: () => this.move(-60, 0), ArrowRight: () => this.move(60, 0),
        ArrowUp: () => this.move(0, -60), ArrowDown: () => this.move(0, 60),
        "+": () => this.zoomBy(1.4), "=": () => this.zoomBy(1.4), "-": () => this.zoomBy(1 / 1.4),
        0: () => this.showWhole(), Enter: () => this.open(), Escape: () => this.chosen < 0 ? canvas.blur() : this.choose(-1),
        n: () => this.step(1), p: () => this.step(-1),
      }[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
    tool.querySelector("input[type=search]").addEventListener("change", event => this.find(event.target.value));
    for (const button of tool.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => button.dataset.zoom === "0" ? this.showWhole() : this.zoomBy(1.4 ** button.dataset.zoom));
    }
    tool.querySelector(".codex-graph__legend").addEventListener("change", event => {
      const { name, value, checked } = event.target;
      this.off[name][checked ? "delete" : "add"](Number(value));
      if (this.chosen >= 0 && !this.shown(this.chosen)) this.choose(-1);
      this.change();
    });
    new MutationObserver(() => { this.readColours(); this.change(); })
      .observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
  }

  change() {
    if (this.wanted) return;
    this.wanted = true;
    requestAnimationFrame(() => { this.wanted = false; this.draw(); });
  }

  draw() {
    const { pen, graph, zoom, chosen } = this;
    const toX = at => (graph.x[at] - this.middle[0]) * zoom + this.width / 2;
    const toY = at => (graph.y[at] - this.middle[1]) * zoom + this.height / 2;
    const inside = (px, py, room) => px > -room && py > -room && px < this.width + room && py < this.height + room;
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    const lit = new Set(chosen < 0 ? [] : [chosen]);
    for (const link of chosen < 0 ? [] : graph.near[chosen]) if (this.linked(link)) lit.add(link[0]).add(link[2]);

    // One path for each relation: a stroke costs far more than a line.
    const strokes = new Map();
    for (const link of graph.lines) {
      if (!this.linked(link)) continue;
      const [one, relation, other] = link;
      const x = toX(one), y = toY(one), toX2 = toX(other), toY2 = toY(other);
      if (Math.max(x, toX2) < 0 || Math.max(y, toY2) < 0 || Math.min(x, toX2) > this.width || Math.min(y, toY2) > this.height) continue;
      const key = relation * 2 + (one === chosen || other === chosen ? 1 : 0);
      if (!strokes.has(key)) strokes.set(key, new Path2D());
      strokes.get(key).moveTo(x, y);
      strokes.get(key).lineTo(toX2, toY2);
    }
    const faint = graph.lines.length > 6000 ? 0.12 : 0.22;
    for (const [key, path] of [...strokes].sort(([a], [b]) => (a & 1) - (b & 1))) {
      const isLit = key & 1;
      pen.globalAlpha = isLit ? 0.9 : chosen < 0 ? faint : faint / 3;
      pen.strokeStyle = isLit ? this.accent : this.line;
      pen.lineWidth = isLit ? 1.5 : 1;
      // Dashes are slow by the thousand and cannot be told apart from afar.
      pen.setLineDash(isLit || graph.lines.length < 3000 && zoom > 12 ? DASHES[key >> 1] : []);
      pen.stroke(path);
    }
    pen.setLineDash([]);

    const fills = new Map();
    const visible = [];
    for (const at of graph.order) {
      if (!this.shown(at)) continue;
      const px = toX(at), py = toY(at), size = Math.max(1.5, graph.radius[at] * zoom);
      if (!inside(px, py, size)) continue;
      visible.push(at);
      const key = graph.hues[at] * 2 + (chosen < 0 || lit.has(at) ? 1 : 0);
      if (!fills.has(key)) fills.set(key, new Path2D());
      fills.get(key).moveTo(px + size, py);
      fills.get(key).arc(px, py, size, 0, 7);
    }
    for (const [key, path] of fills) {
      pen.globalAlpha = key & 1 ? 1 : 0.18;
      pen.fillStyle = this.hues[key >> 1];
      pen.fill(path);
    }
    pen.globalAlpha = 1;
    if (chosen >= 0) {
      pen.strokeStyle = this.ink;
      pen.lineWidth = 2;
      pen.beginPath();
      pen.arc(toX(chosen), toY(chosen), Math.max(1.5, graph.radius[chosen] * zoom) + 2, 0, 7);
      pen.stroke();
    }
    this.label(chosen < 0 ? visible : [chosen, ...visible.filter(at => lit.has(at) && at !== chosen)], toX, toY);
  }

  label(notes, toX, toY) {
    const { pen, graph, zoom } = this;
    const most = Math.round(Math.min(150, LABELS * Math.max(1, zoom / this.whole) * Math.min(1, this.width / 800)));
    const taken = [];
    pen.font = this.font;
    pen.textAlign = "center";
    pen.lineJoin = "round";
    for (const at of notes.slice(0, most * 3)) {
      if (taken.length >= most) break;
      const whole = graph.titles[at];
      const words = at === this.chosen || whole.length < 34 ? whole.slice(0, 90) : whole.slice(0, 32).trimEnd() + "…";
      const half = pen.measureText(words).width / 2 + 3;
      const x = Math.min(Math.max(toX(at), half), Math.max(half, this.width - half));
      const y = toY(at) + Math.max(1.5, graph.radius[at] * zoom) + 12;
      if (taken.some(box => Math.abs(box[0] - x) < box[2] + half && Math.abs(box[1] - y) < 14)) continue;
      taken.push([x, y, half]);
      pen.lineWidth = 3;
      pen.strokeStyle = this.paper;
      pen.strokeText(words, x, y);
      pen.fillStyle = this.ink;
      pen.fillText(words, x, y);
    }
  }
}
