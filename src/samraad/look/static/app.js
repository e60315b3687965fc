// Small comforts; every page works without them.
"use strict";

// An error summary takes the focus, so that a screen reader begins there.
document.querySelector("[data-focus]")?.focus();

// A form is sent once: its button rests after the first press.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    const buttons = form.querySelectorAll("button[type=submit]");
    setTimeout(() => buttons.forEach((button) => (button.disabled = true)), 0);
  });
}
addEventListener("pageshow", () => {
  document.querySelectorAll("button:disabled").forEach((button) => (button.disabled = false));
});

// A prose field gets a toolbar that puts signs around what is chosen, and below it how the text will read.
// The signs are known in one place, documents/prose.py: the server is asked after a pause in the typing.
const SIGNS = [
  ["Fed", (text) => `**${text}**`],
  ["Kursiv", (text) => `*${text}*`],
  ["Overskrift", (text) => `\n\n## ${text}\n\n`],
  ["Punkt", (text) => text.split("\n").map((line) => `- ${line}`).join("\n")],
];
const PAUSE = 300; // milliseconds

function element(tag, css, text = "") {
  const made = document.createElement(tag);
  made.className = css;
  made.textContent = text;
  return made;
}

function toolbar(area) {
  const bar = element("div", "sam-tools");
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Form på teksten");
  for (const [label, sign] of SIGNS) {
    const button = element("button", "", label);
    button.type = "button";
    button.addEventListener("click", () => put(area, sign, label.toLowerCase()));
    bar.append(button);
  }
  return bar;
}

function put(area, sign, instead) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  area.setRangeText(sign(value.slice(from, to) || instead), from, to, "select");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

// The text as HTML, cleaned by the server; nothing when it was not asked to the end.
async function asRead(area, signal) {
  const text = area.value.trim();
  if (!text) return "";
  const body = new URLSearchParams({ text, csrfmiddlewaretoken: area.form.elements.csrfmiddlewaretoken.value });
  try {
    const answer = await fetch(area.dataset.prose, { method: "POST", body, signal, redirect: "error" });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

function preview(area) {
  const heading = element("p", "sam-small", "Sådan bliver det læst:");
  const pane = element("div", "sam-preview sam-body");
  let asked = new AbortController();
  let pause;

  async function show() {
    asked.abort();
    asked = new AbortController();
    const html = await asRead(area, asked.signal);
    if (html === null) return;
    pane.innerHTML = html;
    heading.hidden = pane.hidden = !html;
  }

  heading.hidden = pane.hidden = true;
  area.after(heading, pane);
  area.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, PAUSE);
  });
  show();
}

for (const area of document.querySelectorAll("textarea[data-prose]")) {
  area.before(toolbar(area));
  document.getElementById(`${area.id}-hint`)?.classList.add("sr-only"); // the buttons show what the signs say
  preview(area);
}

// What is typed in a long form is kept on the server as a private draft, after a pause in the typing.
const DRAFT_PAUSE = 1500; // milliseconds

function fieldsOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  return fields;
}

async function keep(form, told) {
  const body = new URLSearchParams({
    place: location.pathname,
    content: fieldsOf(form).toString(),
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
  });
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body, redirect: "error" });
    told.textContent = answer.ok || answer.status === 422 ? await answer.text() : unsaved(told);
    told.classList.toggle("sam-saved--nej", !answer.ok);
    if (answer.ok) told.dataset.last = told.textContent;
  } catch {
    told.textContent = unsaved(told);
    told.classList.add("sam-saved--nej");
  }
}

function unsaved(told) {
  const since = told.dataset.last ? ` siden ${told.dataset.last.match(/kl\. [0-9.]+/)}` : "";
  return `Kladden er ikke gemt${since}. Teksten er her på siden.`;
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const told = element("p", "sam-saved");
  told.setAttribute("role", "status");
  form.append(told);
  let pause;
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => keep(form, told), DRAFT_PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(pause));
}

// In the minutes Ctrl+Enter saves and goes on, Ctrl+S saves.
document.querySelector("form[data-minutes]")?.addEventListener("keydown", (event) => {
  if (!event.ctrlKey || !["Enter", "s"].includes(event.key)) return;
  const item = event.target.closest("[data-item]");
  if (!item) return;
  event.preventDefault();
  item.querySelector(event.key === "Enter" ? "[data-next]" : "[data-stay]").click();
});

let changed = false; // is there text on the page that is not saved?

// The items of an agenda are dragged by their handle, or moved with the arrow keys while it has the focus.
// Their numbers follow; saved is what the numbers say.
function numbered(list, moved) {
  const numbers = list.querySelectorAll(":scope > li > .sam-order input");
  numbers.forEach((input, place) => (input.value = place + 1));
  const now = moved.querySelector(".sam-order input").value;
  const told = document.querySelector("[data-order-told]");
  told.textContent = `Punktet er nu nummer ${now} af ${numbers.length}. Rækkefølgen er ikke gemt endnu.`;
  changed = true;
}

const PLACES = {
  ArrowUp: (list, row) => row.previousElementSibling?.before(row),
  ArrowDown: (list, row) => row.nextElementSibling?.after(row),
  Home: (list, row) => list.prepend(row),
  End: (list, row) => list.append(row),
};

function byKey(event, list, row) {
  if (!PLACES[event.key]) return;
  event.preventDefault();
  PLACES[event.key](list, row);
  event.currentTarget.focus();
  numbered(list, row);
}

function drag(event, list, row) {
  const over = [...list.children].find((other) => {
    const box = other.getBoundingClientRect();
    return other !== row && event.clientY > box.top && event.clientY < box.bottom;
  });
  if (!over) return;
  const box = over.getBoundingClientRect();
  if (event.clientY < box.top + box.height / 2) over.before(row);
  else over.after(row);
}

// The page listens while it is dragged: a row that is moved in the page holds no pointer.
function pull(event, list, row) {
  event.preventDefault();
  const move = (moved) => drag(moved, list, row);
  const drop = () => {
    document.removeEventListener("pointermove", move);
    row.classList.remove("sam-moving");
    numbered(list, row);
  };
  row.classList.add("sam-moving");
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", drop, { once: true });
}

function handle(list, row) {
  const made = element("button", "sam-handle", "⠿");
  made.type = "button";
  made.setAttribute("aria-label", `Flyt ${row.querySelector("h3").textContent}. Brug piletasterne.`);
  made.addEventListener("keydown", (event) => byKey(event, list, row));
  made.addEventListener("pointerdown", (event) => pull(event, list, row));
  return made;
}

for (const list of document.querySelectorAll("[data-order]")) {
  for (const row of list.children) row.querySelector(".sam-order").append(handle(list, row));
}

// Leaving a page with unsaved text asks first.
addEventListener("input", (event) => (changed ||= event.target.form?.method === "post"));
addEventListener("submit", () => (changed = false));
addEventListener("beforeunload", (event) => changed && event.preventDefault());

document.querySelector("[data-print]")?.addEventListener("click", () => print());
