// Shows how far one audit is, and its desk as soon as it has ended.
const box = document.querySelector("[data-waiting]");
const id = box?.dataset.waiting;
if (id) {
  const names = box.querySelector("template").content;
  const name = (kind, value) => names.querySelector(`[data-${kind}-name="${CSS.escape(value ?? "")}"]`)?.textContent ?? "";
  const source = new EventSource("/inbox/events?audit=" + encodeURIComponent(id));
  source.addEventListener("progress", (event) => {
    const told = JSON.parse(event.data);
    if (told.state !== "queued" && told.state !== "running") return location.reload();
    box.querySelector("progress").value = told.progress;
    box.querySelector("[data-state]").textContent = name("state", told.state);
    box.querySelector("[data-step]").textContent = told.state === "running" ? name("step", told.step) : "";
  });
  source.addEventListener("end", () => location.reload());
}
