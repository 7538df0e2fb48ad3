// Weights that move the figure while they are dragged: a what-if, never kept. The server draws the same figure and sentence
// that it draws for the page, so nothing is computed twice; the address keeps the weights, so the what-if can be passed on.

const form = document.querySelector("form.weights[data-figure-url]");
const PAUSE = 120; // milliseconds after the last movement
let timer = 0, request;

const sliders = () => [...form.querySelectorAll("input[type=range][data-dimension]")];
const weights = () => new URLSearchParams(sliders().map((slider) => [slider.name, slider.value]));
const moved = () => { const p = shares(pinned); return shares((s) => s.value).some((share, i) => share !== p[i]); };
const pinned = (slider) => slider.dataset.pinned;

// Whole percents that add up to 100: the largest remainders are rounded up.
function shares(of) {
  const values = sliders().map((slider) => Number(of(slider))), sum = values.reduce((a, b) => a + b, 0);
  if (!sum) return values;
  const exact = values.map((value) => value * 100 / sum), whole = exact.map(Math.floor);
  const missing = 100 - whole.reduce((a, b) => a + b, 0);
  const order = exact.map((value, i) => [whole[i] - value, i]).sort((a, b) => a[0] - b[0]);
  for (const [, i] of order.slice(0, missing)) whole[i] += 1;
  return whole;
}

function show() {
  const percent = new Intl.NumberFormat(document.documentElement.lang || undefined, { style: "percent" });
  const before = shares(pinned);
  shares((slider) => slider.value).forEach((share, i) => {
    const slider = sliders()[i], text = percent.format(share / 100);
    form.querySelector(`output[for="${CSS.escape(slider.id)}"]`).textContent = text;
    slider.setAttribute("aria-valuetext", text);
    slider.closest(".w").classList.toggle("moved", share !== before[i]);
  });
  const note = document.getElementById("what-if"), text = moved() ? note.dataset.text : "";
  if (note.textContent !== text) note.textContent = text;
  form.querySelector("[data-reset]").hidden = !moved();
}

async function draw() {
  request?.abort();
  request = new AbortController();
  const { signal } = request, query = moved() ? weights() : new URLSearchParams();
  const address = new URL(location.href);
  for (const slider of sliders()) address.searchParams.delete(slider.name);
  for (const [name, value] of query) address.searchParams.set(name, value);
  history.replaceState(history.state, "", address);
  const place = document.getElementById("figure");
  place.setAttribute("aria-busy", "true");
  try {
    const url = new URL(form.dataset.figureUrl, location.href);
    for (const [name, value] of query) url.searchParams.set(name, value);
    const response = await fetch(url, { signal, headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(String(response.status));
    const parts = new DOMParser().parseFromString(await response.text(), "text/html");
    if (signal.aborted) return;
    for (const id of ["finding", "figure", "order-holds"]) {
      const part = parts.getElementById(id), open = document.querySelector(`#${id} details`)?.open;
      if (part && open) for (const details of part.querySelectorAll("details")) details.open = true;
      if (part) document.getElementById(id).replaceWith(document.adoptNode(part));
    }
  } catch (error) {
    if (error.name === "AbortError") return;
    place.removeAttribute("aria-busy");
    document.getElementById("what-if").textContent = form.dataset.failed;
  }
}

function start() {
  for (const button of form.querySelectorAll("[type=submit]")) button.hidden = true;
  form.addEventListener("input", () => {
    show();
    clearTimeout(timer);
    if (sliders().some((slider) => Number(slider.value))) timer = setTimeout(draw, PAUSE);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); draw(); });
  form.querySelector("[data-reset]").addEventListener("click", () => {
    for (const slider of sliders()) slider.value = pinned(slider);
    show();
    draw();
    sliders()[0].focus();
  });
  show();
}

if (form) start();
