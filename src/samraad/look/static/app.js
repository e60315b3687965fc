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

// A toolbar over a prose field: it puts the signs of a text (documents/prose.py) around the selection, and shows how it will read.
const tools = [
  ["Fed", (text) => `**${text}**`],
  ["Kursiv", (text) => `*${text}*`],
  ["Overskrift", (text) => `\n\n## ${text}\n\n`],
  ["Punkt", (text) => text.split("\n").map((line) => `- ${line}`).join("\n")],
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

function inline(text) {
  const safe = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return safe
    .replace(/\*\*(?=\S)(.+?)\*\*/g, "<strong>$1</strong>")
    .replace(/(^|[^\w*])\*([^\s*][^*\n]*)\*(?![\w*])/g, "$1<em>$2</em>")
    .replace(/\[([^\]\n]+)\]\(((?:https?:\/\/|mailto:)[^\s)]+)\)/g, '<a href="$2">$1</a>');
}

function line(text) {
  const heading = /^(###?) (.*)$/.exec(text);
  if (heading) return heading[1] === "##" ? `<h3>${inline(heading[2])}</h3>` : `<h4>${inline(heading[2])}</h4>`;
  const item = /^([-•–]|\d{1,2}\.)\s+(.*)$/.exec(text);
  if (item) return `<li>${inline(item[2])}</li>`;
  if (/^\|.*\|$/.test(text)) return `<tr>${text.slice(1, -1).split("|").map((cell) => `<td>${inline(cell.trim())}</td>`).join("")}</tr>`;
  return text.startsWith("> ") ? `<blockquote>${inline(text.slice(2))}</blockquote>` : `${inline(text)}<br>`;
}

function block(text) {
  const html = text.split("\n").map((each) => line(each.trim())).join("");
  const inLists = html.replace(/(?:<li>.*?<\/li>)+/g, "<ul>$&</ul>").replace(/(?:<tr>.*?<\/tr>)+/g, "<table><tbody>$&</tbody></table>");
  return /^<(h|ul|table|blockquote)/.test(inLists) ? inLists : `<p>${inLists.replace(/<br>$/, "")}</p>`;
}

function preview(area, pane) {
  const text = area.value.trim();
  const html = /<(p|h[2-4]|ul|ol|table|blockquote)\b/i.test(text) ? text : text.split(/\n\s*\n/).map(block).join("");
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
  pane.className = "sam-preview sam-body";
  const heading = document.createElement("p");
  heading.className = "sam-small";
  heading.textContent = "Sådan bliver det læst:";
  for (const [label, sign] of tools) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
      const { selectionStart: a, selectionEnd: b, value } = area;
      const chosen = value.slice(a, b) || label.toLowerCase();
      const inner = sign(chosen);
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
