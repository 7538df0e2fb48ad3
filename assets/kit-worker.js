// Opens the kit without network. It keeps the public files of its own version, and the pages of kits that were opened, encrypted
// with the key that kit.js left in the database. The server is always asked first; only when it does not answer, or is not well,
// a page comes from this device, and says so. Everything else of the site passes it by.

const BASE = self.location.pathname.replace(/[^/]*$/, ""); // /assets/<digest>/: a new version is a new worker with a new cache
const CACHE = `attune${BASE}`;
const SHELL = ["style.css", "kit.css", "page.css", "page.js", "preparation.css", "manner.js", "kit.js", "autosave.js", "clock.js", "course.js", "device.js", "late.js", "hints.js", "hints-en.json", "hints-sv.json", "icon.svg"];
const KIT = /^\/interviews\/[0-9a-f-]{36}\/kit(\/|$)/;
const PREPARATION = /^\/interviews\/[0-9a-f-]{36}\/preparation$/;
const PATIENCE = 2500; // milliseconds until a page comes from the device when the network hangs
const HEADERS = ["content-type", "content-security-policy", "x-content-type-options", "referrer-policy"];

self.addEventListener("install", (event) => event.waitUntil((async () => {
  // Words on their way to the server pass this worker by, where the browser can be told so: the last ones of a page that goes
  // away would otherwise go with it.
  await event.addRoutes?.({ condition: { requestMethod: "POST" }, source: "network" });
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.map((name) => new Request(BASE + name, { cache: "reload" })));
  await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("attune/assets/") && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(file(request, url));
  else if (KIT.test(url.pathname) || PREPARATION.test(url.pathname)) event.respondWith(page(event, request, url));
});

// kit.js asks to have a kit's pages kept, before anybody has opened them all.
self.addEventListener("message", (event) => event.waitUntil((async () => {
  let kept = 0;
  for (const path of event.data.pages) {
    const url = new URL(path, self.location.origin);
    if (!KIT.test(url.pathname) && !PREPARATION.test(url.pathname)) continue;
    try {
      const answer = await fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
      if (await keep(url, answer) && KIT.test(url.pathname)) kept += 1;
    } catch { /* they are kept as they are opened */ }
  }
  event.source?.postMessage({ kept });
})()));

// Public files never change under their address. A page of an older version finds the newer file by its name.
async function file(request, url) {
  const hit = await caches.match(request);
  if (hit) return hit;
  try { return await fetch(request); } catch (error) {
    const same = await (await caches.open(CACHE)).match(BASE + url.pathname.split("/").slice(3).join("/"));
    if (same) return same;
    throw error;
  }
}

async function page(event, request, url) {
  const answer = fetch(request);
  answer.catch(() => {});
  let first;
  try {
    first = request.mode === "navigate" ? await Promise.race([answer, hung()]) : await answer;
  } catch { /* no network */ }
  if (first && first.status < 500) {
    const copy = first.clone();
    event.waitUntil(keep(url, copy).catch(() => {}));
    return first;
  }
  const own = await kept(url).catch(() => null);
  return own ?? first ?? answer; // without a copy there is time to wait
}
const hung = () => new Promise((resolve) => setTimeout(resolve, PATIENCE));

// ── The database that device.js describes ──

const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
function open() {
  const request = indexedDB.open("attune", 1);
  request.onupgradeneeded = () => { for (const store of ["words", "known", "pages", "keys", "places"]) request.result.createObjectStore(store); };
  return done(request);
}

async function key(db) {
  const found = await done(db.transaction("keys").objectStore("keys").get("key"));
  if (!found || found.until > Date.now()) return found;
  const tx = db.transaction(["keys", "pages"], "readwrite"); // the server has not been heard for a day
  tx.objectStore("keys").clear();
  tx.objectStore("pages").clear();
}

async function keep(url, answer) {
  if (!answer.ok || !answer.headers.get("content-type")?.startsWith("text/html")) return false;
  const db = await open();
  try {
    const own = await key(db), text = await answer.text(), kit = url.pathname.replace(/\/(kit|preparation)(\/.*)?$/, "/kit");
    // A page that takes no words is of no use without network, and neither are the others of its kit.
    if (!text.includes(" data-operations=") && !PREPARATION.test(url.pathname)) {
      db.transaction("pages", "readwrite").objectStore("pages").delete(IDBKeyRange.bound(kit, `${kit}\uffff`));
      return false;
    }
    if (!own || !text.includes(` data-member="${own.member}"`)) return false;
    const headers = HEADERS.filter((name) => answer.headers.has(name)).map((name) => [name, answer.headers.get(name)]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, own.key, new TextEncoder().encode(JSON.stringify({ text, headers })));
    await done(db.transaction("pages", "readwrite").objectStore("pages").put({ iv, sealed, at: Date.now() }, url.pathname + url.search));
    return true;
  } finally { db.close(); }
}

async function kept(url) {
  const db = await open();
  try {
    const own = await key(db);
    if (!own) return null;
    const get = (store, name) => done(db.transaction(store).objectStore(store).get(name));
    if (/\/kit\/?$/.test(url.pathname)) {
      const place = await get("places", url.pathname.replace(/\/$/, ""));
      return place ? Response.redirect(new URL(place, self.location.origin), 302) : null;
    }
    const found = await get("pages", url.pathname + url.search) ?? await get("pages", url.pathname);
    if (!found) return null;
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, own.key, found.sealed);
    const { text, headers } = JSON.parse(new TextDecoder().decode(opened));
    return new Response(text.replace("<html ", `<html data-kept="${found.at}" `), { headers });
  } finally { db.close(); }
}
