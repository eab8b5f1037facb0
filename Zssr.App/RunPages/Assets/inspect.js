"use strict";

// The slider of training time, and one activation explained on a click.
(() => {
  const data = JSON.parse(document.getElementById("activation-data").textContent);
  const slider = document.getElementById("moment"), panel = document.getElementById("explanation");
  const shownTerms = 12;

  const floats = text => new Float32Array(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
  const number = value => (value + 0).toPrecision(5);
  const explains = data.layers.length > 0;
  const layers = data.layers.map(layer =>
    ({ ...layer, weight: floats(layer.weight), bias: floats(layer.bias), output: floats(layer.output) }));
  const inputs = explains ? [floats(data.input), ...layers.map(layer => layer.output)] : [];

  function showMoment() {
    const moment = +slider.value, iteration = data.moments[moment];
    document.querySelectorAll(".tiles").forEach(tiles => tiles.style.setProperty("--moment", moment));
    document.getElementById("moment-name").textContent = iteration === 0 ? "before the first iteration" : `after ${iteration} iterations`;
    document.querySelectorAll("[data-range]").forEach(span => {
      const [black, white] = data.ranges[span.dataset.range][moment];
      span.textContent = `black ${number(black)}, white ${number(white)}`;
    });
  }

  // The definition of convolution: every weight times the number below it; beyond the border there are zeros.
  function terms(layer, x, row, column, channel) {
    const found = [], reach = (layer.kernel - 1) / 2;
    for (let ky = 0; ky < layer.kernel; ky++) {
      for (let kx = 0; kx < layer.kernel; kx++) {
        const y = row + ky - reach, at = column + kx - reach;
        const isInside = y >= 0 && y < data.side && at >= 0 && at < data.side;
        for (let c = 0; c < layer.inputs; c++) {
          const input = isInside ? x[(y * data.side + at) * layer.inputs + c] : 0;
          const weight = layer.weight[((ky * layer.kernel + kx) * layer.inputs + c) * layer.outputs + channel];
          found.push({ ky, kx, c, y, at, isInside, input, weight, product: input * weight });
        }
      }
    }
    return found;
  }

  const element = (name, text, parent) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (parent) parent.append(made);
    return made;
  };

  function addRow(table, cells, name = "td") {
    const row = element("tr", undefined, table);
    cells.forEach(cell => element(name, cell, row));
  }

  function explain(index, channel, row, column) {
    const layer = layers[index], x = inputs[index];
    const all = terms(layer, x, row, column, channel), sum = all.reduce((total, term) => total + term.product, 0);
    const largest = [...all].sort((a, b) => Math.abs(b.product) - Math.abs(a.product)).slice(0, shownTerms);
    const rest = sum - largest.reduce((total, term) => total + term.product, 0);
    const offset = (row * data.side + column) * layer.outputs + channel;

    const table = element("table");
    const place = `Layer ${index + 1}, row ${row}, column ${column}, channel ${channel}`;
    element("caption", `${place}, after training: the largest of ${all.length} products`, table);
    addRow(table, ["kernel", "channel", "pixel", "x", "w", "x · w"], "th");
    largest.forEach(term => addRow(table, [
      `${term.ky},${term.kx}`, term.c, term.isInside ? `${term.y},${term.at}` : "outside",
      number(term.input), number(term.weight), number(term.product),
    ]));

    const steps = element("table");
    let value = sum;
    addRow(steps, [`the other ${all.length - largest.length} products`, number(rest)]);
    addRow(steps, ["sum of all products", number(sum)]);
    if (layer.bias.length) addRow(steps, ["+ bias", number(layer.bias[channel])]), value += layer.bias[channel];
    if (layer.relu) addRow(steps, ["ReLU", number(value = Math.max(value, 0))]);
    if (layer.residual) addRow(steps, ["+ the layer's input", number(x[offset])]), value += x[offset];
    addRow(steps, ["the number", number(value)]);
    addRow(steps, ["the network computed", number(layer.output[offset])]);
    addRow(steps, ["difference", (value - layer.output[offset]).toExponential(1)]);
    panel.replaceChildren(table, steps);
    panel.scrollTop = 0;
  }

  function choose(tile, row, column) {
    document.querySelectorAll(".tile.chosen").forEach(other => { other.classList.remove("chosen"); other.replaceChildren(); });
    tile.classList.add("chosen");
    Object.assign(tile.dataset, { row, column });
    const cross = element("span", undefined, tile), size = 100 / data.side;
    cross.className = "cross";
    Object.assign(cross.style, { left: `${column * size}%`, top: `${row * size}%`, width: "6px", height: "6px", margin: "-2px" });
    slider.value = slider.max;
    showMoment();
    explain(+tile.dataset.layer, +tile.dataset.channel, row, column);
  }

  const within = value => Math.max(0, Math.min(data.side - 1, Math.floor(value)));
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  slider.addEventListener("input", showMoment);
  showMoment();
  if (explains) {
    document.querySelectorAll(".tile").forEach(tile => {
      tile.addEventListener("click", event => {
        const box = tile.getBoundingClientRect(), isPointer = event.detail > 0;
        const at = (position, start, size) => isPointer ? within((position - start) / size * data.side) : within(data.side / 2);
        choose(tile, at(event.clientY, box.top, box.height), at(event.clientX, box.left, box.width));
      });
      tile.addEventListener("keydown", event => {
        const move = moves[event.key];
        if (!move) return;
        event.preventDefault();
        const middle = within(data.side / 2);
        choose(tile, within(+(tile.dataset.row ?? middle) + move[0]), within(+(tile.dataset.column ?? middle) + move[1]));
      });
    });
  }
})();

// One picture over the other.
document.querySelectorAll("[data-wipe]").forEach(wipe => {
  const frame = wipe.querySelector(".frame"), position = wipe.querySelector("[data-position]");
  const other = wipe.querySelector("[data-other]"), difference = wipe.querySelector("[data-difference]");
  const update = () => {
    frame.style.setProperty("--position", `${position.value}%`);
    frame.classList.toggle("no-line", difference.checked);
    wipe.querySelectorAll(".upper").forEach(layer => { layer.hidden = difference.checked || layer.dataset.name !== other.value; });
    wipe.querySelectorAll(".difference").forEach(layer => { layer.hidden = !difference.checked || layer.dataset.name !== other.value; });
  };
  [position, other, difference].forEach(control => control.addEventListener("input", update));
  update();
});
