// The desk's keyboard, and decisions without loading the page anew. The server renders every card; this only puts it in place.
const list = document.querySelector("[data-todo]");
const links = list ? [...list.querySelectorAll("a")] : [];
const ids = links.map((link) => link.hash.slice(1));
const toast = document.querySelector("[data-toast]");
const dialog = document.querySelector("[data-dialog]");
const says = document.querySelector("[data-says]").content;
const say = (what) => says.querySelector(`[data-say="${what}"]`)?.textContent ?? "";
const RANK = ["critical", "major", "minor"];
const HEIGHT = { critical: 22, major: 16, minor: 10, ok: 4 };
const UNDO = "undo:" + location.pathname;
const KEYS_OFF = "keys-off";
const CHOICES = { a: "accepted", f: "false_alarm", i: "intended", x: "fixed", w: "wont_fix" };
let active = "";
let toastTimer = 0;
let busy = false;

const card = (id) => (id ? document.getElementById(id) : null);

function tell(text) {
  clearTimeout(toastTimer);
  toast.textContent = text;
  toastTimer = setTimeout(() => (toast.textContent = ""), 6000);
}

function activate(id, scroll = true) {
  const found = card(id);
  if (!found) return;
  card(active)?.classList.remove("active");
  for (const mark of document.querySelectorAll("mark.pointed")) mark.classList.remove("pointed");
  links[ids.indexOf(active)]?.removeAttribute("aria-current");
  active = id;
  found.classList.add("active");
  for (const mark of found.closest(".row")?.querySelectorAll("mark") ?? [])
    if ((mark.dataset.findings ?? "").split(" ").includes(id)) mark.classList.add("pointed");
  const link = links[ids.indexOf(id)];
  link?.setAttribute("aria-current", "true");
  if (!scroll) return;
  // The passage and its finding are both to be seen: the row comes to the top, unless the card would not fit below it then.
  const row = found.closest(".row");
  found.focus({ preventScroll: true });
  (row ?? found).scrollIntoView({ block: "start" });
  if (found.getBoundingClientRect().bottom > innerHeight) found.scrollIntoView({ block: "end" });
  if (link) list.parentElement.scrollTop += link.getBoundingClientRect().top - list.parentElement.getBoundingClientRect().top - 120;
}

function step(by) {
  if (!ids.length) return;
  const at = ids.indexOf(active);
  activate(ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + by))]);
}

function nextOpen() {
  const at = ids.indexOf(active);
  const later = ids.slice(at + 1).find((id) => card(id)?.dataset.decision === "open");
  if (later) activate(later);
  else activate(active);
}

// --- Deciding

async function send(found, fields) {
  if (busy) return null;
  busy = true;
  const form = found.querySelector("form.decide");
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "1" } });
    if (answer.status !== 200 && answer.status !== 409) {
      tell(answer.status === 401 ? say("signed_out") : say("failed"));
      return null;
    }
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article");
    const fresh = document.adoptNode(told);
    found.replaceWith(fresh);
    settle(fresh);
    return { fresh, conflict: answer.status === 409 };
  } catch {
    tell(say("failed"));
    return null;
  } finally {
    busy = false;
  }
}

// What else the page says of a finding: its line in the list, the count, the bulk form, the strip.
function settle(fresh) {
  const at = ids.indexOf(fresh.id);
  links[at]?.classList.toggle("closed", fresh.dataset.decision !== "open");
  const seen = document.querySelector("[data-bulk] [name=seen]");
  if (seen) seen.value = ids.map((id) => `${id}:${card(id)?.dataset.version ?? 0}`).join(" ");
  const row = fresh.closest(".row");
  if (!row) return;
  const open = [...row.querySelectorAll("article.finding")].filter((c) => c.dataset.decision === "open");
  document.querySelectorAll(".strip svg").forEach((svg) => {
    const lang = svg.parentElement.querySelector(".strip-lang").textContent;
    const cell = svg.querySelector(`a[href="#${row.id}"] .cell`);
    if (!cell) return;
    const worst = RANK.find((s) => open.some((c) => c.dataset.lang === lang && c.dataset.severity === s)) ?? "ok";
    cell.setAttribute("class", "cell " + worst);
    cell.setAttribute("height", HEIGHT[worst]);
    cell.setAttribute("y", 24 - HEIGHT[worst]);
  });
  const worst = RANK.find((s) => open.some((c) => c.dataset.severity === s)) ?? "ok";
  row.classList.remove(...RANK, "ok");
  row.classList.add(worst);
  const count = document.querySelector("[data-open-count]");
  const now = [...document.querySelectorAll("article.finding")].filter((c) => c.dataset.decision === "open").length;
  count.textContent = count.textContent.replace(/\d[\d,]*/, now.toLocaleString("en"));
}

const stack = () => JSON.parse(sessionStorage.getItem(UNDO) ?? "[]");
const keep = (entries) => sessionStorage.setItem(UNDO, JSON.stringify(entries.slice(-200)));

async function decide(id, decision, fields = {}) {
  const found = card(id);
  if (!found?.querySelector("form.decide")) return;
  const before = { decision: found.dataset.decision, reason: found.dataset.reason };
  const done = await send(found, { ...fields, decision });
  if (!done) return;
  if (done.conflict) {
    activate(id);
    tell(say("conflict"));
    return;
  }
  if (decision !== "comment") keep([...stack(), { id, version: done.fresh.dataset.version, ...before }]);
  tell(say(decision));
  if (decision === "comment" || decision === "open") activate(id);
  else nextOpen();
}

async function undo() {
  const entries = stack();
  const last = entries.pop();
  const bulk = document.querySelector("[data-undo]");
  if (!last && bulk) return bulk.click();
  const found = last && card(last.id);
  if (!found) {
    keep(entries);
    return tell(say("nothing"));
  }
  const done = await send(found, { decision: last.decision, reason: last.reason, comment: "", version: last.version });
  if (!done) return;
  keep(entries);
  activate(last.id);
  tell(say(done.conflict ? "conflict" : "undone"));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.decide") || !event.submitter) return;
  event.preventDefault();
  decide(event.target.closest("article").id, event.submitter.value);
});

// --- Pointing

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-todo] a");
  if (link) {
    event.preventDefault();
    activate(link.hash.slice(1));
    return;
  }
  const mark = event.target.closest("mark[data-findings]");
  if (mark) return activate(mark.dataset.findings.split(" ")[0]);
  const chosen = event.target.closest("article.finding");
  if (chosen && chosen.id !== active) activate(chosen.id, false);
});

// --- Keyboard

const keysOn = document.querySelector("[data-keys-on]");
keysOn.checked = localStorage.getItem(KEYS_OFF) !== "1";
keysOn.addEventListener("change", () => localStorage.setItem(KEYS_OFF, keysOn.checked ? "0" : "1"));
const helpButton = document.querySelector("[data-help]");
helpButton.hidden = false;
helpButton.addEventListener("click", () => dialog.showModal());

function search() {
  const field = document.querySelector("#f-q");
  field.closest("details").open = true;
  field.focus();
  field.select();
}

function comment() {
  const details = card(active)?.querySelector("details.said");
  if (!details) return;
  details.open = true;
  details.querySelector("textarea").focus();
}

function backTranslations() {
  const all = [...(card(active)?.closest(".row") ?? document).querySelectorAll("details.back")];
  const open = all.some((d) => !d.open);
  for (const details of all) details.open = open;
}

const ACTIONS = { j: () => step(1), k: () => step(-1), u: undo, c: comment, b: backTranslations, "/": search };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  if (event.target.matches("input:not([type=checkbox]), textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "?") {
    event.preventDefault();
    return dialog.showModal();
  }
  if (!keysOn.checked) return;
  if (CHOICES[event.key] && active) decide(active, CHOICES[event.key]);
  else if (ACTIONS[event.key]) ACTIONS[event.key]();
  else return;
  event.preventDefault();
});

if (location.hash.length > 1 && card(location.hash.slice(1))?.matches("article.finding")) activate(location.hash.slice(1));
