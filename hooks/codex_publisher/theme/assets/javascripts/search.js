// The search box in the header: opens with a key, finds while one types, is walked through with arrows.

import { asQuery, engine, exploreAddress, hit, likeness, make } from "./engine.js";

const shown = 8;
const pause = 120;

const form = document.querySelector(".codex-find");
const field = form?.querySelector("input");
if (field) equip();

function equip() {
  const status = make("p", "codex-found__status");
  status.setAttribute("role", "status");
  const list = make("ol", "codex-rows");
  const all = make("a", "codex-found__all");
  all.href = exploreAddress("");
  const panel = make("div", "codex-found md-typeset", status, list, all);
  panel.hidden = all.hidden = true;
  const shut = make("button", "codex-find__close", "Close");
  shut.type = "button";
  form.append(shut, panel);
  let latest = 0;
  let listed = "";
  let goesToFirst = false;

  const open = isOpen => {
    form.classList.toggle("codex-find--open", isOpen);
    panel.hidden = !isOpen || !field.value.trim();
  };
  const links = () => [...panel.querySelectorAll("a[href]:not([hidden])")];
  const leave = () => {
    open(false);
    field.blur();
  };

  async function find() {
    const search = ++latest;
    goesToFirst = false;
    const typed = field.value.trim();
    open(form.contains(document.activeElement));
    if (!typed || typed === listed) return;
    await new Promise(resolve => setTimeout(resolve, pause));
    if (search !== latest) return;
    try {
      const found = await (await engine()).search(asQuery(typed));
      const best = await Promise.all(found.results.slice(0, shown).map(result => result.data()));
      if (search === latest) tell(typed, best, found.results.length);
    } catch (error) {
      if (search === latest) fail(error);
    }
  }

  function tell(typed, best, count) {
    const like = likeness(typed, best);
    if (like === "other") count = 0;
    list.replaceChildren(...(count ? best : []).map(note => hit(note, true)));
    listed = typed;
    const notes = `${count.toLocaleString("en")} ${count === 1 ? "note" : "notes"}`;
    if (!count) status.textContent = `No note has “${typed}”. Try fewer or other words.`;
    else if (like === "like") status.textContent = `No note has “${typed}”. ${notes} with words that begin like it`;
    else status.textContent = notes;
    all.textContent = `All ${count.toLocaleString("en")} in Explore`;
    all.href = exploreAddress(typed);
    all.hidden = count <= shown;
    if (goesToFirst) go();
  }

  /** Where Enter leads: to the best note, or where there is none, to Explore. */
  function go() {
    location.assign(links()[0]?.href ?? exploreAddress(field.value.trim()));
  }

  function fail(error) {
    console.warn(error);
    list.replaceChildren();
    all.hidden = true;
    status.textContent = "The search could not be loaded. Browse leads to all notes as well.";
    goesToFirst = false;
  }

  function move(event) {
    const stops = [field, ...links()];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }

  field.addEventListener("focus", () => {
    open(true);
    engine().catch(fail);
  });
  field.addEventListener("input", find);
  form.addEventListener("keydown", event => {
    if (event.key === "Escape") leave();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    // Whoever types fast is led to the same place, when it is known.
    if (listed === field.value.trim()) go();
    else goesToFirst = true;
  });
  shut.addEventListener("click", leave);
  form.addEventListener("focusout", event => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) open(false);
  });
  document.addEventListener("pointerdown", event => {
    if (!form.contains(event.target)) open(false);
  });
  // A page that comes back from the browser's memory shows what it showed.
  addEventListener("pagehide", () => open(false));
  document.addEventListener("keydown", event => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const asked = (event.key === "/" || event.key === "s") && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!asked && !(event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
