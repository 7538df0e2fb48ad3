// The course of the interview: what was asked, the facts that came back, times and quotations in notes, time spent on a dimension,
// what was skipped, and how the page looks to this interviewer.

import { fill, valueOf } from "./autosave.js";
import { now } from "./clock.js";

const EARLY = 15 * 60_000, SEND = 20_000, TICK = 1000; // milliseconds
let form, rail, seconds, pace, spent = 0, counted = 0;

export function during(kitForm, kitRail) {
  form = kitForm;
  rail = kitRail;
  seconds = document.getElementById("seconds");
  pace = document.getElementById("pace");
  if (seconds) startCounting();
  for (const tools of document.querySelectorAll(".note-tools")) tools.hidden = false;
  document.addEventListener("click", (event) => { const kind = event.target.closest("[data-insert]")?.dataset.insert; if (kind) insert(kind); });
  startManners();
  document.addEventListener("field-value", ({ detail }) => { if (detail.name.endsWith(".rating") && detail.value) forgetSkipped(detail.name.slice(0, -7)); });
  showSkipped();
}

/** A key that belongs here; answers whether it was one. */
export function press(event, writing, keysOn) {
  const key = event.key.toLowerCase(), code = event.code;
  if (event.altKey) {
    const kind = { KeyT: "time", KeyQ: "quote" }[code]; // by place: with Alt, some keyboards type another letter
    return Boolean(kind && insert(kind));
  }
  if (writing || !keysOn) return false;
  switch (key) {
    case "a": return markAsked(event.shiftKey);
    case "b": return openBriefing();
    case "t": return insert("time");
    case "q": return insert("quote");
    case "g": return choose("type", manners().type ? "" : "big");
    case "d": return choose("theme", { "": "dark", dark: "light", light: "" }[manners().theme ?? ""]);
    default: return false;
  }
}

// ── What was asked ──

// The next one that is not marked yet, in the order of the page; with Shift the last one that is, back.
function markAsked(back) {
  const all = [...document.querySelectorAll("fieldset.asked:not(:disabled) input[name=asked]")];
  const next = back ? all.findLast((box) => box.checked) : all.find((box) => !box.checked);
  if (!next) return all.length > 0;
  const details = next.closest("details");
  if (details) details.open = true;
  next.click();
  next.closest("label").scrollIntoView({ block: "nearest" });
  return true;
}

function openBriefing() {
  const briefing = document.getElementById("briefing");
  if (!briefing) return false;
  briefing.open = !briefing.open;
  if (briefing.open) briefing.querySelector("input")?.focus();
  return true;
}

// ── Notes ──

function insert(kind) {
  const note = document.activeElement?.matches("textarea[data-field]") ? document.activeElement : document.querySelector("textarea[data-field]");
  if (!note || note.readOnly) return false;
  if (document.activeElement !== note) { note.focus(); note.setSelectionRange(note.value.length, note.value.length); }
  const { selectionStart: from, selectionEnd: to, value } = note, [open, close] = quotes();
  if (kind === "time") {
    const stands = from === 0 || value[from - 1] === "\n";
    type(note, `${stands ? "" : "\n"}[${elapsed()}] `);
  } else {
    type(note, open + value.slice(from, to) + close);
    if (from === to) note.setSelectionRange(from + open.length, from + open.length);
  }
  return true;
}

// As if typed, so that it can be undone.
function type(note, text) {
  if (document.execCommand?.("insertText", false, text)) return;
  note.setRangeText(text, note.selectionStart, note.selectionEnd, "end");
  note.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

const quotes = () => document.documentElement.lang.startsWith("sv") ? ["”", "”"] : ["“", "”"];
const two = (n) => String(n).padStart(2, "0");
const clock = (s) => s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${two(Math.floor(s / 60))}:${two(s % 60)}`;
function elapsed() {
  const start = Date.parse(form.dataset.started) || now();
  return clock(Math.max(0, Math.floor((now() - start) / 1000)));
}

// ── Time spent on this dimension, while it is looked at ──

function startCounting() {
  let last = performance.now(), wall = Date.now();
  counted = Number(seconds.value) || 0;
  setInterval(() => {
    const at = performance.now(), jump = Math.abs(Date.now() - wall - (at - last));
    const step = Math.min(at - last, 2 * TICK); // a closed lid is no listening
    [last, wall] = [at, Date.now()];
    if (jump > 2 * TICK) send(); // the clock was set, or the device slept: the answer says what time it is
    if (document.hidden || now() < Date.parse(form.dataset.starts) - EARLY) return;
    spent += step;
    showPace();
    if (spent % SEND < step) send();
  }, TICK);
  document.addEventListener("visibilitychange", () => document.hidden && send());
  window.addEventListener("pagehide", send);
  showPace();
}
// Another page may have counted meanwhile; the longer time stands.
function total() {
  const saved = Number(valueOf(seconds.dataset.field) ?? 0);
  counted = Math.max(counted, saved - Math.floor(spent / 1000));
  return counted + Math.floor(spent / 1000);
}
function send() { if (spent >= 1000) fill(seconds.dataset.field, String(total())); }
function showPace() {
  if (!pace) return;
  const text = clock(total());
  if (pace.textContent !== text) pace.textContent = text;
  pace.classList.toggle("over", total() > pace.dataset.plan * 60);
}

// ── Skipped, to come back to ──

const place = () => `attune-skipped:${form.dataset.scorecard}`;
const skipped = () => { try { return JSON.parse(localStorage.getItem(place())) ?? []; } catch { return []; } };
function setSkipped(keys) {
  try { if (keys.length) localStorage.setItem(place(), JSON.stringify(keys)); else localStorage.removeItem(place()); } catch { /* the review names what is missing */ }
  showSkipped();
}
function forgetSkipped(key) { if (skipped().includes(key)) setSkipped(skipped().filter((one) => one !== key)); }
function showSkipped() {
  if (!rail) return;
  const keys = skipped();
  for (const item of rail.querySelectorAll("[data-dimension]")) {
    const is = keys.includes(item.dataset.dimension) && !item.querySelector(".pip").dataset.rating;
    let mark = item.querySelector(".later");
    if (is && !mark) { mark = Object.assign(document.createElement("span"), { className: "later small muted", textContent: rail.dataset.later }); item.append(mark); }
    else if (!is) mark?.remove();
  }
}

/** Marks this dimension as skipped; answers where to go on, nothing on a page without dimensions. */
export function skip() {
  const current = rail?.querySelector("[aria-current=step][data-dimension]");
  if (!current) return null;
  if (!current.querySelector(".pip").dataset.rating) setSkipped([...new Set([...skipped(), current.dataset.dimension])]);
  return document.querySelector("[data-rel=next]")?.dataset.href ?? null;
}

/** On the way to the review: the first dimension that was skipped and is still unrated, else nothing. */
export function laterFirst() {
  const items = [...rail?.querySelectorAll("[data-dimension]") ?? []];
  if (!items.length || items.at(-1).getAttribute("aria-current") !== "step") return null;
  const later = items.find((item) => item !== items.at(-1) && skipped().includes(item.dataset.dimension) && !item.querySelector(".pip").dataset.rating);
  return later?.dataset.href ?? null;
}

// ── Manners: large type, left hand, colours ──

const manners = () => { try { return JSON.parse(localStorage.getItem("attune-manner")) ?? {}; } catch { return {}; } };
function choose(name, value) {
  const root = document.documentElement.dataset;
  if (value) root[name] = value; else delete root[name];
  try { localStorage.setItem("attune-manner", JSON.stringify({ ...manners(), [name]: value })); } catch { /* for this page */ }
  document.dispatchEvent(new Event("manner"));
  showManners();
  return true;
}
function showManners() {
  for (const box of document.querySelectorAll("[data-manner]")) {
    const value = document.documentElement.dataset[box.dataset.manner] ?? "";
    box.checked = box.value === value;
  }
}
function startManners() {
  const button = document.getElementById("manner"), dialog = document.getElementById("manners");
  if (!button || !dialog) return;
  button.hidden = false;
  button.addEventListener("click", () => { showManners(); dialog.showModal(); });
  dialog.addEventListener("change", ({ target }) => { if (target.dataset.manner) choose(target.dataset.manner, target.checked ? target.value : ""); });
}
