// On the sign-in page nobody is signed in: the key and the kit's pages leave this device. Words that wait to be sent stay as they
// are, encrypted, for the next sign-in of whoever wrote them.

const request = indexedDB.open("attune", 1);
request.onupgradeneeded = () => request.transaction.abort(); // there is nothing
request.onsuccess = () => {
  const tx = request.result.transaction(["keys", "pages", "known", "places"], "readwrite");
  for (const store of ["keys", "pages", "known", "places"]) tx.objectStore(store).clear();
  tx.oncomplete = () => request.result.close();
};
for (const worker of await navigator.serviceWorker?.getRegistrations() ?? []) worker.unregister();
