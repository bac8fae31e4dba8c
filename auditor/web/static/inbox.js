// Follows the audits that run: their bars move, and the list is fetched anew when some have ended. Without it the page is read as it is.
let source = null;
let waiting = 0;

function follow() {
  const table = document.querySelector("table[data-running]");
  const running = (table?.dataset.running ?? "").split(" ").filter(Boolean);
  source?.close();
  if (!running.length) return;
  source = new EventSource("/inbox/events?" + running.map((id) => "audit=" + encodeURIComponent(id)).join("&"));
  source.addEventListener("progress", (event) => {
    const told = JSON.parse(event.data);
    const bar = table.querySelector(`tr[data-audit="${CSS.escape(told.id)}"] progress`);
    if (!bar) return;
    if (told.state === "queued" || told.state === "running") bar.value = told.progress;
    else {
      clearTimeout(waiting); // several that end together are fetched together
      waiting = setTimeout(refresh, 800);
    }
  });
  source.addEventListener("end", () => source.close());
}

async function refresh() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".table");
  const old = document.querySelector(".table");
  if (!fresh || !old) return location.reload();
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  old.replaceWith(fresh);
  if (focused) fresh.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  follow();
}

follow();
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.matches("input, textarea, select")) {
    event.preventDefault();
    document.querySelector("#q")?.focus();
  }
});
