// Shows what a link within the site leads to, title and first lines, when the pointer rests on it or the Tab
// key comes to it. Loads nothing before that.
const root = new URL("../../", import.meta.url).href;
const WAIT = 300, LINGER = 200, PAGES_KEPT = 40, ENOUGH = 600, GAP = 8;
// Links to lists are left out: the first rows of a list tell less than its name.
const LISTS = ".codex-chip, .codex-crumbs, .codex-row__facts, .codex-value, .codex-pages, .codex-more, .headerlink";
const SHOWN = /^(a|abbr|b|blockquote|br|code|d[dlt]|del|div|em|i|ins|kbd|li|mark|ol|p|pre|s|section|small|span|strong|su[bp]|table|tbody|t[dhr]|thead|u|ul)$/;
const HEADING = /^H[1-6]$/;
const pages = new Map();
let card, link, point, timer, room;

const bare = url => url.split("#")[0];

const load = address => {
  if (!pages.has(address)) {
    if (pages.size === PAGES_KEPT) pages.delete(pages.keys().next().value);
    pages.set(address, fetch(address)
      .then(answer => answer.ok && /html/.test(answer.headers.get("content-type")) ? answer.text() : "")
      .then(html => new DOMParser().parseFromString(html, "text/html"))
      .catch(() => pages.delete(address) && document.implementation.createHTMLDocument()));
  }
  return pages.get(address);
};

const make = (tag, name, inside) => {
  const element = document.createElement(tag);
  element.className = name;
  element.append(...inside);
  return element;
};

// Elements with their classes, and text as far as there is room: nothing that acts, loads, leads on or has a name.
const copy = node => {
  const said = (node.data || node.alt || "").slice(0, room);
  if (said || room < 1 || node.nodeType === Node.TEXT_NODE) {
    room -= said.length;
    return room < 1 && said ? `${said}…` : said;
  }
  if (!SHOWN.test(node.localName) || node.matches(".headerlink")) return "";
  return make(node.localName === "a" ? "span" : node.localName, node.className, [...node.childNodes].map(copy));
};
const words = node => [...node?.childNodes || []].map(one => one.className === "headerlink" ? "" : one.textContent).join("").trim();
const linesOf = nodes => nodes.map(copy).filter(line => line.textContent?.trim());

const sectionOf = start => {
  if (!HEADING.test(start.tagName)) return [start];
  const nodes = [];
  while ((start = start.nextElementSibling) && !HEADING.test(start.tagName)) nodes.push(start);
  return nodes;
};

const contentsOf = (from, id) => {
  const page = from.querySelector(".md-content__inner");
  const title = words(page?.querySelector("h1"));
  if (!title || page.querySelector(".codex-page:not(.codex-note)")) return null;
  room = ENOUGH;
  const place = id && page.querySelector(`:not(h1)#${CSS.escape(decodeURIComponent(id))}`);
  if (place) {
    const name = words(place.closest("h2, h3, h4, h5, h6") || place.querySelector("h2"));
    return [make("small", "", [title]), make("strong", "", [name]), ...linesOf(sectionOf(place))];
  }
  const first = [...page.querySelectorAll(".codex-chips, .codex-standfirst")].map(copy);
  const body = page.querySelector(".codex-body") || page;
  return [make("strong", "", [title]), ...first, ...linesOf([...body.children])];
};

const close = () => {
  clearTimeout(timer);
  link?.removeAttribute("aria-describedby");
  link = null;
  card?.remove();
};

const leave = () => {
  clearTimeout(timer);
  timer = setTimeout(close, LINGER);
};

const open = async wanted => {
  const address = bare(wanted.href);
  const from = address === bare(location.href) ? document : await load(address);
  const inside = contentsOf(from, wanted.hash.slice(1));
  if (!inside || wanted !== link) return;
  card?.remove();
  card = make("div", "codex-preview md-typeset", inside);
  card.id = "codex-preview";
  card.setAttribute("role", "tooltip");
  card.onpointerenter = () => clearTimeout(timer);
  card.onpointerleave = leave;
  document.querySelector("main").append(card);
  link.removeAttribute("title");
  link.setAttribute("aria-describedby", card.id);
  // A link may run over two lines: beside the one that is pointed at, below it where there is room.
  const boxes = [...link.getClientRects()];
  const box = boxes.find(one => point && one.bottom >= point.y) || boxes[0];
  const below = box.bottom + GAP, above = box.top - GAP - card.offsetHeight;
  const fits = below + card.offsetHeight < innerHeight || above < 0;
  const right = document.documentElement.clientWidth - card.offsetWidth - GAP;
  card.style.left = `${scrollX + Math.max(GAP, Math.min(box.left, right))}px`;
  card.style.top = `${scrollY + (fits ? below : above)}px`;
};

const come = (event, at) => {
  const found = event.target.closest?.(".md-content a[href]");
  if (!String(found?.href).startsWith(root) || found.closest(LISTS)) return;
  clearTimeout(timer);
  if (found === link) return;
  close();
  [link, point] = [found, at];
  timer = setTimeout(() => open(found).catch(close), WAIT);
};

if (matchMedia("(hover: hover)").matches) {
  const on = (name, act) => document.addEventListener(name, act);
  on("pointerover", event => event.pointerType !== "touch" && come(event, event));
  on("pointerout", event => link?.contains(event.target) && !link.contains(event.relatedTarget) && leave());
  on("focusin", event => event.target.matches(":focus-visible") && come(event));
  on("focusout", event => event.target === link && close());
  on("click", close);
  on("keydown", event => event.key === "Escape" && close());
}
