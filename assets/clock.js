// The server's clock, as this page knows it: the device's own may be wrong, or be set while one works.

let skew = known();

/** Now, by the server's clock, in milliseconds. */
export const now = () => Date.now() + skew;

/** The server said what time it is. */
export function heard(time) {
  const at = Date.parse(time);
  if (!at) return;
  skew = at - Date.now();
  try { localStorage.setItem("attune-skew", Math.round(skew)); } catch { /* the next page hears it anew */ }
}

// As it was heard last; a page that comes from this device says when it was kept by both clocks.
function known() {
  const heard = localStorage.getItem("attune-skew"), { kept } = document.documentElement.dataset;
  if (heard !== null || !kept) return Number(heard);
  return Date.parse(document.querySelector("form[data-now]")?.dataset.now) - Number(kept) || 0;
}
