// The site's search engine: Pagefind, loaded when somebody first searches, and what it finds as elements.

const site = new URL("../../", import.meta.url);

// Scripts that are written without spaces; site/search/records.py parts the notes' words in the same way.
const unspaced =
  "\\u2e80-\\u2fdf\\u3001-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff" +
  "\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff9d\\u{20000}-\\u{3ffff}";
const border = new RegExp(`(?<=[${unspaced}])(?=[${unspaced}\\p{L}\\p{N}_])|(?<=[\\p{L}\\p{N}_])(?=[${unspaced}])`, "gu");
const gap = new RegExp(`([${unspaced}](?:</mark>)?)\\s+(?=(?:<mark>)?[${unspaced}])`, "gu");

const steps = ["speculative", "experimental", "likely", "proven"];
let loading;

/** The engine, loaded once. Rejects when there is no index. */
export function engine() {
  loading ??= load();
  return loading;
}

async function load() {
  const [pagefind, entry] = await Promise.all([import(new URL("search/pagefind.js", site)), json("pagefind-entry.json")]);
  if (entry.parts) return severalParts(pagefind, entry.parts);
  await pagefind.options(settings);
  await pagefind.init();
  return pagefind;
}

const settings = {
  baseUrl: site.pathname,
  excerptLength: 24,
  // What a row shows beside the title is not what a reader searches for.
  ranking: { metaWeights: { hue: 0, date: 0 } },
};

const json = async name => (await fetch(new URL(`search/${name}`, site))).json();

/** The engine for the index of a large codex (site/search/parts.py). Its parts follow one another in time. */
function severalParts(pagefind, folders) {
  const start = async isSorted => {
    const engine = pagefind.createInstance(settings);
    await engine.init();
    const weight = index => (isSorted ? 2 ** -(index + 1) : 1);
    const merged = folders.map((folder, index) =>
      engine.mergeIndex(new URL(`search/${folder}/`, site).href, { ...settings, indexWeight: weight(index) }),
    );
    await Promise.all(merged);
    return engine;
  };
  const engines = { plain: start(false) };
  let waiting;

  // In a sorted list the engine scores each note by its place in its own part: the newest of n has n - 1, the
  // oldest none. In the opposite list it is the other way round, so that both together are the same for all
  // notes of a part; and as each part has half the weight of the one before, less than for the notes of that.
  async function newestFirst(query, options) {
    engines.sorted ??= start(true);
    const engine = await engines.sorted;
    const [found, reversed] = await Promise.all(
      ["newest", "oldest"].map(key => engine.search(query, { ...options, sort: { [key]: "desc" } })),
    );
    const parts = new Map(reversed.results.map(({ id, score }) => [id, score]));
    for (const { id, score } of found.results) parts.set(id, parts.get(id) + score);
    found.results.sort((one, other) => parts.get(other.id) - parts.get(one.id) || other.score - one.score);
    return found;
  }

  return {
    filters: async () => (await engines.plain).filters(),
    async search(query, options = {}) {
      if (!options.sort) return (await engines.plain).search(query, options);
      const found = await newestFirst(query, options);
      if (!options.sort.waiting) return found;
      waiting ??= json("waiting.json").then(ids => new Map(ids.map((id, place) => [id, place])));
      const places = await waiting;
      const place = ({ id }) => places.get(id) ?? places.size;
      found.results.sort((one, other) => place(one) - place(other));
      return found;
    },
  };
}

/** The address of the Explore page for a query. */
export function exploreAddress(query) {
  const address = new URL("explore/", site);
  address.searchParams.set("q", query);
  return address.href;
}

/** What was typed as the engine wants it; null when nothing was. */
export function asQuery(typed) {
  const words = typed.trim().normalize("NFC");
  if (!words) return null;
  const apart = words.replace(border, " ");
  return apart !== words && !/\s/.test(words) ? `"${apart}"` : apart;
}

/**
 * How a single word that was typed compares with what was found for it: "same" or "like" it, or "other".
 * For a word that no note has, the engine falls back to ever shorter beginnings of it.
 */
export function likeness(typed, notes) {
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = text => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const [word, ...others] = wordsOf(typed);
  if (!word || others.length || border.test(word.repeat(2)) || word.length < 4) return "same";
  const texts = notes.flatMap(note => [note.meta.title, ...(note.excerpt.match(/<mark>.*?<\/mark>/g) ?? [])]);
  const shared = wordsOf(texts.join(" ").replace(/<[^>]*>/g, " ")).map(other => {
    let length = 0;
    while (length < word.length && word[length] === other[length]) length += 1;
    return length;
  });
  const most = Math.max(0, ...shared);
  return most >= Math.ceil(word.length * 0.6) ? "same" : most >= 3 ? "like" : "other";
}

/** An element of a class with words or elements in it. Words are never read as HTML. */
export function make(name, className, ...content) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/** An excerpt with its marked words; of the engine's HTML nothing but text and marks is kept. */
export function excerpt(html) {
  const parsed = new DOMParser().parseFromString(html.replace(gap, "$1"), "text/html").body;
  return [...parsed.childNodes].map(node =>
    node.nodeName === "MARK" ? make("mark", "", node.textContent) : node.textContent,
  );
}

/** What the engine knows of a note, as an element. `words` is whether there was a query. */
export function hit(found, words) {
  const { meta, filters } = found;
  const link = make("a", "codex-row__title", meta.title);
  link.href = address(found);
  const facts = make("span", "codex-row__facts");
  const [author, ...others] = filters.author ?? [];
  const authors = others.length ? `${author} and ${others.length} more` : author;
  for (const fact of [filters.kind?.[0], filters.domain?.[0], meta.date, authors]) {
    if (fact) facts.append(make("span", "", fact));
  }
  const chips = make("span", "codex-row__chips");
  for (const facet of ["status", "priority", "confidence"]) {
    for (const label of filters[facet] ?? []) chips.append(chip(facet, label));
  }
  const item = make("li", "codex-row codex-hit", link, facts);
  if (chips.childNodes.length) item.append(chips);
  if (words) item.append(...evidence(found));
  return item;
}

/** Where a note or a section of it is. Its record is a file, its page a folder. */
const address = ({ url }) => url.replace(/\.html(?=#|$)/, "/");

function chip(facet, label) {
  const element = make("span", `codex-chip codex-chip--${facet}`);
  element.classList.add(`codex-${facet}--${label.replaceAll(/\s+/g, "-")}`);
  const level = facet === "confidence" ? steps.indexOf(label) + 1 : 0;
  if (level) {
    const meter = make("span", `codex-meter codex-meter--${level}`, ...steps.map(() => make("i", "")));
    meter.ariaHidden = "true";
    element.append(meter);
  }
  element.append(label);
  return element;
}

/** Where in the note the words stand: its best two sections, else an excerpt of the whole. */
function evidence(found) {
  const sections = found.sub_results
    .filter(section => section.url.includes("#"))
    .sort((one, other) => other.locations.length - one.locations.length)
    .slice(0, 2);
  if (!sections.length) return [make("p", "codex-hit__words", ...excerpt(found.excerpt))];
  return sections.map(section => {
    const link = make("a", "codex-hit__section", section.title.replace(gap, "$1"));
    link.href = address(section);
    return make("p", "codex-hit__words", link, " ", ...excerpt(section.excerpt));
  });
}
