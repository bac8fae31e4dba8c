// The desk's keyboard, and decisions without loading the page anew. The server renders every card; this only puts it in place.
import { keepDraft, put, putDrafts, SAID } from "./drafts.js";
import { follow, keep, noteBulk, stack, undoBulk } from "./undoing.js";

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
const KEYS_OFF = "keys-off";
const CHOICES = { a: "accepted", f: "false_alarm", i: "intended", x: "fixed", w: "wont_fix" };
let active = "";
let toastTimer = 0;
let pending = Promise.resolve();

const card = (id) => (id ? document.getElementById(id) : null);

// What needs the reader to do something stays until the next message.
function tell(text, link) {
  clearTimeout(toastTimer);
  toast.textContent = text;
  if (!link) return void (toastTimer = setTimeout(() => (toast.textContent = ""), 6000));
  const way = document.createElement("a");
  way.href = link.href;
  way.textContent = link.text;
  toast.append(" ", way);
}

const here = () => location.pathname + location.search + location.hash;

// Why an answer is not what was asked for, and the way on.
function tellWhy(answer) {
  if (answer?.status === 401 || answer?.redirected)
    return tell(say("signed_out"), { href: "/sign-in?next=" + encodeURIComponent(here()), text: say("sign_in") });
  if (answer?.status === 403) return tell(say("stale"), { href: here(), text: say("reload") });
  if (answer?.status === 404) return tell(say("gone"), { href: "/inbox", text: say("inbox") });
  tell(say("failed"));
}

// A link to this very address would only jump to its fragment.
toast.addEventListener("click", (event) => {
  if (event.target.closest("a")?.getAttribute("href") !== here()) return;
  event.preventDefault();
  location.reload();
});

function activate(id, scroll = true) {
  const found = card(id);
  if (!found) return;
  document.querySelector("article.active")?.classList.remove("active");
  for (const mark of document.querySelectorAll("mark.pointed")) mark.classList.remove("pointed");
  links[ids.indexOf(active)]?.removeAttribute("aria-current");
  active = id;
  found.classList.add("active");
  remember(id);
  for (const mark of found.closest(".row")?.querySelectorAll("mark") ?? [])
    if ((mark.dataset.findings ?? "").split(" ").includes(id)) mark.classList.add("pointed");
  const link = links[ids.indexOf(id)];
  link?.setAttribute("aria-current", "true");
  if (scroll) show(found, link);
}

// So that the page, loaded anew, opens where it was.
function remember(id) {
  try {
    history.replaceState(null, "", "#" + id);
  } catch {
    // a browser that allows so many a minute: the place is forgotten, nothing else
  }
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
  const answer = await fetch(place.dataset.fetch, { headers: { "X-Fragment": "1" } }).catch(() => null);
  const text = answer?.ok && !answer.redirected ? await answer.text().catch(() => "") : "";
  const told = new DOMParser().parseFromString(text, "text/html");
  if (!told.querySelector("section.row")) {
    fetching.delete(place); // the place stays, and is asked for again when it comes near again
    return tellWhy(answer);
  }
  const rows = document.createElement("div");
  rows.className = "rows";
  rows.dataset.part = place.dataset.part;
  rows.append(...told.querySelectorAll("section.row"));
  for (const link of rows.querySelectorAll('a[href*="#row-"]')) link.setAttribute("href", new URL(link.getAttribute("href"), location.href).hash);
  place.replaceWith(rows); // what is in view stays where it is: browsers anchor the scroll
  putDrafts(rows);
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

// The answer to a decision of any finding of this audit, also of one that is not in the page; null when it was not taken.
async function post(id, fields) {
  const body = new URLSearchParams({ csrf: document.querySelector("[name=csrf]").value, back: location.pathname + location.search, ...fields });
  const address = `${location.pathname.replace(/\/+$/, "")}/findings/${id}`;
  const answer = await fetch(address, { method: "POST", body, headers: { "X-Fragment": "1" } }).catch(() => null);
  const taken = answer && !answer.redirected && (answer.status === 200 || answer.status === 409);
  const told = taken ? await answer.text().catch(() => "") : "";
  const fresh = new DOMParser().parseFromString(told, "text/html").querySelector("article");
  if (fresh) return { fresh: document.adoptNode(fresh), conflict: answer.status === 409 };
  tellWhy(answer);
  return null;
}

// `sent`: the reason and comment that go with it, and are no draft any more when they have been stored.
async function send(id, fields, sent) {
  const done = await post(id, { ...fields, version: fields.version ?? card(id).dataset.version });
  if (!done) return null;
  const found = card(id);
  const wasOpen = found ? found.dataset.decision === "open" : !links[ids.indexOf(id)]?.classList.contains("closed");
  if (found) replace(found, done, sent);
  settle(done.fresh, wasOpen);
  return done;
}

function replace(found, { fresh, conflict }, sent) {
  const form = found.querySelector("form.decide");
  const into = fresh.querySelector("form.decide");
  const isWritingHere = form.contains(document.activeElement) && isWriting();
  const name = document.activeElement.name;
  const stored = (field) => !conflict && sent && form.elements[field].value === sent[field];
  put(into, SAID.map((field) => (stored(field) ? "" : form.elements[field].value)));
  found.replaceWith(fresh);
  keepDraft(into);
  if (!isWritingHere) return;
  into.querySelector("details").open = true;
  into.elements[name].focus({ preventScroll: true });
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

// --- Undoing: one stack, of single decisions and of those about many

async function decide(id, decision, fields) {
  const found = card(id);
  const form = found?.querySelector("form.decide");
  if (!form) return;
  const before = { decision: found.dataset.decision, reason: found.dataset.reason };
  const was = found.dataset.version;
  const isBeingWritten = form.contains(document.activeElement) && isWriting(); // after the key was pressed: it is no part of the decision
  const sent = fields ?? Object.fromEntries(SAID.map((name) => [name, isBeingWritten ? "" : form.elements[name].value]));
  const done = await send(id, { ...sent, decision }, isBeingWritten && !fields ? null : sent);
  if (!done) return;
  if (done.conflict) {
    if (!isWriting()) activate(id);
    tell(say("conflict"));
    return;
  }
  const version = done.fresh.dataset.version;
  if (decision === "comment") follow(id, version, was);
  else keep([...stack(), { id, version, made: decision, ...before }]);
  tell(say(decision));
  if (isWriting() || active !== id) return;
  if (decision === "comment" || decision === "open") activate(id);
  else nextOpen();
}

async function undo() {
  const last = stack().pop();
  if (last?.bulk) return undoBulk(last.bulk);
  if (!last) return document.querySelector("[data-undo]")?.click() ?? tell(say("nothing"));
  const done = await send(last.id, { decision: last.decision, reason: last.reason, comment: "", version: last.version });
  if (!done) return; // it can be tried again
  keep(stack().slice(0, -1));
  if (!done.conflict) follow(last.id, done.fresh.dataset.version);
  if (!isWriting()) card(last.id) ? activate(last.id) : await goTo(ids.indexOf(last.id));
  tell(say(done.conflict ? "conflict" : "undone"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches('[action="/sign-out"]')) sessionStorage.clear();
  if (!form.matches("form.decide, form.bulk") || !event.submitter) return;
  if (!event.submitter.value) {
    event.preventDefault(); // Enter in a field: no choice was made
    return tell(say("choose"));
  }
  if (form.matches("form.bulk")) return;
  event.preventDefault();
  const id = form.closest("article").id;
  const fields = { reason: form.elements.reason.value, comment: form.elements.comment.value };
  activate(id, false);
  inTurn(() => decide(id, event.submitter.value, fields));
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form.decide");
  if (form) keepDraft(form);
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
  if (event.repeat && (CHOICES[event.key] || event.key === "u")) event.preventDefault(); // a key that is held decides once
  else if (CHOICES[event.key] && active) inTurn(() => decide(active, CHOICES[event.key]));
  else if (ACTIONS[event.key]) ACTIONS[event.key]();
  else return;
  event.preventDefault();
});

noteBulk();
putDrafts(document);
const wantedId = location.hash.slice(1);
if (ids.includes(wantedId)) goTo(ids.indexOf(wantedId));
else if (wantedId && card(wantedId)?.matches("article.finding")) activate(wantedId);
