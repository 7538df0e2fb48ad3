// Keeps a scorecard while it is written: every change is an operation with an id, a base revision and a value.
// Any control with `data-field` and `data-revision` on a page with a `form[data-operations]` takes part. One operation is in
// flight at a time; per field the latest value wins; an id survives retries; what waits is kept encrypted on the device.
// Tells the page of every new value by a `field-value` event, and of every acknowledgement by `field-saved`.
// A control with `data-quiet` is filled in by the page itself: it is saved like the others, and the badge does not speak of it.
// Waits are measured on the clock that nobody can set; what time it is, only the server says.

import { now } from "./clock.js";
import { device, uuid } from "./device.js";

const badge = document.getElementById("saved");
const box = document.getElementById("conflict");
const lang = document.documentElement.lang || undefined;
const standing = document.getElementById("standing");
const TYPING_PAUSE = 700, TYPING_LIMIT = 2000, ANSWER_LIMIT = 15000, LONGEST_WAIT = 30000, DISK_LIMIT = 300; // milliseconds
const fields = new Map();
const fromDevice = document.documentElement.dataset.kept !== undefined;
let form, channel, trouble = "", going = false;
window.addEventListener("pagehide", () => { going = true; }, { capture: true }); // before anybody who sends a last word
window.addEventListener("pageshow", () => { going = false; });

/** Begins to keep the controls of this page, whose `form` carries the address, the scorecard and the device key. */
export async function keep(kitForm) {
  form = kitForm;
  for (const control of document.querySelectorAll("[data-field][data-revision]")) {
    const field = new Field(control.dataset.field, control, Number(control.dataset.revision), control.dataset.label ?? control.dataset.field);
    field.saved = asRendered(control);
    field.quiet = "quiet" in control.dataset;
    fields.set(field.name, field);
  }
  if (fromDevice) trouble = "offline";
  if ("BroadcastChannel" in window) { channel = new BroadcastChannel(`attune:${form.dataset.scorecard}`); channel.onmessage = heard; }
  for (const kind of ["input", "change", "focusout"]) document.addEventListener(kind, touched);
  window.addEventListener("online", retry);
  window.addEventListener("focus", () => (trouble === "signin" || trouble === "closed") && retry());
  document.addEventListener("visibilitychange", () => { if (document.hidden) settle(); else if (trouble) retry(); });
  window.addEventListener("pagehide", goingAway);
  window.addEventListener("beforeunload", (event) => { if (!safe()) event.preventDefault(); });
  device.settled = show;
  await device.open(form.dataset);
  await restore();
  if (fromDevice) again("offline", 0); else pump();
}

/** Fills in a field as the page counts or as a key does; it is sent within the given time. */
export function fill(name, value, within = 0) {
  const field = fields.get(name);
  if (!field || field.value === value) return;
  field.control.value = value;
  changed(field, performance.now() + within);
}

/** What an open field holds now, on this page or waiting from another one; nothing for a field that is not here. */
export const valueOf = (name) => fields.get(name)?.value;

/** Sends everything now; answers whether all of it is saved. */
export async function settle() {
  for (const field of fields.values()) field.due = 0;
  attempts = 0;
  retry();
  const end = performance.now() + ANSWER_LIMIT;
  while (!everySaved() && (flying || !trouble) && [...fields.values()].some((field) => field.sendable) && performance.now() < end)
    await Promise.race([new Promise((resolve) => waiters.push(resolve)), new Promise((resolve) => setTimeout(resolve, 500))]);
  return everySaved();
}

/** Whether nothing would be lost if this page closed now: all of it is saved, or what is not is kept on this device. */
export const safe = () => [...fields.values()].every((field) => field.quiet || !field.unsaved || field.kept === field.value);

/** Whether the last attempt found no network. */
export const offline = () => trouble === "offline";

// ── Fields: what is on the screen, what the server acknowledged, what is between them ──

class Field {
  op = null;        // sent or about to be sent again, unchanged
  conflict = null;  // { value, revision } that the server holds instead
  refused = "";     // why the server will not take this value
  kept = null;      // the value that is safe on this device
  due = 0;          // when it should be sent
  order = 0;        // its place among the changes that wait
  quiet = false;    // filled in by the page, not by a person
  typing = 0;       // since when it has been typed
  constructor(name, control, revision, label) { Object.assign(this, { name, control, revision, label }); }
  get value() { return this.control ? read(this.control) : this.text; }
  set value(value) { if (this.control) write(this.control, value); else this.text = value; tell("field-value", { name: this.name, value }); }
  get unsaved() { return this.op !== null || this.value !== this.saved; }
  get sendable() { return this.unsaved && !this.conflict && !this.refused; }
  get edited() { return this.unsaved || (this.control === document.activeElement && document.hasFocus()); }
  acknowledge(revision, value) {
    this.revision = revision; this.saved = value; this.conflict = null;
    this.order = 0;
    if (this.control) this.control.dataset.revision = revision;
    device.know(this);
    for (const input of document.querySelectorAll(`[data-revision-of="${CSS.escape(this.name)}"]`)) input.value = revision;
  }
}

const tell = (kind, detail) => document.dispatchEvent(new CustomEvent(kind, { detail }));
const options = (control) => [...control.querySelectorAll("input[name]")];
const lines = (text) => text.replace(/\r\n?/g, "\n");
function read(control) {
  if (control.tagName !== "FIELDSET") return control.value;
  return options(control).filter((o) => o.checked).map((o) => o.value).sort().join(" ");
}
function write(control, value) {
  if (control.tagName !== "FIELDSET") control.value = value;
  else for (const option of options(control)) option.checked = value.split(" ").includes(option.value);
}
function asRendered(control) {
  if (control.tagName !== "FIELDSET") return control.defaultValue;
  return options(control).filter((o) => o.defaultChecked).map((o) => o.value).sort().join(" ");
}
function describe(field, value) {
  if (field.control?.tagName !== "FIELDSET") return value || "–";
  const words = (o) => (document.getElementById(o.getAttribute("aria-describedby")) ?? o.closest("label").querySelector("b") ?? o.closest("label")).textContent.trim();
  return options(field.control).filter((o) => value.split(" ").includes(o.value)).map(words).join("\n") || "–";
}

async function restore() {
  // A page that comes from this device is as old as its last visit: what was acknowledged since is newer.
  for (const { name, revision, value } of await device.known()) {
    const field = fields.get(name);
    if (!field && fromDevice) tell("field-value", { name, value });
    if (!field || field.unsaved || revision <= field.revision) continue;
    field.acknowledge(revision, value);
    field.value = value;
  }
  for (const record of await device.take()) {
    let field = fields.get(record.field);
    changes = Math.max(changes, record.order);
    if (!field) { // belongs to another page of this scorecard: sent from here, without a control
      field = new Field(record.field, null, record.base, record.label);
      Object.assign(field, { text: record.value, op: record.op, quiet: record.field.endsWith(".seconds") });
      fields.set(record.field, field);
      tell("field-value", { name: record.field, value: record.value });
    } else if (!field.unsaved && record.value !== field.saved) {
      const heard = record.op && record.op.value === field.saved && record.op.base_revision + 1 === field.revision;
      if (record.base !== field.revision && !heard) field.conflict = { value: field.saved, revision: field.revision };
      else if (record.op?.base_revision === field.revision) field.op = record.op;
      field.value = record.value;
    }
    field.order = record.order;
    await device.keep(field);
    if (record.name !== device.name(record.field)) device.drop(record.name);
  }
}

// ── The queue: one operation in flight, retried with the same id until it is answered ──

let flying = null, timer = 0, attempts = 0, changes = 0, detail = "", savedAt = "", waiters = [];
const everySaved = () => [...fields.values()].every((field) => field.quiet || !field.unsaved);
const isFinal = () => ["sealed", "closed", "signin"].includes(trouble);
const headers = { "Content-Type": "application/json", Accept: "application/json, application/problem+json" };

function pump() {
  clearTimeout(timer);
  if (!flying && !isFinal()) {
    // What is due goes in the order in which it was changed.
    const sendable = [...fields.values()].filter((field) => field.sendable), now = performance.now();
    const due = sendable.filter((field) => field.due <= now).sort((a, b) => a.order - b.order);
    const next = due[0] ?? sendable.sort((a, b) => a.due - b.due)[0];
    const wait = next ? next.due - now : 0;
    if (next && wait <= 0) { flying = next; exchange(next).finally(() => { flying = null; if (trouble !== "offline" && trouble !== "failed") pump(); show(); }); }
    else if (next) timer = setTimeout(pump, wait);
  }
  if (!flying && trouble === "closed") timer = setTimeout(retry, LONGEST_WAIT); // a job may be opened again
  show();
}

// The operation lies on the disk before it is on its way, so that one that was answered to nobody is sent again under its own
// id. Only a page that goes away does not wait for that.
async function exchange(field) {
  const op = field.op ??= { op_id: uuid(), field: field.name, base_revision: field.revision, value: field.value };
  field.typing = 0;
  const onDisk = device.keep(field);
  if (!going && !document.hidden) await Promise.race([onDisk, new Promise((resolve) => setTimeout(resolve, DISK_LIMIT))]);
  const body = JSON.stringify(op);
  let response, answer = {};
  try {
    // A page that goes away may still finish a small request; browsers refuse to keep a large one alive.
    response = await fetch(form.dataset.operations, { method: "POST", headers, body, keepalive: body.length < 15000, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(ANSWER_LIMIT) });
    answer = await response.json().catch(() => ({}));
  } catch { return again("offline", 0); }
  const status = response.status, code = answer.code;
  if (response.ok && answer.revision === undefined || status >= 500 || status === 429 || status === 408) return again("failed", Number(response.headers.get("Retry-After")) || 0);
  if (status === 401 || response.type === "opaqueredirect") return void (trouble = "signin");
  if (code === "sealed" || code === "closed") return void (trouble = code);
  if (status === 403 || status === 404) return void (trouble = "closed"); // no seat in this interview any more
  attempts = 0; trouble = ""; detail = "";
  field.op = null;
  if (response.ok) {
    savedAt = answer.saved_at;
    field.acknowledge(answer.revision, op.value);
    channel?.postMessage({ field: field.name, revision: answer.revision, value: op.value });
    tell("field-saved", { name: field.name, at: savedAt });
  } else if (code === "conflict") meet(field, lines(answer.value), answer.revision, answer.copy);
  else field.refused = answer.detail || answer.title || String(status);
  device.keep(field);
}

function again(reason, seconds) {
  trouble = reason;
  const wait = Math.max(seconds * 1000, Math.min(LONGEST_WAIT, 1000 * 2 ** attempts++) * (0.75 + Math.random() / 2));
  clearTimeout(timer);
  timer = setTimeout(retry, wait);
}
async function retry() {
  if (trouble === "sealed") return;
  clearTimeout(timer);
  // With nothing to send, a page from this device asks whether the server is there again.
  if (trouble === "offline" && everySaved() && !flying && !(await fetch("/health/live", { cache: "no-store" }).then((answer) => answer.ok, () => false))) return again("offline", 0);
  trouble = "";
  pump();
}

// The server holds something else. The same text is no conflict; otherwise both stay until a person chooses.
function meet(field, value, revision, copy) {
  if (field.value === value) { field.acknowledge(revision, value); savedAt = new Date(now()).toISOString(); }
  else field.conflict = { value, revision, copy };
}

// ── What the page says ──

function show() {
  const all = [...fields.values()].filter((field) => !field.quiet), unsaved = all.filter((field) => field.unsaved);
  const refused = all.find((field) => field.refused);
  let state = "saving";
  if (isFinal()) state = trouble;
  else if (all.some((field) => field.conflict)) state = "conflict";
  else if (refused) { state = "failed"; detail = refused.refused; }
  else if (!unsaved.length && !(fromDevice && trouble)) state = "saved";
  else if (trouble === "offline" && safe()) state = "offline";
  else if (trouble === "offline" && device.busy) state = "saving"; // onto this device
  else if (trouble) state = "failed";
  showConflicts(all.filter((field) => field.conflict));
  explain(state);
  if (isFinal() && everySaved()) state = "saved"; // only the page's own counting was refused
  if (badge) {
    const at = savedAt && new Date(savedAt).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: badge.dataset.timeZone || undefined });
    const isUntold = state === "saved" && !savedAt; // nothing was written on this page yet
    const text = isUntold ? "" : badge.dataset[state].replace("{time}", at) + (state === "failed" && detail ? ` – ${detail}` : "");
    badge.setAttribute("aria-live", state === "conflict" ? "polite" : "off"); // what lasts is said once, by the explanation
    badge.dataset.state = isUntold ? "" : state;
    if (badge.textContent !== text) badge.textContent = text;
  }
  for (const resolve of waiters.splice(0)) resolve();
}

// What stands in the way, and what to do.
function explain(state) {
  if (!standing) return;
  if (state === "saving" && !standing.hidden && device.busy) return; // a moment between two words on the same matter
  const matter = state === "failed" && trouble === "offline" ? "unkept" : state === "failed" && !trouble ? "" : state;
  const text = standing.dataset[matter] ?? "";
  standing.hidden = !text;
  const place = document.getElementById("standing-text");
  if (place.textContent !== text) place.textContent = text;
  document.getElementById("signin").hidden = state !== "signin";
  document.getElementById("see-late").hidden = !(state === "sealed" || state === "closed") || safe() && everySaved();
}

function showConflicts(clashes) {
  if (!box) return;
  const template = box.querySelector("template");
  for (const shown of box.querySelectorAll("[data-of]")) if (!clashes.some((field) => field.name === shown.dataset.of)) shown.remove();
  for (const field of clashes) {
    let part = box.querySelector(`[data-of="${CSS.escape(field.name)}"]`);
    if (!part) {
      part = template.content.firstElementChild.cloneNode(true);
      part.dataset.of = field.name;
      box.append(part);
      part.addEventListener("click", (event) => choose(fields.get(part.dataset.of), event.target.closest("[data-keep]")?.dataset.keep));
    }
    const put = (slot, text) => { for (const e of part.querySelectorAll(`[data-slot=${slot}]`)) if (e.textContent !== text) e.textContent = text; };
    put("label", field.label); put("mine", describe(field, field.value)); put("theirs", describe(field, field.conflict.value));
    part.querySelector("[data-keep=both]")?.toggleAttribute("hidden", field.control?.tagName !== "TEXTAREA");
  }
  box.hidden = clashes.length === 0;
  for (const kept of document.querySelectorAll("[data-copy-of]")) kept.hidden = clashes.some((field) => field.name === kept.dataset.copyOf);
}

function choose(field, keep) {
  if (!keep || !field?.conflict) return;
  const { value, revision, copy } = field.conflict, mine = field.value;
  field.acknowledge(revision, value);
  savedAt ||= new Date(now()).toISOString();
  if (keep === "theirs") { field.value = value; letGo(copy); }
  if (keep === "both") field.value = `${mine}\n\n${value}`;
  field.due = 0;
  device.keep(field);
  field.control?.focus?.();
  pump();
}

// The server keeps what it could not apply. Text that is saved after all settles its copy; text that is given up says so.
function letGo(copy) {
  if (!copy || !form.dataset.conflicts) return;
  const body = new URLSearchParams({ keep: "current" });
  fetch(`${form.dataset.conflicts}/${copy}/settlement`, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {}); // then it is asked again on the next page
}

// ── Events ──

function touched(event) {
  const field = fields.get(event.target.closest?.("[data-field]")?.dataset.field);
  if (!field?.control || !event.target.name && event.target !== field.control) return;
  const now = performance.now(), typing = event.type === "input" && event.target.matches("textarea, input:not([type=radio], [type=checkbox])");
  field.refused = "";
  if (event.type !== "focusout") tell("field-value", { name: field.name, value: field.value });
  if (typing) { field.typing ||= now; field.due = Math.min(now + TYPING_PAUSE, field.typing + TYPING_LIMIT); } else field.due = 0;
  if (event.type === "focusout" && field.later && !field.unsaved) { field.acknowledge(field.later.revision, field.later.value); field.value = field.later.value; }
  field.later = null;
  if (field.unsaved) changed(field, field.due);
  else if (trouble !== "offline" && trouble !== "failed") pump(); else show();
}

function changed(field, due) {
  field.due = due;
  field.order ||= ++changes;
  device.keep(field);
  if (going) goingAway(); // also past one that is on its way: there is no later
  else if (trouble !== "offline" && trouble !== "failed") pump();
  else show();
}

// Another tab saved: a field that nobody is editing here follows it; an edited one meets it with its next operation.
function heard({ data }) {
  const field = fields.get(data.field);
  if (!field) return tell("field-value", { name: data.field, value: data.value });
  if (!(data.revision > field.revision) || field.unsaved) return;
  if (field.edited) return void (field.later = data);
  field.acknowledge(data.revision, data.value);
  field.value = data.value;
}

function goingAway() {
  device.handOver();
  if (!trouble) for (const field of fields.values()) if (field.sendable && field !== flying && !field.op) exchange(field).finally(show);
}
