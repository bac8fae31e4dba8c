// The desk's keyboard, and decisions without loading the page anew. The server renders every card; this only puts it in place.
const list = document.querySelector("[data-todo]");
const links = list ? [...list.querySelectorAll("a")] : [];
const ids = links.map((link) => link.hash.slice(1));
const count = document.querySelector("[data-open-count]");
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
let pending = Promise.resolve();

const card = (id) => (id ? document.getElementById(id) : null);

function tell(text) {
  clearTimeout(toastTimer);
  toast.textContent = text;
  toastTimer = setTimeout(() => (toast.textContent = ""), 6000);
}

function activate(id, scroll = true) {
  const found = card(id);
  if (!found) return;
  document.querySelector("article.active")?.classList.remove("active");
  for (const mark of document.querySelectorAll("mark.pointed")) mark.classList.remove("pointed");
  links[ids.indexOf(active)]?.removeAttribute("aria-current");
  active = id;
  found.classList.add("active");
  for (const mark of found.closest(".row")?.querySelectorAll("mark") ?? [])
    if ((mark.dataset.findings ?? "").split(" ").includes(id)) mark.classList.add("pointed");
  const link = links[ids.indexOf(id)];
  link?.setAttribute("aria-current", "true");
  if (scroll) show(found, link);
}

// The passage and its finding are both to be seen: the row comes to the top, unless the card would not fit below it then.
function show(found, link) {
  found.focus({ preventScroll: true });
  (found.closest(".row") ?? found).scrollIntoView({ block: "start" });
  if (found.getBoundingClientRect().bottom > innerHeight) found.scrollIntoView({ block: "end" });
  const panel = list?.parentElement;
  if (link && panel) panel.scrollTop += link.getBoundingClientRect().top - panel.getBoundingClientRect().top - 120;
}

async function goTo(at) {
  const link = links[at];
  if (!link) return;
  if (!card(ids[at])) await load(document.querySelector(`[data-fetch][data-part="${link.dataset.partOf}"]`));
  activate(ids[at]);
}

function step(by) {
  if (!ids.length) return;
  const at = ids.indexOf(active) < 0 ? (by > 0 ? 0 : ids.length - 1) : ids.indexOf(active) + by;
  if (at >= 0 && at < ids.length) return goTo(at);
  document.querySelector(`.side-panel a[rel="${by > 0 ? "next" : "prev"}"]`)?.click();
}

function nextOpen() {
  const at = ids.indexOf(active);
  const later = links.findIndex((link, n) => n > at && !link.classList.contains("closed"));
  if (later >= 0) goTo(later);
  else activate(active);
}

// --- Parts of a long article: fetched when they come near, or when a finding in them is wanted

const fetching = new Map();

function load(place) {
  if (!place) return Promise.resolve();
  if (!fetching.has(place)) fetching.set(place, fill(place));
  return fetching.get(place);
}

async function fill(place) {
  const answer = await fetch(place.dataset.fetch).catch(() => null);
  if (!answer?.ok) {
    fetching.delete(place);
    return tell(say("failed"));
  }
  const told = new DOMParser().parseFromString(await answer.text(), "text/html");
  const rows = document.createElement("div");
  rows.className = "rows";
  rows.dataset.part = place.dataset.part;
  rows.append(...told.querySelectorAll("section.row"));
  for (const link of rows.querySelectorAll('a[href*="#row-"]')) link.setAttribute("href", new URL(link.getAttribute("href"), location.href).hash);
  place.replaceWith(rows); // what is in view stays where it is: browsers anchor the scroll
}

// Only what is near still when its turn comes: whoever flies over the article fetches where they land.
const wanted = new Set();
let fetchingNear = false;

async function fetchNear() {
  if (fetchingNear) return;
  fetchingNear = true;
  for (let place; ([place] = [...wanted].slice(-1)), place; wanted.delete(place)) await load(place);
  fetchingNear = false;
}

const near = new IntersectionObserver(
  (seen) => {
    for (const one of seen) one.isIntersecting && one.target.isConnected ? wanted.add(one.target) : wanted.delete(one.target);
    setTimeout(fetchNear, 120);
  },
  { rootMargin: "1200px" },
);
const there = document.querySelector(".rows");
const rowHeight = there ? there.offsetHeight / Math.max(1, there.children.length) : 0;
for (const place of document.querySelectorAll("[data-fetch]")) {
  place.style.minHeight = `${Math.round(place.dataset.rows * rowHeight)}px`; // so that the scroll bar tells the truth
  near.observe(place);
}

async function toRow(link) {
  const address = new URL(link.getAttribute("href"), location.href); // of a link in the strip, too, which has no `hash`
  const row = address.hash.slice(1);
  const part = address.searchParams.get("part") ?? "1";
  if (!document.getElementById(row)) await load(document.querySelector(`[data-fetch][data-part="${CSS.escape(part)}"]`));
  history.replaceState(null, "", address.hash);
  document.getElementById(row)?.scrollIntoView({ block: "start" });
}

// --- Deciding

// One after another: a decision is about the finding that is active when the one before has been stored.
const inTurn = (act) => (pending = pending.then(act, act));
const isWriting = () => document.activeElement.matches("textarea, select, input:not([type=checkbox])");

// What somebody has begun to write in a card while it was being stored outlives its being rendered anew.
function carryOver(form, fresh) {
  const into = fresh.querySelector("form.decide");
  const name = document.activeElement.name;
  for (const field of ["reason", "comment"]) into.elements[field].value = form.elements[field].value;
  into.querySelector("details").open = true;
  return () => into.elements[name].focus({ preventScroll: true });
}

async function send(found, fields, keepsDraft = false) {
  const form = found.querySelector("form.decide");
  const isWritingHere = () => form.contains(document.activeElement) && isWriting();
  const wrote = isWritingHere() && !keepsDraft;
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
    const wasOpen = found.dataset.decision === "open";
    const refocus = isWritingHere() && !wrote ? carryOver(form, fresh) : () => {};
    found.replaceWith(fresh);
    refocus();
    settle(fresh, wasOpen);
    return { fresh, conflict: answer.status === 409 };
  } catch {
    tell(say("failed"));
    return null;
  }
}

// What else the page says of a finding: its line in the list, the count, the bulk form, the strip.
function settle(fresh, wasOpen) {
  const isOpen = fresh.dataset.decision === "open";
  links[ids.indexOf(fresh.id)]?.classList.toggle("closed", !isOpen);
  const seen = document.querySelector("[data-bulk] [name=seen]");
  if (seen) seen.value = seen.value.split(" ").map((s) => (s.startsWith(fresh.id + ":") ? `${fresh.id}:${fresh.dataset.version}` : s)).join(" ");
  const open = Number(count.dataset.openCount) + Number(isOpen) - Number(wasOpen);
  count.textContent = count.textContent.replace(count.dataset.openCount, open);
  count.dataset.openCount = open;
  const row = fresh.closest(".row");
  if (row) colour(row);
}

function colour(row) {
  const open = [...row.querySelectorAll("article.finding")].filter((c) => c.dataset.decision === "open");
  for (const svg of document.querySelectorAll(".strip svg")) {
    const lang = svg.parentElement.querySelector(".strip-lang").textContent;
    const cell = svg.querySelector(`a[href$="#${row.id}"] .cell`);
    if (!cell) continue;
    const worst = RANK.find((s) => open.some((c) => c.dataset.lang === lang && c.dataset.severity === s)) ?? "ok";
    cell.setAttribute("class", "cell " + worst);
    cell.setAttribute("height", HEIGHT[worst]);
    cell.setAttribute("y", 24 - HEIGHT[worst]);
  }
  row.classList.remove(...RANK, "ok");
  row.classList.add(RANK.find((s) => open.some((c) => c.dataset.severity === s)) ?? "ok");
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
  if (isWriting() || active !== id) return;
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
  const done = await send(found, { decision: last.decision, reason: last.reason, comment: "", version: last.version }, true);
  if (!done) return;
  keep(entries);
  if (!isWriting()) activate(last.id);
  tell(say(done.conflict ? "conflict" : "undone"));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.decide") || !event.submitter) return;
  event.preventDefault();
  const form = event.target;
  const id = form.closest("article").id;
  const fields = { reason: form.elements.reason.value, comment: form.elements.comment.value };
  activate(id, false);
  inTurn(() => decide(id, event.submitter.value, fields));
});

// --- Pointing

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-todo] a");
  if (link) {
    event.preventDefault();
    return goTo(links.indexOf(link));
  }
  const row = event.target.closest('a[href*="#row-"]');
  if (row) {
    event.preventDefault();
    return toRow(row);
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

const ACTIONS = { j: () => step(1), k: () => step(-1), u: () => inTurn(undo), c: comment, b: backTranslations, "/": search };
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
  if (CHOICES[event.key] && active) inTurn(() => decide(active, CHOICES[event.key]));
  else if (ACTIONS[event.key]) ACTIONS[event.key]();
  else return;
  event.preventDefault();
});

if (location.hash.length > 1 && card(location.hash.slice(1))?.matches("article.finding")) activate(location.hash.slice(1));
