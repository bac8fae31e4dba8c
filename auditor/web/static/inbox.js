// Follows the audits that run: their bars move, and the page is loaded anew when one has ended. Without it the page is read as it is.
const table = document.querySelector("table[data-running]");
const running = (table?.dataset.running ?? "").split(" ").filter(Boolean);
if (running.length) {
  const source = new EventSource("/inbox/events?" + running.map((id) => "audit=" + encodeURIComponent(id)).join("&"));
  source.addEventListener("progress", (event) => {
    const told = JSON.parse(event.data);
    const bar = table.querySelector(`tr[data-audit="${CSS.escape(told.id)}"] progress`);
    if (!bar) return;
    if (told.state === "queued" || told.state === "running") bar.value = told.progress;
    else if (document.activeElement === document.body || !document.activeElement.matches("input, select")) location.reload();
  });
  source.addEventListener("end", () => source.close());
}
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.matches("input, textarea, select")) {
    event.preventDefault();
    document.querySelector("#q")?.focus();
  }
});
