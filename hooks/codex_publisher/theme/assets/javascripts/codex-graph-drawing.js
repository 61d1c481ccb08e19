/* How the graph is drawn: links, dots, the names of domains, and titles where there is room for them. */

const LABELS = 12;
const NAMES = 16; // names of domains that a window 800 pixels wide has room for
const CLUSTER = 8; // notes that make a domain worth a name in the picture
const CELL = 32;
const LINE = 14;
const DASHES = { 0: [], 1: [6, 3], 2: [], 3: [], 4: [], 5: [2, 2], 6: [1, 3] };

/** A dot's radius in pixels. It grows more slowly than the picture, so that coming nearer uncrowds it. */
export function sizeOf(view, at) {
  return Math.max(1.5, view.graph.radius[at] * Math.sqrt(view.zoom * Math.min(16, Math.max(6, view.whole))));
}

export function draw(view) {
  const { pen } = view;
  pen.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  pen.clearRect(0, 0, view.width, view.height);
  const lit = litNotes(view);
  drawLinks(view, lit);
  const dots = drawDots(view, lit);
  const room = new Room(view.width, view.height);
  // What has faded may be written over.
  for (const dot of dots) if (!lit || lit.has(dot.at)) room.take([dot.x - dot.size, dot.y - dot.size, dot.x + dot.size, dot.y + dot.size]);
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  drawDomains(view, room);
  drawTitles(view, dots, lit, room);
}

/** The notes to set off from the rest: a domain's, or a note with its neighbours; null when all are equal. */
function litNotes({ graph, chosen, domain, linked }) {
  if (domain >= 0) return new Set(graph.order.filter(at => graph.domainOf[at] === domain));
  if (chosen < 0) return null;
  return new Set([chosen, ...graph.near[chosen].filter(linked).flatMap(([one, , other]) => [one, other])]);
}

function drawLinks(view, lit) {
  const { pen, graph, chosen, domain, width, height } = view;
  const isLit = (one, other) => domain < 0 ? one === chosen || other === chosen : lit.has(one) && lit.has(other);
  // One path for each relation: a stroke costs far more than a line.
  const strokes = new Map();
  for (const link of graph.lines) {
    if (!view.linked(link)) continue;
    const [one, relation, other] = link;
    const x = view.toX(one), y = view.toY(one), x2 = view.toX(other), y2 = view.toY(other);
    if (Math.max(x, x2) < 0 || Math.max(y, y2) < 0 || Math.min(x, x2) > width || Math.min(y, y2) > height) continue;
    const key = relation * 2 + (lit && isLit(one, other) ? 1 : 0);
    if (!strokes.has(key)) strokes.set(key, new Path2D());
    strokes.get(key).moveTo(x, y);
    strokes.get(key).lineTo(x2, y2);
  }
  const isLarge = graph.lines.length > 6000;
  const faint = (isLarge ? 0.12 : 0.22) / (lit ? 5 : 1);
  for (const [key, path] of [...strokes].sort(([a], [b]) => (a & 1) - (b & 1))) {
    const isStrong = key & 1;
    pen.globalAlpha = !isStrong ? faint : domain < 0 ? 0.9 : 0.5;
    pen.strokeStyle = !isStrong ? view.line : domain < 0 ? view.accent : view.hues[graph.domains[domain][1]];
    pen.lineWidth = isStrong && domain < 0 ? 1.5 : 1;
    // Dashes are slow by the thousand and cannot be told apart from afar.
    pen.setLineDash(isStrong && domain < 0 || graph.lines.length < 3000 && view.zoom > 12 ? DASHES[key >> 1] : []);
    pen.stroke(path);
  }
  pen.setLineDash([]);
}

/** Draws the dots inside the window and returns them, those with the most links first. */
function drawDots(view, lit) {
  const { pen, graph, chosen } = view;
  const fills = new Map();
  const dots = [];
  for (const at of graph.order) {
    if (!view.shown(at)) continue;
    const x = view.toX(at), y = view.toY(at), size = sizeOf(view, at);
    if (x < -size || y < -size || x > view.width + size || y > view.height + size) continue;
    dots.push({ at, x, y, size });
    const key = graph.hues[at] * 2 + (!lit || lit.has(at) ? 1 : 0);
    if (!fills.has(key)) fills.set(key, new Path2D());
    fills.get(key).moveTo(x + size, y);
    fills.get(key).arc(x, y, size, 0, 7);
  }
  for (const [key, path] of [...fills].sort(([a], [b]) => (a & 1) - (b & 1))) {
    pen.globalAlpha = key & 1 ? 1 : 0.15;
    pen.fillStyle = view.hues[key >> 1];
    pen.fill(path);
  }
  pen.globalAlpha = 1;
  if (chosen >= 0 && view.domain < 0) {
    pen.strokeStyle = view.ink;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(view.toX(chosen), view.toY(chosen), sizeOf(view, chosen) + 2, 0, 7);
    pen.stroke();
  }
  return dots;
}

/** Each large domain's name at its notes, while the picture is seen from afar. */
function drawDomains(view, room) {
  const { pen, domain } = view;
  if (domain < 0 && (view.chosen >= 0 || view.zoom > view.whole * 2.2)) return;
  const names = new Room(view.width, view.height);
  let most = Math.round(NAMES * Math.min(1, view.width / 800) * Math.max(1, view.zoom / view.whole));
  pen.font = view.nameFont;
  pen.textAlign = "center";
  for (const cluster of view.clusters) {
    if (domain < 0 ? cluster.count < CLUSTER || !most : cluster.number !== domain) continue;
    const half = pen.measureText(cluster.name).width / 2 + 3;
    const middle = view.screenX(cluster.x), x = Math.min(Math.max(middle, half), view.width - half);
    if (Math.abs(x - middle) > half) continue;
    const y = [0, -LINE, LINE].map(by => view.screenY(cluster.y) + by).find(y => names.isFree(boxOf(x, y, half)));
    if (y === undefined) continue;
    most--;
    // Names keep a line apart, or they read as one.
    names.take([x - half, y - LINE, x + half, y + LINE]);
    room.take(boxOf(x, y, half));
    pen.globalAlpha = 0.75;
    write(view, cluster.name, x, y, 4);
  }
  pen.globalAlpha = 1;
}

function boxOf(x, y, half) { return [x - half, y - LINE / 2, x + half, y + LINE / 2]; }

/** Titles beside their dots, where they cover neither another dot nor another title. */
function drawTitles(view, dots, lit, room) {
  const { pen, chosen } = view;
  const first = view.domain < 0 ? dots.filter(dot => dot.at === chosen) : [];
  const others = dots.filter(dot => !first.includes(dot) && (!lit || lit.has(dot.at)));
  const isNear = lit && view.domain < 0;
  const share = Math.min(1, view.width / 800);
  const most = isNear ? 60 : Math.round(Math.min(150, LABELS * share * Math.max(1, view.zoom / view.whole) ** 1.5));
  const widest = Math.min(200, view.width * 0.42);
  pen.font = view.font;
  let written = 0;
  for (const dot of [...first, ...others.slice(0, most * 3)]) {
    if (written >= most) break;
    // Of a note's neighbours as many as can be are named, if need be in a few words.
    const widths = dot.at === chosen ? [view.width * 0.8, widest, widest / 2] : isNear ? [widest, widest / 2] : [widest];
    const place = widths.map(width => roomBeside(view, dot, width, room)).find(Boolean);
    if (!place) continue;
    written++;
    room.take(boxOf(place.x, place.y, place.half));
    pen.textAlign = "center";
    write(view, place.words, place.x, place.y, 3);
  }
}

function roomBeside(view, dot, width, room) {
  const words = clipped(view, dot.at, width);
  const half = view.pen.measureText(words).width / 2 + 2;
  const aside = dot.size + half + 2, away = dot.size + LINE / 2 + 1;
  const inward = Math.min(Math.max(dot.x, half), Math.max(half, view.width - half));
  const places = [[dot.x + aside, dot.y], [dot.x - aside, dot.y], [inward, dot.y - away], [inward, dot.y + away]];
  const free = places.find(([x, y]) => room.isFree(boxOf(x, y, half)));
  return free && { words, half, x: free[0], y: free[1] };
}

/** A title cut to so many pixels, with an ellipsis. */
function clipped(view, at, width) {
  const key = `${at} ${Math.round(width)}`;
  if (!view.cuts.has(key)) {
    const letters = [...view.graph.titles[at]];
    let words = letters.join("");
    while (letters.length > 1 && view.pen.measureText(words).width > width) {
      letters.length = Math.min(letters.length - 1, Math.ceil(letters.length * width / view.pen.measureText(words).width));
      words = letters.join("").trimEnd() + "…";
    }
    view.cuts.set(key, words);
  }
  return view.cuts.get(key);
}

function write({ pen, paper, ink }, words, x, y, edge) {
  pen.lineWidth = edge;
  pen.strokeStyle = paper;
  pen.strokeText(words, x, y);
  pen.fillStyle = ink;
  pen.fillText(words, x, y);
}

/** What is taken of the window, by cells, so that asking is quick. */
class Room {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.cells = new Map();
  }

  *around([left, top, right, bottom]) {
    for (let line = Math.floor(top / CELL); line <= bottom / CELL; line++) {
      for (let column = Math.floor(left / CELL); column <= right / CELL; column++) yield line * 1000 + column;
    }
  }

  take(box) {
    for (const key of this.around(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  isFree(box) {
    const [left, top, right, bottom] = box;
    if (left < 0 || top < 0 || right > this.width || bottom > this.height) return false;
    for (const key of this.around(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (other[0] < right && other[2] > left && other[1] < bottom && other[3] > top) return false;
      }
    }
    return true;
  }
}
