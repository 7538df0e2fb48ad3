// The interview kit and its review: keys, timer, progress and the ways between pages. What is written is kept by autosave.js,
// what belongs to the course of the interview is in course.js, and kit-worker.js opens the pages without network.

import { keep, offline, safe, settle } from "./autosave.js";
import { heard, now } from "./clock.js";
import { during, laterFirst, press as pressDuring, skip } from "./course.js";

const form = document.querySelector("form[data-operations]");
const rail = document.querySelector("nav.rail");
const fromDevice = document.documentElement.dataset.kept !== undefined;

function start() {
  document.addEventListener("field-value", ({ detail }) => showRating(detail.name, detail.value));
  document.addEventListener("field-saved", ({ detail }) => heard(detail.at));
  if (!fromDevice) heard(form.dataset.now);
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  form.addEventListener("submit", submitted);
  const keys = document.getElementById("keys-on");
  if (keys) { keys.checked = keysOn(); keys.addEventListener("change", () => localStorage.setItem("attune-keys", keys.checked ? "on" : "off")); }
  startTimer();
  during(form, rail);
  const hints = form.dataset.hints?.split(" ").filter(Boolean) ?? [];
  if (hints.length) import("./hints.js").then(({ watch }) => watch(hints)).catch(() => {}); // a note can be written without
  if (fromDevice) {
    for (const part of document.querySelectorAll("[data-stale]")) part.hidden = true; // other pages wrote on since
    document.getElementById("review-offline")?.removeAttribute("hidden");
  }
  keep(form).then(openWithoutNetwork);
}

// The worker keeps all pages of this kit as soon as one of them is open. It needs a secure origin and a key.
async function openWithoutNetwork() {
  if (!("serviceWorker" in navigator) || !form.dataset.deviceKey || fromDevice) return;
  try {
    navigator.serviceWorker.addEventListener("message", ({ data }) => { document.documentElement.dataset.pagesKept = data.kept; });
    await navigator.serviceWorker.register(new URL("kit-worker.js", import.meta.url), { scope: "/interviews/", updateViaCache: "none" });
    (await navigator.serviceWorker.ready).active.postMessage({ pages: [...form.dataset.pages.split(" "), form.dataset.kit.replace(/kit$/, "preparation")] });
  } catch { /* then the kit needs the network to open, and words are kept all the same */ }
}

// ── Progress and time ──

function showRating(name, value) {
  const dimension = name.endsWith(".rating") && name.slice(0, -7);
  const item = dimension && rail?.querySelector(`[data-dimension="${CSS.escape(dimension)}"]`);
  if (!item) return;
  const pip = item.querySelector(".pip"), spoken = item.querySelector(".pip-text"), unknown = value === "not_enough_evidence";
  pip.className = `pip ${!value ? "" : unknown ? "none" : `r${value}`}`;
  pip.dataset.rating = value;
  pip.textContent = !value ? pip.dataset.n : unknown ? "–" : value;
  if (spoken) spoken.textContent = !value ? "" : (rail.dataset.rated ?? "").replace("{rating}", pip.textContent);
  const pips = [...rail.querySelectorAll(".pip")], n = pips.filter((p) => p.dataset.rating).length;
  const progress = document.getElementById("progress"), bar = rail.querySelector("progress");
  if (progress) progress.textContent = progress.dataset.template.replace("{n}", n).replace("{total}", pips.length);
  if (bar) bar.value = n;
}

// Before the interview the page says when it starts; the timer takes the place of those words when it does.
function startTimer() {
  const clock = document.getElementById("timer"), start = Date.parse(form.dataset.started);
  if (!clock || !start) return;
  const two = (n) => String(n).padStart(2, "0");
  const tick = () => {
    const s = Math.floor((now() - start) / 1000), h = Math.floor(s / 3600);
    if (s < 0) return;
    clock.textContent = `${h ? `${h}:` : ""}${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
    clock.classList.toggle("over", s > form.dataset.minutes * 60);
  };
  tick();
  setInterval(tick, 1000);
}

// ── Ways between pages: what was written goes first ──

// What is not saved in a moment goes on from the next page: it lies on the device. Only the review shows what is saved, unless
// there is no network; and only what is saved can be submitted.
let leaving = false;
const MOMENT = 1500; // milliseconds
async function leave(go, must) {
  if (leaving) return;
  leaving = true;
  const saved = await (must ? settle() : Promise.race([settle(), new Promise((done) => setTimeout(() => done(false), MOMENT))]));
  await new Promise((done) => setTimeout(done)); // a form does not submit while its submit event is still being told
  leaving = false;
  const opens = !offline() || navigator.serviceWorker?.controller;
  if (saved && opens || must !== "submit" && safe() && opens && (!must || offline())) go();
  else document.querySelector("#conflict:not([hidden])")?.focus();
}

let passing = false; // a submission that has been waited for
function submitted(event) {
  const button = event.submitter, to = button?.dataset.href;
  if (passing) return;
  event.preventDefault();
  leave(() => {
    if (to) return location.assign(button.dataset.rel === "next" && laterFirst() || to);
    passing = true;
    form.requestSubmit(button);
    passing = false;
  }, !to ? "submit" : button.value === "review" && "review");
}

function clicked(event) {
  if (event.target.closest("[data-keys]")) return showKeys();
  const link = event.target.closest("a[rel=prev], a[rel=next], nav.rail a[href], a[data-after-saved]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  leave(() => location.assign(link.href), link.hasAttribute("data-after-saved") && "review");
}

// ── Keys ──

const keysOn = () => localStorage.getItem("attune-keys") !== "off";
function showKeys() {
  const dialog = document.getElementById("keys");
  if (dialog && !dialog.open) dialog.showModal();
}
function pressed(event) {
  const { key, target } = event, writing = target.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=range])");
  if (event.ctrlKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
  if (pressDuring(event, writing, keysOn())) return event.preventDefault();
  if (event.altKey) return;
  if (writing) { if (key === "Escape") target.blur(); return; }
  if (key === "Enter" && target.matches("input")) return event.preventDefault(); // would press the page's first button
  if (!keysOn()) return;
  const press = (selector) => { const e = document.querySelector(selector); e?.click(); return e; };
  const sideways = { ArrowLeft: "prev", k: "prev", ArrowRight: "next", j: "next" }[key];
  let done;
  if (/^[0-5]$/.test(key)) { done = press(`.bars input[name][value="${key === "0" ? "not_enough_evidence" : key}"]`); }
  else if (key.toLowerCase() === "n") { done = document.querySelector("textarea[data-field]"); done?.focus(); done?.setSelectionRange(done.value.length, done.value.length); }
  else if (sideways && !target.matches(".choices input, .tiles input, [type=range]")) done = press(`[rel=${sideways}], [data-rel=${sideways}]`);
  else if (key.toLowerCase() === "r") done = press("[name=go][value=review], a[data-after-saved]");
  else if (key.toLowerCase() === "s") { const to = skip(); if (to) leave(() => location.assign(to)); done = to; }
  else if (key === "?") { showKeys(); done = true; }
  if (done) event.preventDefault();
}

if (form) start();
