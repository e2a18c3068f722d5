// The picture of a run: the ball on its curve or map. What rarely changes is drawn once, the rest at every frame.
import { arrow, axes, contours, curveOf, heightsOf, levelsOf, mark, offScale, paintMap, Trace, pathOf, scaleOf, viewOf } from "./plot.js";
import { shown } from "./numbers.js";

/** A point between two of a run, at a time counted in steps. */
export function placeAt(run, time) {
  const last = run.points.length - 1;
  const here = Math.min(Math.floor(time), last);
  const share = time - here;
  if (here >= last || share <= 0) return run.points[here];
  return run.points[here].map((x, i) => x + share * (run.points[here + 1][i] - x));
}

export const colorOf = (lanes, i) => (lanes.length === 1 ? "var(--ball)" : `var(--run${i + 1})`);

export class Stage {
  constructor(element, { moved, released }) {
    this.element = element;
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    this.svg = mark("svg", { role: "group", "aria-label": "The function, and the ball on it" });
    this.still = mark("g", { "aria-hidden": "true" });
    this.moving = mark("g", { "aria-hidden": "true" });
    this.ball = mark("g", { class: "ball", tabindex: 0, role: "slider", "aria-label": "Start of the ball: drag it, or use the arrow keys" }, mark("circle", { class: "reach", r: 26 }), mark("circle", { class: "ring", r: 15 }), mark("circle", { r: 10, fill: "var(--ball)" }));
    this.svg.append(this.still, this.moving, this.ball);
    element.append(this.canvas, this.svg);
    this.listen(moved, released);
  }

  /** Draw what the function and the view determine. */
  set(objective, start, lanes) {
    // A page in a hidden frame has no size yet; it is drawn again when it has one.
    const area = this.element.getBoundingClientRect();
    const [width, height] = [Math.max(160, area.width), Math.max(160, area.height)];
    // On large screens type grows, and so does all that is drawn.
    const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    Object.assign(this, { objective, lanes, width, height, unit });
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.box = [46 * unit, 14 * unit, width - 10 * unit, height - 26 * unit];
    this.traces = new WeakMap();
    this.canvas.hidden = objective.dims === 1;
    const [left, top, right, bottom] = this.box;
    this.still.replaceChildren(mark("clipPath", { id: "frame" }, mark("rect", { x: left, y: top - 8 * unit, width: right - left, height: bottom - top + 8 * unit })));
    if (objective.dims === 1) this.setCurve(start);
    else this.setMap(start);
  }

  setCurve(start) {
    const { objective, box } = this;
    const view = viewOf(objective.domain[0], start[0]);
    const curve = curveOf(objective, view, Math.round(Math.max(240, this.width / 2)));
    this.x = scaleOf(view, [box[0], box[2]]);
    this.y = scaleOf(curve.heights, [box[3], box[1]]);
    const [name] = objective.variables;
    this.still.append(axes(this.x, this.y, [name, `${objective.symbol}(${name})`]));
    this.still.append(mark("path", { class: "curve", d: pathOf(curve.points.map(([x, f]) => [this.x(x), this.y(f)])) }));
    for (const { point, value } of objective.minima) this.still.append(this.minimumAt(point[0], value));
  }

  setMap(start) {
    const { objective, box } = this;
    let views = objective.domain.map((domain, i) => viewOf(domain, start[i]));
    // One scale for both axes, so that the steepest way down crosses the contours at a right angle.
    const unit = Math.max((views[0][1] - views[0][0]) / (box[2] - box[0]), (views[1][1] - views[1][0]) / (box[3] - box[1]));
    views = views.map((view, i) => {
      const [middle, half] = [(view[0] + view[1]) / 2, (unit * (i ? box[3] - box[1] : box[2] - box[0])) / 2];
      return [middle - half, middle + half];
    });
    this.x = scaleOf(views[0], [box[0], box[2]]);
    this.y = scaleOf(views[1], [box[3], box[1]]);
    const grid = (pixels) => [views[0], views[1], Math.round((box[2] - box[0]) / pixels), Math.round((box[3] - box[1]) / pixels)];
    const levels = levelsOf(heightsOf(objective, ...objective.domain, 80, 80));
    const style = getComputedStyle(document.documentElement);
    const colors = [0, 1, 2, 3, 4, 5].map((i) => style.getPropertyValue(`--height${i}`).trim());
    paintMap(this.canvas, heightsOf(objective, ...grid(1.5 * this.unit)), levels, colors);
    Object.assign(this.canvas.style, { left: `${box[0]}px`, top: `${box[1]}px`, width: `${box[2] - box[0]}px`, height: `${box[3] - box[1]}px` });
    this.still.append(mark("path", { class: "contour", d: contours(heightsOf(objective, ...grid(4 * this.unit)), levels, this.x, this.y) }));
    this.still.append(axes(this.x, this.y, objective.variables, { quiet: true }));
    for (const { point } of objective.minima) this.still.append(this.minimumAt(...point));
  }

  minimumAt(x, y) {
    return mark("circle", { class: "minimum", cx: this.x(x), cy: this.y(y), r: 5.5 * this.unit });
  }

  /** Draw the runs at a time counted in steps. */
  draw(runs, time, chosen, eased) {
    this.moving.replaceChildren();
    runs.forEach((run, i) => {
      if (run.points.length && i !== chosen) this.drawRun(run, time, i, eased, false);
    });
    if (runs[chosen].points.length) this.drawRun(runs[chosen], time, chosen, eased, true);
    else this.placeBall(this.start ?? this.objective.start, chosen);
  }

  drawRun(run, time, i, eased, chosen) {
    const color = colorOf(this.lanes, i);
    const count = Math.min(Math.floor(time), run.points.length - 1);
    const place = placeAt(run, count + (count < run.points.length - 1 ? eased : 0));
    if (!this.traces.has(run)) this.traces.set(run, new Trace((point) => this.pixel(point)));
    const [x, y] = this.pixel(place);
    const end = Number.isFinite(y) ? `L${x.toFixed(2)} ${Math.max(-5000, Math.min(5000, y)).toFixed(2)}` : "";
    const trail = this.traces.get(run).upTo(run.points, count + 1) + end;
    if (this.objective.dims === 2) this.moving.append(mark("path", { class: "under", "clip-path": "url(#frame)", d: trail }));
    this.moving.append(mark("path", { class: "trail", "clip-path": "url(#frame)", stroke: color, d: trail }));
    const dots = run.points.slice(Math.max(0, count - 120), count + 1).map((point) => this.pixel(point)).filter((pixel) => this.inside(...pixel));
    this.moving.append(mark("path", { class: "dots", stroke: color, d: dots.map((pixel) => `M${pixel[0].toFixed(1)} ${pixel[1].toFixed(1)}h0`).join("") || "M0 0" }));
    if (chosen && this.objective.dims === 1) this.drawSlope(place);
    if (chosen) this.drawStep(run, count, eased);
    if (!this.inside(x, y)) {
      this.moving.append(offScale(x, y, this.box, color, `${this.objective.variables.join(", ")} = ${place.map((one) => shown(one, 2)).join(", ")}`));
    } else if (!chosen) {
      this.moving.append(mark("circle", { cx: x, cy: y, r: 8 * this.unit, fill: color, stroke: "var(--background)", "stroke-width": 2 }));
    }
    if (chosen) this.placeBall(place, i);
  }

  /** The tangent, as long as it can be read. */
  drawSlope([x]) {
    const [value, slope] = this.objective.look(x);
    if (!Number.isFinite(slope)) return;
    const [px, py] = [this.x(x), this.y(value)];
    if (!this.inside(px, py)) return;
    const rise = (this.y(value + slope) - py) / (this.x(x + 1) - px);
    const half = (90 * this.unit) / Math.hypot(1, rise);
    this.moving.append(mark("line", { class: "tangent", x1: px - half, x2: px + half, y1: py - half * rise, y2: py + half * rise }));
  }

  /** The next step: on a curve, along x and then down or up to it; on a map, straight. */
  drawStep(run, count, eased) {
    if (count >= run.points.length - 1 || eased > 0) return;
    const [from, to] = [run.points[count], run.points[count + 1]].map((point) => this.pixel(point));
    if (!this.inside(...from)) return;
    const end = Math.max(this.box[0] - 12, Math.min(this.box[2] + 12, to[0]));
    if (this.objective.dims === 2) {
      this.moving.append(arrow(...from, ...to));
      return;
    }
    this.moving.append(arrow(from[0], from[1], end, from[1]));
    if (end === to[0]) this.moving.append(mark("line", { class: "drop", x1: to[0], x2: to[0], y1: from[1], y2: Math.max(this.box[1], Math.min(this.box[3], to[1])) }));
  }

  placeBall(place, i) {
    const [x, y] = this.pixel(place);
    const seen = this.inside(x, y);
    this.ball.setAttribute("transform", `translate(${seen ? x.toFixed(2) : -1000} ${seen ? y.toFixed(2) : -1000}) scale(${this.unit})`);
    this.ball.lastChild.setAttribute("fill", colorOf(this.lanes, i));
    const { variables, domain } = this.objective;
    this.ball.setAttribute("aria-valuenow", Number(place[0].toPrecision(6)));
    this.ball.setAttribute("aria-valuemin", domain[0][0]);
    this.ball.setAttribute("aria-valuemax", domain[0][1]);
    this.ball.setAttribute("aria-valuetext", variables.map((name, axis) => `${name} = ${shown(place[axis])}`).join(", "));
  }

  pixel(point) {
    return this.objective.dims === 1 ? [this.x(point[0]), this.y(this.objective.look(point[0])[0])] : [this.x(point[0]), this.y(point[1])];
  }

  inside(x, y) {
    return x >= this.box[0] - 1 && x <= this.box[2] + 1 && y >= this.box[1] - 1 && y <= this.box[3] + 1;
  }

  /** The point under a pointer, kept inside the picture, rounded to what a pixel can tell. */
  pointAt(event) {
    const area = this.element.getBoundingClientRect();
    const kept = (value, low, high) => Math.max(low, Math.min(high, value));
    const places = [kept(event.clientX - area.left, this.box[0], this.box[2]), kept(event.clientY - area.top, this.box[1], this.box[3])];
    return [this.x, this.y].slice(0, this.objective.dims).map((scale, axis) => this.rounded(scale.back(places[axis]), scale));
  }

  rounded(value, scale) {
    const pixel = Math.abs(scale.domain[1] - scale.domain[0]) / Math.abs(scale.range[1] - scale.range[0]);
    return Number(value.toFixed(Math.max(0, Math.min(12, Math.ceil(-Math.log10(pixel))))));
  }

  listen(moved, released) {
    let dragged = null;
    const start = (event) => {
      if (event.button !== 0) return;
      const onBall = this.ball.contains(event.target);
      const inBox = this.inside(event.clientX - this.element.getBoundingClientRect().left, event.clientY - this.element.getBoundingClientRect().top);
      if (!onBall && !inBox) return;
      dragged = { onBall, x: event.clientX, y: event.clientY };
      if (!onBall) return;
      event.preventDefault();
      this.ball.focus({ preventScroll: true });
      this.element.setPointerCapture(event.pointerId);
      this.element.classList.add("dragged");
    };
    this.element.addEventListener("pointerdown", start);
    this.element.addEventListener("pointermove", (event) => {
      if (dragged?.onBall && Math.hypot(event.clientX - dragged.x, event.clientY - dragged.y) > 1) moved(this.pointAt(event));
    });
    this.element.addEventListener("pointerup", (event) => {
      const still = dragged && Math.hypot(event.clientX - dragged.x, event.clientY - dragged.y) <= 4;
      if (still && !dragged.onBall) moved(this.pointAt(event));
      this.element.classList.remove("dragged");
      if (dragged) released();
      dragged = null;
    });
    this.element.addEventListener("pointercancel", () => {
      dragged = null;
      this.element.classList.remove("dragged");
    });
    // A finger on the ball moves the ball, not the page.
    this.ball.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    this.ball.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
      if (!way) return;
      event.preventDefault();
      // Up and down move a ball on a curve as they move any slider.
      const along = this.objective.dims === 1 ? [way[0] + way[1]] : way;
      moved(along.map((sign, axis) => this.stepped(axis, sign * (event.shiftKey ? 10 : 1))));
      released();
    });
  }

  /** The start so many hundredths of the view farther along an axis, but still in the picture. */
  stepped(axis, count) {
    const scale = [this.x, this.y][axis];
    const [low, high] = axis === 0 || this.objective.dims === 2 ? scale.domain : this.x.domain;
    const unit = 10 ** Math.round(Math.log10((high - low) / 100));
    const value = Math.round(this.start[axis] / unit + count) * unit;
    return count === 0 ? this.start[axis] : Number(Math.max(low, Math.min(high, value)).toPrecision(12));
  }
}

/** The chart of losses: one line for each run, up to a time counted in steps. */
export class LossChart {
  constructor(element) {
    this.svg = mark("svg", { role: "img", "aria-label": "The loss after each step" });
    this.frame = "";
    element.append(this.svg);
  }

  /** Draw it; the answer is what losses are measured above: zero, or on a logarithmic scale the lowest if it is negative. */
  draw(runs, lanes, time, log) {
    const area = this.svg.parentElement.getBoundingClientRect();
    const [width, height] = [Math.max(160, area.width), Math.max(100, area.height)];
    const lowest = log ? Math.min(0, ...runs.map(lowestLoss)) : 0;
    const level = (loss) => (log ? (loss > lowest ? Math.log10(loss - lowest) : NaN) : loss);
    const [low, high] = reached(runs, time, level, log);
    const steps = Math.max(5, ...runs.map((run) => run.rates.length));
    const frame = [width, height, low, high, steps, log].join();
    if (frame !== this.frame) this.set(width, height, low, high, steps, log);
    this.frame = frame;
    this.svg.replaceChildren(this.axes);
    runs.forEach((run, i) => {
      if (!run.losses.length) return;
      const count = Math.min(Math.floor(time), run.losses.length - 1);
      const color = lanes.length === 1 ? "var(--loss)" : `var(--run${i + 1})`;
      if (!this.traces.has(run)) this.traces.set(run, new Trace((loss, t) => [this.x(t), this.y(level(loss))]));
      this.svg.append(mark("path", { class: "loss", stroke: color, d: this.traces.get(run).upTo(run.losses, count + 1) }));
      const y = this.y(level(run.losses[count]));
      if (Number.isFinite(y)) this.svg.append(mark("circle", { cx: this.x(count), cy: y, r: 4.5 * this.unit, fill: color }));
    });
    return lowest;
  }

  set(width, height, low, high, steps, log) {
    this.unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    this.traces = new WeakMap();
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const room = log ? 0.04 * (high - low) : 0;
    this.x = scaleOf([0, steps], [46 * this.unit, width - 10 * this.unit]);
    this.y = scaleOf([low - room, high + 0.06 * (high - low)], [height - 26 * this.unit, 8 * this.unit]);
    this.axes = axes(this.x, this.y, ["step", ""], { integers: true, log });
  }
}

const lowestLoss = (run) => run.losses.reduce((low, loss) => Math.min(low, loss), Infinity);

/** The interval of levels that the runs have reached; it begins at zero where losses are positive. */
function reached(runs, time, level, log) {
  let [low, high] = [log ? Infinity : 0, -Infinity];
  for (const run of runs) {
    for (let t = 0; t < run.losses.length && t <= time; t++) {
      const here = level(run.losses[t]);
      if (here < low) low = here;
      if (here > high) high = here;
    }
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  return high - low < 1e-300 ? [low - 0.5, high + 0.5] : [low, high];
}
