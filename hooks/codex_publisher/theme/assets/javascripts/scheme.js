// Runs before the page is shown: light or dark, as chosen before or as the system has it.
// Material's script keeps what is chosen through these functions, whose names are its own.

var __md_scope = new URL("../../", document.currentScript.src);
var __md_get = (key, storage = localStorage, scope = __md_scope) => {
  try {
    return JSON.parse(storage.getItem(`${scope.pathname}.${key}`));
  } catch {
    return null;
  }
};
var __md_set = (key, value, storage = localStorage, scope = __md_scope) => {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // Without storage the choice lasts for this page.
  }
};

(() => {
  const choices = [...document.querySelectorAll("input[data-md-color-media]")];
  const ofSystem = choices.find(({ dataset }) => matchMedia(dataset.mdColorMedia).matches);
  const chosen = __md_get("__palette")?.color ?? {
    scheme: ofSystem?.dataset.mdColorScheme,
    primary: ofSystem?.dataset.mdColorPrimary,
    accent: ofSystem?.dataset.mdColorAccent,
  };
  for (const [name, value] of Object.entries(chosen)) {
    if (value && name !== "media") document.body.setAttribute(`data-md-color-${name}`, value);
  }
})();
