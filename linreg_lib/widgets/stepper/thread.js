// A line from the code's current line to what it made or filled in the graph.
//
//   const thread = createThread(stage);   thread.draw(item, targets);   thread.stop()
//
// It lies behind the graph and says nothing that the marks do not say: it leads the eye.
import { svg } from "../js/dom.js";

export function createThread(stage) {
  const layer = svg("svg", { class: "lr-thread", "aria-hidden": "true" });
  stage.prepend(layer);
  let item = null;
  let targets = [];

  function place() {
    const ground = stage.getBoundingClientRect();
    const code = item?.closest(".lr-code")?.getBoundingClientRect();
    const line = item?.getBoundingClientRect();
    const paths = [];
    // Beside each other, and the line in sight: else there is nothing to lead from.
    if (line?.width > 0 && line.top >= code.top - 2 && line.bottom <= code.bottom + 2) {
      for (const target of targets) {
        const box = target.getBoundingClientRect();
        const room = target.closest(".lr-graph").getBoundingClientRect();
        const inside = box.top >= room.top - 2 && box.bottom <= room.bottom + 2 && box.left >= room.left && box.left < room.right;
        if (box.left < code.right || !inside) continue;
        const [x0, y0] = [code.right - ground.left, (line.top + line.bottom) / 2 - ground.top];
        const [x1, y1] = [box.left - ground.left, (box.top + box.bottom) / 2 - ground.top];
        const bend = Math.min(60, (x1 - x0) / 2);
        paths.push(`M${x0},${y0}C${x0 + bend},${y0} ${x1 - bend},${y1} ${x1},${y1}`);
      }
    }
    layer.replaceChildren(...paths.map((d) => svg("path", { d, fill: "none" })));
  }

  const watch = new ResizeObserver(place);
  watch.observe(stage);
  stage.addEventListener("scroll", place, true); // of the listing and of the graph
  return {
    draw(from, to) {
      item = from;
      targets = to;
      place();
    },
    stop: () => watch.disconnect(),
  };
}
