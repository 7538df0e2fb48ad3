// Small comforts that every page shares; each page works without them.

// A dangerous form says in a dialog what will happen. Words: data-confirm, data-confirm-yes, data-confirm-no.
document.addEventListener("submit", (event) => {
  const form = event.target, { confirm, confirmYes, confirmNo } = form.dataset;
  if (!confirm || event.defaultPrevented) return;
  event.preventDefault();
  const dialog = document.createElement("dialog"), text = document.createElement("p"), actions = document.createElement("div");
  const button = (words, kind, value) => Object.assign(document.createElement("button"), { type: "button", className: kind, textContent: words, onclick: () => dialog.close(value) });
  text.textContent = confirm;
  text.id = "confirm-text";
  dialog.setAttribute("aria-labelledby", text.id);
  actions.className = "actions";
  actions.append(button(confirmNo, "btn", ""), button(confirmYes, "btn danger", "yes"));
  dialog.append(text, actions);
  dialog.addEventListener("close", () => {
    const yes = dialog.returnValue === "yes";
    dialog.remove();
    if (!yes) return void event.submitter?.focus();
    delete form.dataset.confirm;
    form.requestSubmit(event.submitter);
    form.dataset.confirm = confirm;
  });
  document.body.append(dialog);
  dialog.showModal();
});

// The account menu closes on Escape and when the person goes elsewhere.
const closeMenus = (except) => { for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false; };
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// <button data-copy="text" data-copied="Copied">
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.copied;
});
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;

// <button data-print hidden>
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// <p class="count-left" data-count="id of the field" data-template="{n} characters left">
for (const place of document.querySelectorAll("[data-count]")) {
  const field = document.getElementById(place.dataset.count);
  const count = () => { place.textContent = place.dataset.template.replace("{n}", new Intl.NumberFormat(document.documentElement.lang).format(field.maxLength - field.value.length)); };
  field.addEventListener("input", count);
  count();
}

// <time datetime data-local>: the reader's own time zone instead of the organisation's
for (const time of document.querySelectorAll("time[data-local]"))
  time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
