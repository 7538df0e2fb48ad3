// Remarks on a note as it is written: traits without behaviour, what must not count, hearsay, comparisons, "fit". Readable rules
// in hints-<language>.json; a hint beside the note, never a block, and nothing of it leaves this page.

const PAUSE = 600, MOST = 3; // milliseconds; hints at once
const letter = "\\p{L}\\p{N}_";

/** What the rules find in a text, each rule at most once per sentence, in the order of the text. */
export function find(text, rules) {
  const found = [];
  for (const { index, 0: sentence } of text.matchAll(/[^.!?\n]+[.!?]*/g)) {
    for (const rule of rules) {
      if (rule.unless.some((words) => pattern(words).test(sentence))) continue;
      const hit = pattern(rule.phrases).exec(sentence);
      if (hit) found.push({ rule, at: index + hit.index, words: hit[0] });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

const patterns = new Map();
function pattern(phrases) {
  const key = String(phrases);
  if (!patterns.has(key)) {
    const one = (words) => {
      const body = words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("\\*", `[${letter}]*`).replace(/ +/g, "\\s+");
      return new RegExp(`^[${letter}]`, "u").test(words) ? `(?<![${letter}])${body}(?![${letter}])` : body;
    };
    patterns.set(key, new RegExp([phrases].flat().map(one).join("|"), "iu"));
  }
  return patterns.get(key);
}

/** Watches the notes of this page, with the rules of these languages. */
export async function watch(languages) {
  const files = await Promise.all(languages.map((language) => fetch(new URL(`hints-${language}.json`, import.meta.url)).then((answer) => answer.json())));
  for (const note of document.querySelectorAll("textarea[data-field]")) beside(note, files);
}

function beside(note, files) {
  const list = Object.assign(document.createElement("ul"), { className: "remarks small" }), passed = new Set();
  list.setAttribute("aria-live", "polite");
  note.after(list);
  let timer = 0;
  const show = () => {
    const hints = files.flatMap(({ language, leave, rules }) => find(note.value, rules).map((hint) => ({ ...hint, language, leave })));
    const name = (hint) => `${hint.rule.key} ${hint.words.toLowerCase()}`, seen = new Set();
    const shown = hints.filter((hint) => !passed.has(name(hint)) && !seen.has(hint.rule.key) && seen.add(hint.rule.key)).slice(0, MOST);
    const now = shown.map(name).join("|");
    if (list.dataset.shown === now) return;
    list.dataset.shown = now;
    list.replaceChildren(...shown.map((hint) => {
      const item = document.createElement("li"), words = document.createElement("mark"), close = document.createElement("button");
      item.lang = hint.language;
      words.textContent = hint.words;
      Object.assign(close, { type: "button", textContent: "×", className: "let-be" });
      close.setAttribute("aria-label", `${hint.leave}: ${hint.words}`);
      close.addEventListener("click", () => { passed.add(name(hint)); delete list.dataset.shown; show(); note.focus(); });
      const example = Object.assign(document.createElement("q"), { textContent: hint.rule.example });
      item.append(words, ` ${hint.rule.reason} `, example, " ", close);
      return item;
    }));
  };
  note.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, PAUSE); });
  document.addEventListener("field-value", ({ detail }) => { if (detail.name === note.dataset.field) { clearTimeout(timer); timer = setTimeout(show, PAUSE); } });
  show();
}
