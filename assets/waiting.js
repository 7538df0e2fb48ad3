// Today says when words wait on this device, for example since its battery died: the kit sends them as soon as it is open.

const place = document.getElementById("waiting");
const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });

async function show() {
  const request = indexedDB.open("attune", 1);
  request.onupgradeneeded = () => request.transaction.abort(); // no kit was opened here
  const db = await done(request), words = db.transaction("words").objectStore("words");
  const [names, values] = await Promise.all([done(words.getAllKeys()), done(words.getAll())]);
  db.close();
  const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name));
  const kits = new Set();
  for (const [at, name] of names.entries()) {
    const [member, , tab, field] = name.split(":");
    if (member === place.dataset.member && !field.endsWith(".seconds") && !held.has(`attune:${tab}`)) kits.add(values[at].kit);
  }
  const template = place.querySelector("template");
  for (const kit of kits) {
    const link = template.content.firstElementChild.cloneNode(true);
    link.href = kit;
    template.before(link);
  }
  place.hidden = !kits.size;
}

if (place) show().catch(() => {});
