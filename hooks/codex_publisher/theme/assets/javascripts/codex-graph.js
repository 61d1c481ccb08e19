/* The graph page: shows what the build has laid out, drawn when something has changed and not otherwise. */

import { draw, sizeOf } from "./codex-graph-drawing.js";

const SCALE = 10;
const CELL = 4;
const NEAREST = 14; // pixels from a note within which the pointer has hold of it
const HUES = 12;

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
  const hues = data.domainOf.map(domain => domain < 0 ? 0 : data.domains[domain][1]);
  return { ...data, count, x, y, near, lines: links, radius, order, cells, hues };
}

class Picture {
  constructor(tool, graph) {
    this.tool = tool;
    this.graph = graph;
    this.canvas = tool.querySelector("canvas");
    this.told = tool.querySelector("[role=status]");
    this.pen = this.canvas.getContext("2d");
    this.chosen = -1;
    this.domain = -1;
    this.pointers = new Map();
    this.off = { kind: new Set(), relation: new Set() };
    this.wanted = false;
    this.cuts = new Map();
    // These are handed on to others.
    this.linked = this.linked.bind(this);
    this.fillTitles();
    this.readColours();
    this.count();
    this.listen();
    this.listenToControls();
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
    this.hues = [colour("--codex-muted"), ...Array.from({ length: HUES }, (_, at) => colour(`--codex-hue-${at + 1}`))];
    this.ink = colour("--md-default-fg-color");
    this.paper = colour("--md-default-bg-color");
    this.line = colour("--codex-muted");
    this.accent = colour("--codex-accent");
    this.font = `11px ${style.fontFamily}`;
    this.nameFont = `600 13px ${style.fontFamily}`;
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

  screenX(x) { return (x - this.middle[0]) * this.zoom + this.width / 2; }

  screenY(y) { return (y - this.middle[1]) * this.zoom + this.height / 2; }

  toX(at) { return this.screenX(this.graph.x[at]); }

  toY(at) { return this.screenY(this.graph.y[at]); }

  /** Counts what the legend leaves in the picture, and finds the middle of each domain. */
  count() {
    const { graph, tool } = this;
    const notes = graph.order.filter(at => this.shown(at));
    const links = graph.lines.filter(this.linked).length;
    const of = (some, all) => (some === all ? "" : `${some.toLocaleString("en")} of `) + all.toLocaleString("en");
    tool.querySelector("output").textContent =
      `${of(notes.length, graph.count)} notes, ${of(links, graph.lines.length)} ${graph.lines.length === 1 ? "link" : "links"} shown`;
    this.clusters = graph.domains.map(([name], number) => ({ name, number, count: 0, x: 0, y: 0 }));
    for (const at of notes) {
      const cluster = this.clusters[graph.domainOf[at]];
      if (!cluster) continue;
      cluster.count++;
      cluster.x += (graph.x[at] - cluster.x) / cluster.count;
      cluster.y += (graph.y[at] - cluster.y) / cluster.count;
    }
    this.clusters.sort((one, other) => other.count - one.count);
  }

  nearest(px, py) {
    const [x, y] = this.at(px, py);
    const reach = NEAREST / this.zoom;
    const cell = value => Math.floor(value / CELL);
    let best = -1, least = Infinity;
    for (let column = cell(x - reach); column <= cell(x + reach); column++) {
      for (let line = cell(y - reach); line <= cell(y + reach); line++) {
        for (const at of this.graph.cells.get(`${column},${line}`) ?? []) {
          const distance = Math.hypot(this.graph.x[at] - x, this.graph.y[at] - y);
          if (this.shown(at) && distance < Math.max(reach, sizeOf(this, at) / this.zoom) && distance < least) [best, least] = [at, distance];
        }
      }
    }
    return best;
  }

  choose(at) {
    if (at === this.chosen) return;
    this.chosen = at;
    const links = at < 0 ? 0 : this.graph.near[at].filter(this.linked).length;
    if (at < 0) this.told.textContent = "";
    else this.tell(this.graph, at, ` (${links} ${links === 1 ? "link" : "links"})`);
    this.canvas.style.cursor = at < 0 ? "" : "pointer";
    this.change();
  }

  /** Names a note by a link that opens it, as a finger needs. */
  tell({ titles, addresses }, at, words) {
    const link = document.createElement("a");
    link.href = this.addressOf(addresses[at]);
    link.textContent = titles[at];
    this.told.replaceChildren(link, words);
  }

  addressOf(address) { return this.tool.dataset.root + address.split("/").map(encodeURIComponent).join("/"); }

  /** Brings a note to the middle, as near as its neighbours can still be seen. */
  centre(at) {
    const { x, y, near } = this.graph;
    let reach = 0;
    for (const [one, , other] of near[at].filter(this.linked)) {
      const neighbour = one === at ? other : one;
      reach = Math.max(reach, Math.abs(x[neighbour] - x[at]) / this.width, Math.abs(y[neighbour] - y[at]) / this.height);
    }
    this.middle = [x[at], y[at]];
    this.zoom = Math.max(this.whole, Math.min(30, this.whole * 3, 0.36 / (reach || 1e-9)));
    this.choose(at);
    this.change();
  }

  open() {
    if (this.chosen >= 0) location.assign(this.addressOf(this.graph.addresses[this.chosen]));
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
    const { graph } = this;
    const ways = [title => title === wanted, title => title.startsWith(wanted), title => title.includes(wanted)];
    for (const fits of ways) {
      const found = graph.order.find(at => this.shown(at) && fits(graph.titles[at].toLowerCase()));
      if (found !== undefined) return this.centre(found);
      const alone = graph.alone.titles.findIndex(title => fits(title.toLowerCase()));
      if (alone < 0) continue;
      this.choose(-1);
      return this.tell(graph.alone, alone, " has no links, so it is not in the picture.");
    }
    this.choose(-1);
    this.told.textContent = "No note in the picture has these words in its title.";
  }

  step(by) {
    const order = this.graph.order.filter(at => this.shown(at));
    if (!order.length) return;
    this.centre(order[(order.indexOf(this.chosen) + by + order.length + (this.chosen < 0 && by < 0 ? 1 : 0)) % order.length]);
  }

  listen() {
    const { canvas } = this;
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
  }

  listenToControls() {
    const { tool } = this;
    tool.querySelector("input[type=search]").addEventListener("change", event => this.find(event.target.value));
    for (const button of tool.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => button.dataset.zoom === "0" ? this.showWhole() : this.zoomBy(1.4 ** button.dataset.zoom));
    }
    tool.querySelector(".codex-graph__legend").addEventListener("change", event => {
      const { name, value, checked } = event.target;
      this.off[name][checked ? "delete" : "add"](Number(value));
      this.choose(-1);
      this.count();
      this.change();
    });
    document.querySelectorAll("[data-codex-domains] a").forEach((link, domain) => {
      for (const kind of ["pointerenter", "focus"]) link.addEventListener(kind, () => this.light(domain));
      for (const kind of ["pointerleave", "blur"]) link.addEventListener(kind, () => this.light(-1));
    });
    new MutationObserver(() => { this.readColours(); this.change(); })
      .observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
  }

  /** Sets off the notes of a domain, while the legend names it. */
  light(domain) {
    this.domain = domain;
    this.change();
  }

  change() {
    if (this.wanted) return;
    this.wanted = true;
    requestAnimationFrame(() => { this.wanted = false; if (this.width) draw(this); });
  }
}
