// A line through points: its cost as a function of two numbers, and the points to drag (gdsim/regression.py, batches.py).
import { axes, mark, scaleOf } from "./plot.js";
import { brief, shown } from "./numbers.js";

export const [FEWEST_POINTS, MOST_POINTS] = [2, 100];

/** The mean in numpy's order: eight running sums for each block of up to 128, then these in pairs. */
export const meanOf = (values) => pairwise(values, 0, values.length) / values.length;

function pairwise(values, from, count) {
  if (count < 8) {
    let sum = -0;
    for (let i = 0; i < count; i++) sum += values[from + i];
    return sum;
  }
  if (count > 128) {
    const half = Math.floor(count / 2) - (Math.floor(count / 2) % 8);
    return pairwise(values, from, half) + pairwise(values, from + half, count - half);
  }
  const sums = values.slice(from, from + 8);
  let i = 8;
  for (; i < count - (count % 8); i += 8) for (let k = 0; k < 8; k++) sums[k] += values[from + i + k];
  let sum = sums[0] + sums[1] + (sums[2] + sums[3]) + (sums[4] + sums[5] + (sums[6] + sums[7]));
  for (; i < count; i++) sum += values[from + i];
  return sum;
}

/** The mean squared error of ŷ = w·x + b over rows [x, y], as [loss, ∂w, ∂b]. */
export function lookAt(rows, w, b) {
  const errors = rows.map(([x, y]) => w * x + b - y);
  const slope = 2 * meanOf(errors.map((error, i) => error * rows[i][0]));
  return [meanOf(errors.map((error) => error * error)), slope, 2 * meanOf(errors)];
}

/** The objective of a line through rows; its minimum is the exact solution, where the rows have one. */
export function lineThrough(known, rows) {
  const [xs, ys] = [0, 1].map((axis) => rows.map((row) => row[axis]));
  const [x, y] = [meanOf(xs), meanOf(ys)];
  const spread = xs.reduce((sum, one) => sum + (one - x) * (one - x), 0);
  const w = xs.reduce((sum, one, i) => sum + (one - x) * ys[i], 0) / spread;
  const best = [w, y - w * x];
  const means = [xs.map((one) => one * one), xs.map((one, i) => one * ys[i]), ys.map((one) => one * one)].map(meanOf);
  const bends = [2 * means[0], 2 * x, 2];
  return {
    ...known,
    rows,
    look: (slope, shift) => lookAt(rows, slope, shift),
    bend: () => bends,
    // The same cost multiplied out: for the colours of a map, not for numbers.
    height: (slope, shift) => slope * slope * means[0] + 2 * slope * shift * x + shift * shift - 2 * slope * means[1] - 2 * shift * y + means[2],
    minima: best.every(Number.isFinite) ? [{ point: best, value: lookAt(rows, ...best)[0] }] : [],
  };
}

/** The row numbers of each step: every epoch's order is cut into batches, each in ascending order. */
export function batchesOf(orders, rows, size) {
  const found = [];
  for (const order of orders) {
    const here = order.filter((row) => row < rows);
    for (let row = order.length; row < rows; row++) here.splice((row * 7919) % (here.length + 1), 0, row);
    for (let i = 0; i < rows; i += size) found.push(here.slice(i, i + size).sort((one, other) => one - other));
  }
  return found;
}

/** The same method, except that step t follows the gradient over the rows of its batch alone. */
export function throughBatches(method, rows, batches) {
  return {
    init: (point) => ({ steps: 0, inner: method.init(point) }),
    update(gradient, state, rate, point) {
      const part = batches[state.steps % batches.length].map((row) => rows[row]);
      const [move, inner] = method.update(lookAt(part, ...point).slice(1), state.inner, rate, point);
      return [move, { steps: state.steps + 1, inner }];
    },
  };
}

// --- the points ----------------------------------------------------------------------------------------------------

/** The scatter plot: changed(rows) is called when a point was dragged, added or removed. */
export class DataPlot {
  constructor(element, changed) {
    Object.assign(this, { element, changed, touched: 0 });
    this.svg = mark("svg", { role: "group", "aria-label": "The data, and the line of this step" });
    this.still = mark("g", { "aria-hidden": "true" });
    this.points = mark("g");
    this.svg.append(this.still, this.points);
    element.append(this.svg);
    this.listen();
  }

  /** Draw the axes for the data as they were given. */
  set(rows, given) {
    const area = this.element.getBoundingClientRect();
    const [width, height] = [Math.max(160, area.width), Math.max(160, area.height)];
    const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.box = [46 * unit, 14 * unit, width - 10 * unit, height - 26 * unit];
    const views = [0, 1].map((axis) => {
      const values = given.map((row) => row[axis]);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const room = 0.25 * (high - low) || 1;
      return [low - room, high + room];
    });
    this.x = scaleOf(views[0], [this.box[0], this.box[2]]);
    this.y = scaleOf(views[1], [this.box[3], this.box[1]]);
    Object.assign(this, { unit, rows, axes: axes(this.x, this.y, ["x", "y"]) });
    const [left, top, right, bottom] = this.box;
    this.axes.append(mark("clipPath", { id: "inside" }, mark("rect", { x: left, y: top, width: right - left, height: bottom - top })));
    if (this.points.children.length !== rows.length) this.points.replaceChildren(...rows.map((_, i) => this.handle(i)));
    rows.forEach((row, i) => this.place(i, row));
  }

  handle(i) {
    const made = mark("g", { class: "point", tabindex: 0, role: "slider" }, mark("circle", { class: "reach", r: 18 }), mark("circle", { class: "ring", r: 10 }), mark("circle", { class: "disc", r: 5.5 }));
    made.addEventListener("keydown", (event) => this.key(event, i));
    made.addEventListener("focus", () => (this.touched = i));
    made.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    return made;
  }

  place(i, [x, y]) {
    const handle = this.points.children[i];
    handle.setAttribute("transform", `translate(${this.x(x).toFixed(2)} ${this.y(y).toFixed(2)}) scale(${this.unit})`);
    handle.setAttribute("aria-label", `Point ${i + 1} of ${this.rows.length}: arrow keys move it, Delete removes it`);
    handle.setAttribute("aria-valuenow", Number(y.toPrecision(6)));
    handle.setAttribute("aria-valuetext", `x = ${shown(x, 2)}, y = ${shown(y, 2)}`);
  }

  /** Draw each run's line, and the errors of the chosen one; the rows of its next step are bright. */
  draw(lines, chosen, batch) {
    const inside = mark("g", { "clip-path": "url(#inside)" });
    this.still.replaceChildren(this.axes, inside);
    const [left, right] = this.x.domain;
    lines.forEach(({ point: [w, b], color }, i) => {
      const clip = [left, right].map((x) => [this.x(x), Math.max(-4000, Math.min(4000, this.y(w * x + b)))]);
      if (i === chosen) {
        for (const [x, y] of this.rows) inside.append(mark("line", { class: "error", x1: this.x(x), x2: this.x(x), y1: this.y(y), y2: Math.max(-4000, Math.min(4000, this.y(w * x + b))) }));
      }
      inside.append(mark("line", { class: "fit", stroke: color, x1: clip[0][0], y1: clip[0][1], x2: clip[1][0], y2: clip[1][1] }));
    });
    [...this.points.children].forEach((handle, i) => handle.classList.toggle("out", batch !== null && !batch.includes(i)));
  }

  moveTo(i, row) {
    this.changed(this.rows.map((old, k) => (k === i ? row : old)));
  }

  add(row) {
    if (this.rows.length < MOST_POINTS) this.changed([...this.rows, row]);
  }

  /** Remove the point that was touched last. */
  remove(i = this.touched) {
    if (this.rows.length <= FEWEST_POINTS) return;
    this.changed(this.rows.filter((_, k) => k !== Math.min(i, this.rows.length - 1)));
    this.touched = Math.min(this.touched, this.rows.length - 1);
    this.points.children[this.touched].focus({ preventScroll: true });
  }

  key(event, i) {
    if (event.key === "Delete" || event.key === "Backspace") this.remove(i);
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
    if (way) this.moveTo(i, this.rows[i].map((value, axis) => this.stepped(value, axis, way[axis] * (event.shiftKey ? 10 : 1))));
    if (way || event.key === "Backspace") event.preventDefault();
  }

  stepped(value, axis, count) {
    const [low, high] = [this.x, this.y][axis].domain;
    const unit = 10 ** Math.round(Math.log10((high - low) / 100));
    return count === 0 ? value : Number(Math.max(low, Math.min(high, (Math.round(value / unit) + count) * unit)).toPrecision(10));
  }

  rowAt(event) {
    const area = this.element.getBoundingClientRect();
    const [x, y] = [event.clientX - area.left, event.clientY - area.top];
    const inside = x >= this.box[0] && x <= this.box[2] && y >= this.box[1] && y <= this.box[3];
    const row = [this.x.back(Math.max(this.box[0], Math.min(this.box[2], x))), this.y.back(Math.max(this.box[1], Math.min(this.box[3], y)))];
    return { inside, row: row.map((value) => Number(value.toPrecision(4))) };
  }

  listen() {
    let held = null;
    this.element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const handle = event.target.closest(".point");
      held = { i: handle ? [...this.points.children].indexOf(handle) : null, x: event.clientX, y: event.clientY };
      if (!handle) return;
      event.preventDefault();
      handle.focus({ preventScroll: true });
      this.element.setPointerCapture(event.pointerId);
    });
    this.element.addEventListener("pointermove", (event) => {
      if (held?.i !== null && held !== null) this.moveTo(held.i, this.rowAt(event).row);
    });
    this.element.addEventListener("pointerup", (event) => {
      const { inside, row } = this.rowAt(event);
      if (held?.i === null && inside && Math.hypot(event.clientX - held.x, event.clientY - held.y) <= 4) this.add(row);
      held = null;
    });
    this.element.addEventListener("pointercancel", () => (held = null));
  }
}

/** What a step sees, in words. */
export const batchWords = (size, rows) =>
  size >= rows ? `all ${rows} rows: batch descent` : size === 1 ? `1 of ${rows} rows: stochastic descent` : `${brief(size)} of ${rows} rows: mini-batches`;
