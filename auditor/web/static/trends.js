// PNG of a chart, drawn by the browser from the SVG that is on the page, twice its size.
for (const button of document.querySelectorAll("[data-png]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const image = button.closest(".chart").querySelector("img");
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 1600;
    canvas.height = 800;
    const context = canvas.getContext("2d");
    context.fillStyle = getComputedStyle(button.closest(".chart")).backgroundColor;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = button.dataset.png;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  });
}
