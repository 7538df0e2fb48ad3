// Waits for a comparison that is being computed: asks with patience, and shows the page when it is there.

async function ask() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html", Prefer: "wait=20" } });
    if (answer.status !== 202) return location.reload();
  } catch {
    // No network: ask again.
  }
  setTimeout(ask, 1000);
}

ask();
