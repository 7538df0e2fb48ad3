// Large type, left-handed layout and colours, as chosen on this device: set before the page is painted.
(() => {
  const root = document.documentElement.dataset;
  try {
    const chosen = JSON.parse(localStorage.getItem("attune-manner")) ?? {};
    for (const name of ["type", "hand", "theme"]) if (chosen[name]) root[name] = chosen[name];
  } catch { /* as the style sheet has it */ }

  // The dark colours stand once, behind a media query: a chosen theme decides it in the system's place.
  const bySystem = new Map();
  function colour() {
    for (const sheet of document.styleSheets) for (const rule of sheet.cssRules) {
      if (!bySystem.has(rule) && rule instanceof CSSMediaRule && rule.media.mediaText.includes("prefers-color-scheme: dark")) bySystem.set(rule, rule.media.mediaText);
    }
    for (const [rule, query] of bySystem) rule.media.mediaText = { dark: "screen", light: "not all" }[root.theme] ?? query;
  }
  document.addEventListener("manner", colour);
  if (root.theme) colour();
})();
