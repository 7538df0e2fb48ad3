// Unsent text on this device, encrypted with a key that the server hands out for the session and takes back at sign-out.

const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const base64 = (buffer) => btoa(Array.from(new Uint8Array(buffer), (b) => String.fromCharCode(b)).join(""));
export const device = {
  key: null, tab: "", prefix: "", waiting: new Set(), busy: false, settled: () => {},
  async open({ deviceKey, member, scorecard }) {
    try {
      this.key = await crypto.subtle.importKey("raw", bytes(deviceKey), "AES-GCM", false, ["encrypt", "decrypt"]);
      this.prefix = `attune:${member}:${scorecard}:`;
      this.tab = sessionStorage.getItem("attune-tab") ?? uuid(); // a copied tab finds none and gets its own
      sessionStorage.removeItem("attune-tab");
      navigator.locks?.request(`attune:${this.tab}`, () => new Promise(() => {})); // held as long as this tab lives
    } catch { this.key = null; }
  },
  name(field) { return `${this.prefix}${this.tab}:${field}`; },
  keep(field) { if (this.key) { this.waiting.add(field); if (!this.busy) this.work(); } },
  async work() {
    this.busy = true;
    for (const field of this.waiting) {
      this.waiting.delete(field);
      try {
        if (!field.unsaved) { localStorage.removeItem(this.name(field.name)); field.kept = null; continue; }
        const record = { field: field.name, label: field.label, value: field.value, base: field.revision, op: field.op };
        const iv = crypto.getRandomValues(new Uint8Array(12)), name = this.name(field.name);
        const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, new TextEncoder().encode(JSON.stringify(record)));
        localStorage.setItem(name, `${base64(iv)}.${base64(sealed)}`);
        field.kept = record.value;
        if (!field.unsaved) this.waiting.add(field); // acknowledged while it was being encrypted
      } catch { field.kept = null; }
    }
    this.busy = false;
    this.settled();
  },
  // The next page of this tab finds its records by the same name.
  handOver() { if (this.key) try { sessionStorage.setItem("attune-tab", this.tab); } catch { /* nothing was kept either */ } },
  // This tab's records and those of tabs that are no longer open.
  async take() {
    if (!this.key) return [];
    const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name));
    const records = [];
    for (const name of Object.keys(localStorage).filter((name) => name.startsWith(this.prefix))) {
      const tab = name.slice(this.prefix.length).split(":")[0];
      if (tab !== this.tab && held.has(`attune:${tab}`)) continue;
      try {
        const [iv, sealed] = localStorage.getItem(name).split(".").map(bytes);
        records.push({ name, ...JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.key, sealed))) });
      } catch { localStorage.removeItem(name); } // the key was taken back at sign-out: nobody can read this any more
    }
    return records;
  },
};

/** A random id; browsers offer their own only on a secure origin. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((b, i) => (i === 6 ? b & 15 | 64 : i === 8 ? b & 63 | 128 : b).toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
