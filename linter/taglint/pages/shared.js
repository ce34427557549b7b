"use strict";
// Text of a corpus only ever reaches the page as text nodes; what cannot be seen, and what turns
// the writing direction, is spelled out.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g;
const NAMED = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const shown = (text) =>
  text.replace(HIDDEN, (found) => {
    const code = found.codePointAt(0);
    if (code >= 0xdc80 && code <= 0xdcff) return "\\x" + (code - 0xdc00).toString(16);
    return NAMED[found] ?? "\\u" + code.toString(16).padStart(4, "0");
  });

// make("b", {class: "x"}, "text", child): an element.
function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

const token = (text) => make("bdi", { class: "token" }, shown(text));
const tokenTag = (form, tag) =>
  make("span", {}, token(form), make("span", { class: "tag" }, "/" + shown(tag)), " ");

function remember(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch { /* storage may be barred */ }
  return null;
}

function setLanguage(language) {
  document.documentElement.dataset.lang = language;
  document.documentElement.lang = language;
  remember("taglint-language", language);
}
setLanguage(remember("taglint-language") ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
const both = (zh, en) => [make("span", { lang: "zh" }, zh), make("span", { lang: "en" }, en)];
