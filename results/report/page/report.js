// The list of samples: search, filters, sorting, sample view. Everything that comes from a run is
// put into the page as text, never as markup.
"use strict";
(() => {
  const STEP = 100;  // rows added at a time
  const root = document.documentElement;

  // Theme: the system's until the button is pressed.
  const theme = document.getElementById("theme");
  const darkSystem = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : darkSystem.matches;
  const nameTheme = () => { theme.textContent = isDark() ? "Light theme" : "Dark theme"; };
  theme.hidden = false;
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    nameTheme();
  });
  darkSystem.addEventListener("change", nameTheme);
  nameTheme();

  // An image stands in the page once; cards that link to it show it, too.
  for (const link of document.querySelectorAll('.card .image a[href^="#image-"]')) {
    const copy = document.querySelector(link.getAttribute("href")).cloneNode();
    copy.removeAttribute("id");
    link.replaceChildren(copy);
  }

  const block = document.getElementById("data");
  if (!block) return;
  const data = JSON.parse(block.textContent);
  const paired = data.runs.length > 1;
  const width = data.scores.length;

  // One sample as an object; `order` is its place in the run.
  const samples = data.samples.map(([id, image, scores, candidates, references, slice, meta, evidence, question, notes], order) => ({
    id, image: image || id, scores, candidates: candidates || [], references: references || [], slice, meta, evidence: evidence || [], question: question || "", notes: notes || [], order,
  }));
  const plain = (candidate) => candidate.filter((_, i) => i % 2 === 1).join("");
  for (const sample of samples) {
    sample.text = [sample.id, sample.question, ...sample.candidates.map(plain), ...sample.references].join("\n").toLowerCase();
  }

  // An element with attributes and children; strings become text.
  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") node.addEventListener(name, value);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value !== undefined) node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  }

  const number = (value, signed = false) => {
    if (value === null || !Number.isFinite(value)) return "–";
    if (signed && value === 0) return "0";
    const text = Math.abs(value).toFixed(Math.abs(value) <= 10 ? 4 : 2);
    return (value < 0 ? "−" : signed ? "+" : "") + text;
  };
  const badge = (run) => el("b", {class: `badge run-${run % 6}`}, data.runs[run].letter);
  const marked = (candidate) => {
    const out = el("span");
    for (let i = 0; i < candidate.length; i += 2) {
      const how = candidate[i], text = candidate[i + 1];
      out.append(how === 0 ? text : Array.isArray(how) ? el("mark", {class: how[0], title: how[1]}, text) : el("mark", {class: `m${how}`}, text));
    }
    if (candidate.length === 0) out.append(el("em", {}, "empty"));
    return out;
  };

  // What a probe finds invented and left out, in words.
  const objects = (evidence) => (evidence ? ["invented", "left out"] : []).flatMap((what, i) =>
    evidence[i].length ? [el("span", {class: "objects"}, el("small", {}, what), ` ${evidence[i].join(", ")}`)] : []);

  // What is shown: the score, the run beside the first one, filters, order.
  const state = {score: data.main, run: paired ? 1 : 0, find: "", moved: "", slice: "", low: null, high: null, key: "", down: false};
  const value = (sample, run) => sample.scores[run * width + state.score];
  const change = (sample) => {
    const a = value(sample, 0), b = value(sample, state.run);
    return a === null || b === null ? null : b - a;
  };
  const gain = (sample) => {
    const d = change(sample);
    return d === null ? 0 : data.scores[state.score].less ? -d : d;
  };
  const keys = {
    id: (sample) => sample.id,
    a: (sample) => value(sample, 0),
    b: (sample) => value(sample, state.run),
    change,
    order: (sample) => sample.order,
  };

  function chosen() {
    const words = state.find.toLowerCase().split(/\s+/).filter(Boolean);
    const out = samples.filter((sample) => {
      if (!words.every((word) => sample.text.includes(word))) return false;
      if (state.slice !== "" && sample.slice !== Number(state.slice)) return false;
      const shown = value(sample, state.run);
      if (state.low !== null && !(shown !== null && shown >= state.low)) return false;
      if (state.high !== null && !(shown !== null && shown <= state.high)) return false;
      if (state.moved === "worse") return gain(sample) < 0;
      if (state.moved === "better") return gain(sample) > 0;
      if (state.moved === "same") return change(sample) === 0;
      return true;
    });
    const key = keys[state.key || "order"];
    const side = state.down ? -1 : 1;
    // Undefined values come last either way.
    return out.sort((x, y) => {
      const a = key(x), b = key(y);
      if (a === null || b === null) return (a === null) - (b === null) || x.order - y.order;
      if (typeof a === "string") return side * a.localeCompare(b, "en", {numeric: true}) || x.order - y.order;
      return side * (a - b) || x.order - y.order;
    });
  }

  // The list.
  const host = document.getElementById("list");
  const status = el("p", {class: "status", role: "status"});
  const heads = el("tr");
  const body = el("tbody");
  const more = el("button", {type: "button", class: "more", click: () => extend()}, "Show more");
  const box = el("div", {class: "list", tabindex: "-1"}, el("table", {}, el("thead", {}, heads), body), more);
  const dialog = el("dialog", {class: "sample", "aria-labelledby": "sample-title"});
  let found = [], drawn = 0, open = -1;

  const columns = [["id", ["sample"], ""], ["", ["caption"], ""], ["a", [badge(0)], "number"]];
  if (paired) columns.push(["b", [], "number"], ["change", ["change"], "number"]);
  const buttons = {};
  for (const [key, title, kind] of columns) {
    const cell = el("th", {scope: "col", class: kind});
    if (key === "") {
      cell.append(el("span", {}, ...title));
    } else {
      buttons[key] = el("button", {type: "button", "data-key": key, click: () => sortBy(key)}, ...title);
      cell.append(buttons[key]);
    }
    heads.append(cell);
  }
  if (!paired) buttons.a.replaceChildren("score");

  function sortBy(key) {
    if (state.key === key && state.down) Object.assign(state, {key: "", down: false});
    else if (state.key === key) state.down = true;
    else Object.assign(state, {key, down: false});
    refresh();
  }

  function row(sample, at) {
    const cells = [el("th", {scope: "row"}, sample.id)];
    const answer = sample.candidates.length ? plain(sample.candidates[state.run]) : "";
    const caption = sample.question ? `${sample.question} – ${answer}` : answer;
    cells.push(el("td", {}, el("span", {class: "caption"}, caption)));
    cells.push(el("td", {class: "number"}, number(value(sample, 0))));
    if (paired) {
      const d = change(sample);
      const way = gain(sample) < 0 ? "worse" : gain(sample) > 0 ? "better" : "";
      cells.push(el("td", {class: "number"}, number(value(sample, state.run))));
      cells.push(el("td", {class: "number"}, el("span", {class: way}, number(d, true))));
    }
    return el("tr", {tabindex: at === 0 ? "0" : "-1", "data-at": at}, ...cells);
  }

  function extend() {
    const until = Math.min(drawn + STEP, found.length);
    for (; drawn < until; ++drawn) body.append(row(found[drawn], drawn));
    more.hidden = drawn === found.length;
  }

  function refresh() {
    found = chosen();
    drawn = 0;
    body.replaceChildren();
    extend();
    box.scrollTop = 0;
    status.textContent = `${found.length.toLocaleString("en")} of ${samples.length.toLocaleString("en")} samples`;
    for (const [key, button] of Object.entries(buttons)) {
      const sorted = state.key !== key ? "none" : state.down ? "descending" : "ascending";
      button.parentNode.setAttribute("aria-sort", sorted);
      const arrow = {none: "", ascending: " ▲", descending: " ▼"}[sorted];
      const title = key === "b" ? [badge(state.run)] : key === "a" && paired ? [badge(0)] : [{id: "sample", a: "score", change: "change"}[key]];
      button.replaceChildren(...title, arrow);
    }
  }

  function focusRow(at) {
    if (found.length === 0) return;
    at = Math.max(0, Math.min(at, found.length - 1));
    while (drawn <= at) extend();
    for (const old of body.querySelectorAll('tr[tabindex="0"]')) old.tabIndex = -1;
    const target = body.children[at];
    target.tabIndex = 0;
    target.focus();
    target.scrollIntoView({block: "nearest"});
  }

  // What judges saw and said.
  const drawing = new DOMParser().parseFromString("<svg><path/></svg>", "text/html").querySelector("svg");
  function tenths(shares, run) {
    const svg = document.importNode(drawing, true), path = svg.firstChild;
    const label = shares.flatMap((share, d) => share > 0 ? [`${10 * d} to ${10 * d + 10}: ${share} %`] : []).join("; ");
    for (const [name, value] of [["class", `tenths run-${run % 6}`], ["viewBox", "0 0 90 25"], ["role", "img"], ["aria-label", label]]) svg.setAttribute(name, value);
    path.setAttribute("d", shares.map((share, d) => `M${9 * d + .5} 24v-${.24 * share}h8v${.24 * share}z`).join("") + "M0 24v.6h90v-.6z");
    return svg;
  }
  function seen(sample) {
    const of = sample.notes.map((note) => note && note[2] >= 0 ? data.seen[note[2]] : null);
    const out = [];
    of.forEach((context, run) => {
      if (!context) return;
      const list = el("ul");
      context.slice(1).forEach((line, i) => {
        const only = of.some((other) => other && !other.includes(line));
        list.append(el("li", {class: `${i < context[0] ? "" : "relation"} ${only ? `only run-${run % 6}` : ""}`.trim()}, line));
      });
      out.push(el("div", {class: "context"}, el("p", {}, badge(run), " sees"), list));
    });
    return out.length ? [el("div", {class: "contexts"}, ...out)] : [];
  }
  function verdict(note, run) {
    if (!note) return [];
    const [score, shares, , lines] = note;
    const parts = score ? [el("p", {}, ...(shares ? [tenths(shares, run)] : []), score)] : [];
    parts.push(...lines.map((line) => el("p", {class: "remark"}, line)));
    return [el("div", {class: "verdict"}, ...parts)];
  }

  // The sample view.
  function shut() {
    dialog.close();
    focusRow(open);
  }
  function show(at) {
    if (at < 0 || at >= found.length) return;
    open = at;
    const sample = found[at];
    const again = dialog.open ? document.activeElement && document.activeElement.dataset.step : "";
    const step = (by, text) => el("button", {type: "button", "data-step": by, click: () => show(open + by), disabled: at + by < 0 || at + by >= found.length}, text);
    const image = sample.image === sample.id ? [] : [el("small", {}, ` image ${sample.image}`)];
    const parts = [el("div", {class: "bar"},
      el("h2", {id: "sample-title"}, sample.id, ...image),
      step(-1, "Previous"), step(1, "Next"),
      el("button", {type: "button", click: shut}, "Close"))];
    const contexts = seen(sample);
    const picture = [...document.querySelectorAll("img[data-image]")].find((img) => img.dataset.image === sample.image);
    if (picture) {
      const copy = picture.cloneNode();
      copy.removeAttribute("id");
      contexts.unshift(el("p", {class: "image"}, copy));
    }
    if (contexts.length) parts.push(el("div", {class: "seen"}, ...contexts));
    if (sample.question) parts.push(el("p", {class: "question"}, sample.question));
    if (sample.candidates.length) {
      const texts = el("dl");
      sample.candidates.forEach((candidate, run) => texts.append(el("dt", {}, badge(run)), el("dd", {}, marked(candidate), ...objects(sample.evidence[run]), ...verdict(sample.notes[run], run))));
      if (sample.references.length) texts.append(el("dt", {class: "references"}, "references"), ...sample.references.map((text) => el("dd", {}, text)));
      parts.push(texts);
    }
    const rows = data.scores.map((score, s) => {
      const values = data.runs.map((_, run) => sample.scores[run * width + s]);
      return el("tr", {}, el("th", {scope: "row"}, score.title), ...values.map((v) => el("td", {class: "number"}, number(v))));
    });
    parts.push(el("div", {class: "scroll"}, el("table", {},
      el("thead", {}, el("tr", {}, el("th", {scope: "col"}, "score"), ...data.runs.map((_, run) => el("th", {scope: "col", class: "number"}, badge(run))))),
      el("tbody", {}, ...rows))));
    if (data.by && sample.slice >= 0) {
      parts.push(el("p", {class: "fine"}, `${data.by}: ${sliceName(sample.slice)}`));
    }
    if (sample.meta) parts.push(el("p", {class: "fine"}, "meta ", el("code", {}, sample.meta)));
    dialog.replaceChildren(...parts);
    if (!dialog.open) dialog.showModal();
    const focus = again && dialog.querySelector(`[data-step="${again}"]:not(:disabled)`);
    (focus || dialog.querySelector(".bar button:not(:disabled)")).focus();
  }
  const sliceName = (slice) => data.slices[slice] === null ? "without it" : data.slices[slice];
  // Should it be closed otherwise. The event comes late: the next key may have moved the focus on.
  dialog.addEventListener("close", () => {
    if (document.activeElement.dataset.at === undefined) focusRow(open);
  });

  // Filters.
  const control = (label, node, kind) => el("label", {class: kind}, label, node);
  const choice = (id, options, change) => {
    const node = el("select", {id, change: () => { change(node.value); refresh(); }});
    for (const [key, text] of options) node.append(el("option", {value: key}, text));
    return node;
  };
  const bound = (id, name) => el("input", {id, type: "number", step: "any", input: (event) => {
    state[name] = event.target.value === "" ? null : Number(event.target.value);
    refresh();
  }});
  const search = el("input", {id: "search", type: "search", autocomplete: "off", placeholder: "words of ids, captions, references", input: () => {
    state.find = search.value;
    refresh();
  }});
  const filters = el("div", {class: "filters", role: "search"}, control("Search", search, "search"));
  const score = choice("score", data.scores.map((s, i) => [i, s.title]), (v) => { state.score = Number(v); });
  score.value = String(state.score);
  filters.append(control("Score", score));
  if (data.runs.length > 2) {
    filters.append(control("Run", choice("run", data.runs.slice(1).map((run, i) => [i + 1, `${run.letter} ${run.name}`]), (v) => { state.run = Number(v); })));
  }
  if (paired) {
    filters.append(control("Change", choice("moved", [["", "all"], ["worse", "worse"], ["better", "better"], ["same", "the same"]], (v) => { state.moved = v; })));
  }
  if (data.slices) {
    filters.append(control(data.by, choice("slice", [["", "all"], ...data.slices.map((_, i) => [i, sliceName(i)])], (v) => { state.slice = v; })));
  }
  filters.append(control("Score from", bound("low", "low")), control("to", bound("high", "high")));

  const hint = el("p", {class: "fine"});
  [["/", " search  "], ["j", " "], ["k", " next, previous  "], ["Enter", " open  "], ["Esc", " close"]].forEach(([key, text]) => hint.append(el("kbd", {}, key), text));
  host.append(filters, status, box, hint, dialog);

  // Mouse and keyboard.
  body.addEventListener("click", (event) => {
    const target = event.target.closest("tr");
    if (target) show(Number(target.dataset.at));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, select");
    const at = event.target.dataset && event.target.dataset.at;
    const by = {j: 1, ArrowDown: 1, k: -1, ArrowUp: -1}[event.key];
    if (dialog.open) {
      const turn = {j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1}[event.key];
      if (turn) show(open + turn);
      if (event.key === "Escape") shut();
      if (turn || event.key === "Escape") event.preventDefault();
    } else if (event.key === "/" && !typing) {
      search.focus();
      search.select();
      event.preventDefault();
    } else if (event.key === "Escape" && typing) {
      event.target.blur();
    } else if (at !== undefined && event.key === "Enter") {
      show(Number(at));
      event.preventDefault();
    } else if (at !== undefined && (event.key === "Home" || event.key === "End")) {
      focusRow(event.key === "Home" ? 0 : found.length - 1);
      event.preventDefault();
    } else if (at !== undefined && by) {
      focusRow(Number(at) + by);
      event.preventDefault();
    } else if (!typing && (event.key === "j" || event.key === "k") || event.target === search && (event.key === "ArrowDown" || event.key === "Enter")) {
      focusRow(0);
      event.preventDefault();
    }
  });

  refresh();
})();
