// Passkeys: asks the device where a page has a form with data-passkey, and hides it where the browser knows none.
// data-passkey is "add" or "sign-in"; data-question and data-answer are the addresses, data-failed what to say.

const able = window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential.parseRequestOptionsFromJSON;

const send = async (address, body) => {
  const response = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  // The step wants to know once more who this is; it comes back here.
  if (answer.code === "confirm") location.assign("/confirmation?to=" + encodeURIComponent(location.pathname));
  if (!response.ok) throw new Error(answer.errors?.[0]?.detail ?? answer.detail);
  return answer;
};

const ask = async (form) => {
  const { options, state } = await send(form.dataset.question, {});
  const credential = form.dataset.passkey === "add"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  const fields = Object.fromEntries(new FormData(form));
  const { location: next } = await send(form.dataset.answer, { state, answer: credential.toJSON(), ...fields });
  location.assign(next);
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !able;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const say = form.querySelector("[role=alert]"), button = form.querySelector("button");
    say.textContent = "";
    button.disabled = true;
    try {
      await ask(form);
    } catch (error) {
      // Whoever changed their mind needs no explanation; the browser's own words are for developers.
      say.textContent = error instanceof DOMException ? form.dataset.failed : error.message;
    } finally {
      button.disabled = false;
    }
  });
}
