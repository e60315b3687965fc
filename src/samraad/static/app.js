// Small comforts; every page works without them.
"use strict";

// An error summary takes the focus, so that a screen reader begins there.
document.querySelector("[data-focus]")?.focus();

// A form is sent once: its button rests after the first press.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    setTimeout(() => form.querySelectorAll("button[type=submit]").forEach((b) => (b.disabled = true)), 0);
  });
}
addEventListener("pageshow", () => document.querySelectorAll("button:disabled").forEach((b) => (b.disabled = false)));

// A toolbar over a prose field: it wraps the selection in the tags of the HTML subset, and shows the text as it will read.
const tools = [
  ["Fed", "strong"],
  ["Kursiv", "em"],
  ["Afsnit", "p"],
  ["Overskrift", "h3"],
  ["Punkt", "li"],
];
const allowed = /^(H[2-4]|P|UL|OL|LI|STRONG|EM|A|BLOCKQUOTE|TABLE|THEAD|TBODY|TR|TH|TD|BR)$/;

function safeCopy(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.textContent);
    else if (node.nodeType === Node.ELEMENT_NODE && allowed.test(node.tagName)) {
      const copy = document.createElement(node.tagName);
      safeCopy(node, copy);
      to.append(copy);
    } else if (node.nodeType === Node.ELEMENT_NODE) safeCopy(node, to);
  }
}

function preview(area, pane) {
  const text = area.value.trim();
  const html = /<(p|h[2-4]|ul|ol|table|blockquote)\b/i.test(text)
    ? text
    : text.split(/\n\s*\n/).map((p) => `<p>${p.replace(/\n/g, "<br>")}</p>`).join("");
  pane.hidden = pane.previousElementSibling.hidden = !text;
  pane.replaceChildren();
  safeCopy(new DOMParser().parseFromString(html, "text/html").body, pane);
}

for (const area of document.querySelectorAll("textarea[data-prose]")) {
  const bar = document.createElement("div");
  bar.className = "sam-tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Form på teksten");
  const pane = document.createElement("div");
  pane.className = "sam-preview";
  const heading = document.createElement("p");
  heading.className = "sam-small";
  heading.textContent = "Sådan bliver det læst:";
  for (const [label, tag] of tools) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
      const { selectionStart: a, selectionEnd: b, value } = area;
      const chosen = value.slice(a, b) || label.toLowerCase();
      const inner = tag === "li" ? `<ul>\n${chosen.split("\n").map((l) => `<li>${l}</li>`).join("\n")}\n</ul>` : `<${tag}>${chosen}</${tag}>`;
      area.setRangeText(inner, a, b, "select");
      area.focus();
      preview(area, pane);
    });
    bar.append(button);
  }
  area.before(bar);
  area.after(heading, pane);
  area.addEventListener("input", () => preview(area, pane));
  preview(area, pane);
}

// Leaving a page with unsaved text asks first.
let changed = false;
addEventListener("input", (event) => (changed ||= event.target.closest?.("form[method=post]") !== null));
addEventListener("submit", () => (changed = false));
addEventListener("beforeunload", (event) => changed && event.preventDefault());

document.querySelector("[data-print]")?.addEventListener("click", () => print());
