// What this device keeps of a scorecard, encrypted with a key that the server hands out for the session: words that wait to be
// sent, what the server acknowledged last, and (by kit-worker.js) the kit's pages. The key itself lies here as one that no
// script can read, for a day since the last word of the server; the sign-in page takes it away. What was not sent stays, as
// noise, until the same person signs in on this device again.

const DAY = 86_400_000, LONGEST = 30 * DAY; // milliseconds
const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });

/** Opens the database; kit-worker.js opens the same one. */
export function open() {
  const request = indexedDB.open("attune", 1);
  request.onupgradeneeded = () => { for (const store of ["words", "known", "pages", "keys", "places"]) request.result.createObjectStore(store); };
  return done(request);
}

export const device = {
  db: null, key: null, member: "", scorecard: "", kit: "", tab: "", waiting: new Map(), working: null, settled: () => {},
  get busy() { return this.working !== null; },

  async open({ deviceKey, member, scorecard, kit }) {
    try {
      this.key = await crypto.subtle.importKey("raw", bytes(deviceKey), "AES-GCM", false, ["encrypt", "decrypt"]);
      this.db = await open();
      Object.assign(this, { member, scorecard, kit });
      this.tab = sessionStorage.getItem("attune-tab") ?? uuid(); // a copied tab finds none and gets its own
      sessionStorage.removeItem("attune-tab");
      navigator.locks?.request(`attune:${this.tab}`, () => new Promise(() => {})); // held as long as this tab lives
      const before = await done(this.db.transaction("keys").objectStore("keys").get("key"));
      const isAnothers = before && before.member !== member;
      const tx = this.db.transaction(["keys", "pages", "places"], "readwrite");
      if (isAnothers) tx.objectStore("pages").clear();
      // A page that came from this device says nothing new about how long the server trusts it.
      if (document.documentElement.dataset.kept === undefined) tx.objectStore("keys").put({ key: this.key, member, until: Date.now() + DAY }, "key");
      tx.objectStore("places").put(location.pathname + location.search, kit);
      await finished(tx);
    } catch { this.key = null; }
  },

  name(field) { return `${this.member}:${this.scorecard}:${this.tab}:${field}`; },
  range() { return IDBKeyRange.bound(`${this.member}:${this.scorecard}:`, `${this.member}:${this.scorecard}:\uffff`); },

  /** Keeps a field's unsent value, or forgets what was sent. Resolves when it lies on the disk. */
  keep(field) {
    if (!this.key) return Promise.resolve();
    this.waiting.set(field.name, field);
    return this.working ??= this.work().finally(() => { this.working = null; this.settled(); });
  },
  async work() {
    while (this.waiting.size) {
      const fields = [...this.waiting.values()];
      this.waiting.clear();
      try {
        const records = await Promise.all(fields.map(async (field) => {
          if (!field.unsaved) return { field };
          const record = { field: field.name, label: field.label, value: field.value, base: field.revision, op: field.op, order: field.order };
          return { field, value: record.value, sealed: await this.seal(record) };
        }));
        const tx = this.db.transaction("words", "readwrite", { durability: "strict" }), words = tx.objectStore("words");
        for (const { field, sealed } of records) if (sealed) words.put(sealed, this.name(field.name)); else words.delete(this.name(field.name));
        await finished(tx);
        for (const { field, value } of records) field.kept = value ?? null;
        for (const { field, sealed } of records) if (sealed && !field.unsaved) this.waiting.set(field.name, field); // acknowledged meanwhile
      } catch { for (const field of fields) field.kept = null; }
    }
  },

  /** Remembers what the server holds, for pages that come from this device later. */
  async know({ name, revision, saved }) {
    if (!this.key) return;
    try {
      const sealed = await this.seal({ name, revision, value: saved });
      this.db.transaction("known", "readwrite").objectStore("known").put(sealed, `${this.member}:${this.scorecard}:${name}`);
    } catch { /* the next page asks the server */ }
  },
  async known() { return (await this.all("known")).map(({ record }) => record); },

  // The next page of this tab finds its records by the same name.
  handOver() { if (this.key) try { sessionStorage.setItem("attune-tab", this.tab); } catch { /* nothing was kept either */ } },

  /** The unsent words of this tab and of tabs that are no longer open, in the order in which they were changed. */
  async take() {
    if (!this.key) return [];
    const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name));
    const isOpenElsewhere = (tab) => tab !== this.tab && held.has(`attune:${tab}`);
    const found = (await this.all("words")).filter(({ name }) => !isOpenElsewhere(name.split(":")[2]));
    return found.map(({ name, record }) => ({ name, ...record })).sort((a, b) => a.order - b.order);
  },
  async drop(name) { if (this.key) await finished(this.write("words", (words) => words.delete(name))).catch(() => {}); },
  async forgetWords() { await finished(this.write("words", (words) => words.delete(this.range()))); },
  write(store, change) { const tx = this.db.transaction(store, "readwrite"); change(tx.objectStore(store)); return tx; },

  // Everything of this scorecard that the key opens. What it does not open may be opened by another one's key, until it is old.
  async all(store) {
    if (!this.key) return [];
    const objects = this.db.transaction(store).objectStore(store);
    const [names, values] = await Promise.all([done(objects.getAllKeys(this.range())), done(objects.getAll(this.range()))]);
    const found = [];
    for (const [at, name] of names.entries()) {
      const record = await this.unseal(values[at]);
      if (record) found.push({ name, record });
      else if (values[at].at < Date.now() - LONGEST) this.write(store, (all) => all.delete(name));
    }
    return found;
  },

  async seal(record) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, new TextEncoder().encode(JSON.stringify(record)));
    return { iv, sealed, at: Date.now(), kit: this.kit };
  },
  async unseal({ iv, sealed }) {
    try { return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.key, sealed))); } catch { return null; }
  },
};

function finished(tx) {
  return new Promise((resolve, reject) => { tx.oncomplete = resolve; tx.onabort = tx.onerror = () => reject(tx.error); });
}

/** A random id; browsers offer their own only on a secure origin. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((b, i) => (i === 6 ? b & 15 | 64 : i === 8 ? b & 63 | 128 : b).toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
