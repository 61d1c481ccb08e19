// The Explore page: notes by words and by facets. What is chosen stands in the address, which can be shared.

import { asQuery, engine, hit, likeness, make } from "./engine.js";

const perPage = 20;
const pause = 150;
const few = 8;

const form = document.querySelector(".codex-explore__form");
const field = form.elements.namedItem("q");
const sort = form.elements.namedItem("sort");
const facets = [...form.querySelectorAll("[data-facet]")];
const status = form.querySelector("[role=status]");
const chosen = form.querySelector(".codex-explore__chosen");
const rows = form.querySelector(".codex-rows");
const more = form.querySelector(".codex-explore__more");
const sheet = form.querySelector(".codex-explore__sheet");
const title = element => element.querySelector("summary").textContent;

let state = read();
let results = [];
let latest = 0;
let typing;

/** What is chosen, as the address says it. */
function read() {
  const asked = new URLSearchParams(location.search);
  const values = facets.map(({ dataset: { facet } }) => [facet, asked.getAll(facet)]);
  return { q: asked.get("q") ?? "", sort: asked.get("sort") ?? "", values: new Map(values) };
}

function address() {
  const asked = new URLSearchParams();
  if (state.q) asked.set("q", state.q);
  for (const [facet, labels] of state.values) for (const label of labels) asked.append(facet, label);
  if (state.sort) asked.set("sort", state.sort);
  return `${location.pathname}${asked.size ? `?${asked}` : ""}`;
}

/** The engine's options for what is chosen, or for it but for one facet. */
function options(without) {
  const filters = {};
  for (const [facet, labels] of state.values) {
    if (labels.length && facet !== without) filters[facet] = { any: labels };
  }
  const by = state.sort || (asQuery(state.q) ? "" : "newest");
  return by ? { filters, sort: { [by]: "desc" } } : { filters };
}

async function show() {
  const search = ++latest;
  try {
    const pagefind = await engine();
    await pagefind.filters();
    const query = asQuery(state.q);
    const found = await pagefind.search(query, options());
    const counts = await counted(pagefind, query, found);
    const first = await Promise.all(found.results.slice(0, perPage).map(result => result.data()));
    const hints = found.results.length ? [] : await loosenings(pagefind, query);
    if (search !== latest) return;
    const like = query ? likeness(state.q, first) : "same";
    results = like === "other" ? [] : found.results;
    rows.replaceChildren(...(results.length ? first : []).map(note => hit(note, query)));
    tell(results.length, hints, like);
    for (const facet of facets) list(facet, counts.get(facet.dataset.facet));
    choose();
  } catch (error) {
    console.warn(error);
    status.textContent = "The search could not be loaded. Browse leads to all notes as well.";
  }
}

/** How many notes each value would give. Within a facet values add up, so its own choice is left out. */
async function counted(pagefind, query, found) {
  const counts = facets.map(async ({ dataset: { facet } }) => {
    const alone = state.values.get(facet).length ? await pagefind.search(query, options(facet)) : found;
    return [facet, alone.filters[facet] ?? {}];
  });
  return new Map(await Promise.all(counts));
}

/** For an empty result: what to leave out, and how many notes that would give. */
async function loosenings(pagefind, query) {
  const ways = [...state.values].filter(([, labels]) => labels.length).map(([facet]) => ({ facet }));
  if (query && ways.length) ways.unshift({ facet: "", words: true });
  const counts = await Promise.all(
    ways.map(async way => {
      const found = await pagefind.search(way.words ? null : query, options(way.facet));
      return { ...way, count: found.results.length };
    }),
  );
  return counts.filter(way => way.count);
}

function tell(count, hints, like) {
  const notes = `${count.toLocaleString("en")} ${count === 1 ? "note" : "notes"}`;
  // Without words there is no best match.
  sort.options[0].disabled = !asQuery(state.q);
  sort.value = state.sort || (asQuery(state.q) ? "" : "newest");
  const order = sort.selectedOptions[0].textContent.toLowerCase();
  status.textContent = count ? `${notes}, ${order} first.` : "No note fits all of this.";
  if (like === "like") status.textContent = `No note has “${state.q.trim()}”. ${notes} with words that begin like it.`;
  more.hidden = results.length <= perPage;
  if (count) return;
  const items = hints.map(hint => {
    const name = hint.words ? `the words “${state.q.trim()}”` : `the filter ${title(facetOf(hint.facet)).toLowerCase()}`;
    const button = make("button", "codex-explore__loosen", `Leave out ${name}: ${hint.count.toLocaleString("en")} ${hint.count === 1 ? "note" : "notes"}`);
    button.type = "button";
    button.addEventListener("click", () => {
      if (hint.words) state.q = "";
      else state.values.set(hint.facet, []);
      change();
    });
    return make("li", "", button);
  });
  if (!items.length) items.push(make("li", "", "Try fewer or other words."));
  rows.replaceChildren(...items);
}

const facetOf = name => facets.find(element => element.dataset.facet === name);

/** A facet's values as boxes, those of its vocabulary in their order, others by how many notes they have. */
function list(element, counts) {
  const { facet, order } = element.dataset;
  const picked = state.values.get(facet);
  const rank = new Map(order.split("|").map((label, index) => [label, index]));
  const labels = Object.keys(counts).filter(label => counts[label] || picked.includes(label));
  labels.sort(
    (one, other) =>
      (rank.get(one) ?? rank.size) - (rank.get(other) ?? rank.size) ||
      counts[other] - counts[one] ||
      (one < other ? -1 : 1),
  );
  const everything = element.dataset.all === "yes" || labels.length <= few + 2;
  const shown = labels.filter((label, index) => everything || index < few || picked.includes(label));
  const items = shown.map(label => {
    const box = make("input", "");
    Object.assign(box, { type: "checkbox", name: facet, value: label, checked: picked.includes(label) });
    const count = make("span", "codex-count", counts[label].toLocaleString("en"));
    return make("li", "", make("label", "", box, make("span", "", label), count));
  });
  if (!everything) {
    const button = make("button", "codex-explore__all", `All ${labels.length.toLocaleString("en")}`);
    button.type = "button";
    button.addEventListener("click", () => {
      element.dataset.all = "yes";
      list(element, counts);
      element.querySelector("input")?.focus();
    });
    items.push(make("li", "", button));
  }
  const focused = document.activeElement?.closest("[data-facet]") === element ? document.activeElement.value : null;
  element.querySelector("ul").replaceChildren(...items);
  element.hidden = !labels.length;
  if (focused !== null) element.querySelector(`input[value="${CSS.escape(focused)}"]`)?.focus();
}

/** What is chosen, as chips that take it back. */
function choose() {
  const items = [];
  for (const [facet, labels] of state.values) {
    for (const label of labels) {
      const button = make("button", "codex-chip", `${title(facetOf(facet))}: ${label} ×`);
      Object.assign(button, { type: "button", ariaLabel: `Leave out ${label}` });
      button.addEventListener("click", () => {
        state.values.set(facet, labels.filter(other => other !== label));
        change();
        field.focus();
      });
      items.push(make("li", "", button));
    }
  }
  chosen.replaceChildren(...items);
  sheet.textContent = items.length ? `Filters (${items.length})` : "Filters";
}

/** Something was chosen: a step that the back button takes back. */
function change() {
  field.value = state.q;
  if (address() !== location.pathname + location.search) history.pushState(null, "", address());
  show();
}

function open(isOpen) {
  form.classList.toggle("codex-explore--sheet", isOpen);
  sheet.ariaExpanded = String(isOpen);
}

field.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const began = !state.q;
    state.q = field.value;
    // The first letter is a step of its own; further ones only change where one is.
    if (began) history.pushState(null, "", address());
    else history.replaceState(null, "", address());
    show();
  }, pause);
});
form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("change", event => {
  const box = event.target;
  if (box === sort) state.sort = sort.value;
  else if (box.type === "checkbox") {
    const others = state.values.get(box.name).filter(label => label !== box.value);
    state.values.set(box.name, box.checked ? [...others, box.value] : others);
  } else return;
  change();
});
more.addEventListener("click", async () => {
  const search = latest;
  const shown = rows.children.length;
  const next = await Promise.all(results.slice(shown, shown + perPage).map(result => result.data()));
  if (search !== latest) return;
  const items = next.map(note => hit(note, asQuery(state.q)));
  rows.append(...items);
  items[0]?.querySelector("a").focus();
  more.hidden = rows.children.length >= results.length;
});
sheet.addEventListener("click", () => open(sheet.ariaExpanded !== "true"));
form.querySelector(".codex-explore__done").addEventListener("click", () => {
  open(false);
  sheet.focus();
});
form.querySelector(".codex-explore__skip").addEventListener("click", event => {
  // Followed as a link it would be a step back in the history, and search anew.
  event.preventDefault();
  open(false);
  form.querySelector(".codex-explore__results").focus();
});
form.addEventListener("keydown", event => {
  if (event.key === "Escape") open(false);
});

function restore() {
  state = read();
  field.value = state.q;
  if (![...sort.options].some(({ value }) => value === state.sort)) state.sort = "";
  show();
}
addEventListener("popstate", restore);
form.classList.add("codex-explore__form--ready");
restore();
