// Reasons and comments that are being written, kept in the tab until they are stored.
const DRAFTS = "drafts:" + location.pathname;
export const SAID = ["reason", "comment"];
const drafts = () => JSON.parse(sessionStorage.getItem(DRAFTS) ?? "{}");

// What is being written outlives the card's being rendered anew, the page's being loaded anew and the session's end.
export function keepDraft(form) {
  const all = drafts();
  const id = form.closest("article").id;
  const said = SAID.map((name) => form.elements[name].value);
  if (said.some(Boolean)) all[id] = said;
  else delete all[id];
  sessionStorage.setItem(DRAFTS, JSON.stringify(all));
}

export function putDrafts(place) {
  for (const [id, said] of Object.entries(drafts())) {
    const form = place.querySelector(`article#${CSS.escape(id)} form.decide`);
    if (form) put(form, said);
  }
}

export function put(form, said) {
  SAID.forEach((name, n) => (form.elements[name].value = said[n]));
  if (said.some(Boolean)) form.querySelector("details").open = true;
}
