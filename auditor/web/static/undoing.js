// What `u` takes back: one stack a tab and audit, of single decisions {id, version, made, decision, reason} and of those about many {bulk}.
const UNDO = "undo:" + location.pathname;
const card = (id) => document.getElementById(id);
export const stack = () => JSON.parse(sessionStorage.getItem(UNDO) ?? "[]");
export const keep = (entries) => sessionStorage.setItem(UNDO, JSON.stringify(entries.slice(-200)));

// The finding is at another version, and what was decided of it before is as it was: its earlier entry can still be undone.
export function follow(id, version, was) {
  const entries = stack();
  const last = entries.findLast((e) => e.id === id);
  if (last && (was === undefined || last.version === was)) last.version = version;
  keep(entries);
}

// As the banner's button does, which may not be in the page any more. What was taken back leaves the stack on the page that says so.
export function undoBulk(at) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${location.pathname.replace(/\/+$/, "")}/bulk/undo`;
  const fields = { csrf: document.querySelector("[name=csrf]").value, back: location.pathname + location.search, at };
  for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  document.body.append(form);
  form.submit();
}

export function noteBulk() {
  const at = document.querySelector("[data-undo]")?.form.elements.at.value;
  const undone = document.querySelector("[data-undone]")?.dataset.undone;
  if (at && !stack().some((e) => e.bulk === at)) keep([...stack(), { bulk: at }]);
  if (undone) {
    keep(stack().filter((e) => e.bulk !== undone));
    for (const { id, made } of stack().filter((e) => e.id)) if (card(id)?.dataset.decision === made) follow(id, card(id).dataset.version);
  }
  if (at || undone) {
    const clean = new URL(location.href); // loaded anew, the page does not say it again
    for (const name of ["done", "at", "undone"]) clean.searchParams.delete(name);
    history.replaceState(null, "", clean);
  }
}
