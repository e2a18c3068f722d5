// The pictures: a curve, a map with its contours, and the loss. They draw what they are told and remember nothing.
import { brief, ticks } from "./numbers.js";

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element with attributes and children. */
export function mark(kind, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** An affine scale from [from, to] of numbers to [start, end] of pixels. */
export function scaleOf([from, to], [start, end]) {
  const scale = (value) => start + ((value - from) / (to - from)) * (end - start);
  scale.back = (pixel) => from + ((pixel - start) / (end - start)) * (to - from);
  scale.domain = [from, to];
  scale.range = [start, end];
  return scale;
}

/** The interval of x that is worth drawing: the function's own, and the start. */
export function viewOf(domain, start) {
  const [low, high] = [Math.min(domain[0], start), Math.max(domain[1], start)];
  const room = start < domain[0] || start > domain[1] ? 0.05 * (high - low) : 0;
  return [start < domain[0] ? low - room : low, start > domain[1] ? high + room : high];
}

/** Samples of a curve over a view, and the interval of heights that shows it well. */
export function curveOf(objective, view, count = 480) {
  const points = [];
  for (let i = 0; i <= count; i++) {
    const x = view[0] + ((view[1] - view[0]) * i) / count;
    points.push([x, objective.look(x)[0]]);
  }
  const heights = points.map((point) => point[1]).filter(Number.isFinite).sort((a, b) => a - b);
  const low = heights[0] ?? 0;
  const high = heights[heights.length - 1] ?? 1;
  const middle = heights[Math.floor(0.9 * (heights.length - 1))] ?? 1;
  const top = high > low + 12 * (middle - low) && middle > low ? low + 3 * (middle - low) : high;
  const size = top - low || 1;
  return { points, heights: [low - 0.09 * size, top + 0.1 * size] };
}

/** The path of a polyline that grows: what was written stays, so that a frame costs no more at its thousandth point. */
export class Trace {
  constructor(placed) {
    Object.assign(this, { placed, text: "", count: 0, down: false });
  }

  /** The path through the first `count` points; a point without a finite place lifts the pen. */
  upTo(points, count) {
    if (count < this.count) Object.assign(this, { text: "", count: 0, down: false });
    for (; this.count < count; this.count++) {
      const [x, y] = this.placed(points[this.count], this.count);
      const known = Number.isFinite(x) && Number.isFinite(y);
      if (known) this.text += `${this.down ? "L" : "M"}${x.toFixed(2)} ${kept(y).toFixed(2)}`;
      this.down = known;
    }
    return this.text || "M0 0";
  }
}

/** Far outside the picture, one place is as good as another. */
const kept = (y) => Math.max(-5000, Math.min(5000, y));

export const pathOf = (points) => new Trace((point) => point).upTo(points, points.length);

/** Axes with a light grid; names at their ends. */
export function axes(x, y, names, { integers = false, log = false, quiet = false } = {}) {
  const group = mark("g");
  const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  const across = ticks(...x.domain, Math.max(2, (right - left) / (90 * unit))).filter((tick) => !integers || Number.isInteger(tick));
  for (const tick of across) {
    if (!quiet) group.append(mark("line", { class: "grid", x1: x(tick), x2: x(tick), y1: bottom, y2: top }));
    if (x(tick) > right - (14 + 8 * names[0].length) * unit) continue;
    group.append(mark("text", { x: x(tick), y: bottom + 17 * unit, "text-anchor": "middle" }, brief(tick, 4)));
  }
  const up = log ? decades(y) : ticks(...y.domain, Math.max(2, (bottom - top) / (58 * unit)));
  for (const tick of up) {
    if (!quiet) group.append(mark("line", { class: "grid", x1: left, x2: right, y1: y(tick), y2: y(tick) }));
    if (y(tick) < top + 14 * unit && names[1]) continue;
    group.append(mark("text", { x: left - 7 * unit, y: y(tick) + 4 * unit, "text-anchor": "end" }, brief(log ? 10 ** tick : tick, 3)));
  }
  group.append(mark("line", { class: "axis", x1: left, x2: right, y1: bottom, y2: bottom }));
  if (names[0]) group.append(mark("text", { class: "name", x: right, y: bottom + 18 * unit, "text-anchor": "end" }, names[0]));
  const upper = quiet ? { x: left - 7 * unit, y: top + 6 * unit, "text-anchor": "end" } : { x: left + 6 * unit, y: top + 8 * unit };
  if (names[1]) group.append(mark("text", { class: "name over", ...upper }, names[1]));
  return group;
}

/** Powers of ten on a logarithmic axis; where there are hardly any, 2 and 5 times these as well. */
function decades(y) {
  const [low, high] = y.domain;
  const every = Math.max(1, Math.ceil((high - low) / Math.max(2, (y.range[0] - y.range[1]) / 40)));
  const factors = high - low < 2 ? [0, Math.log10(2), Math.log10(5)] : [0];
  const found = [];
  for (let power = Math.floor(low); power <= high; power++) {
    if (power % every === 0) found.push(...factors.map((factor) => power + factor).filter((place) => place >= low && place <= high));
  }
  return found;
}

/** An arrow along a line, with a head of fixed size; shorter than its head it is a line. */
export function arrow(x1, y1, x2, y2, name = "arrow") {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (!(length > 1)) return mark("g");
  const head = Math.min(10, 0.5 * length);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const wing = (side) => `${(x2 - head * (ux + side * 0.6 * uy)).toFixed(2)} ${(y2 - head * (uy - side * 0.6 * ux)).toFixed(2)}`;
  return mark("path", { class: name, d: `M${x1.toFixed(2)} ${y1.toFixed(2)}L${x2.toFixed(2)} ${y2.toFixed(2)}M${wing(1)}L${x2.toFixed(2)} ${y2.toFixed(2)}L${wing(-1)}` });
}

/** Where a marker stands for a place outside the picture: at its edge, pointing out. */
export function offScale(x, y, box, color, words) {
  const place = [Math.max(box[0] + 16, Math.min(box[2] - 16, x)), Math.max(box[1] + 22, Math.min(box[3] - 16, y))];
  const angle = (Math.atan2(Math.max(box[1], Math.min(box[3], y)) - (box[1] + box[3]) / 2, x - (box[0] + box[2]) / 2) * 180) / Math.PI;
  const turned = x < box[0] ? 180 : x > box[2] ? 0 : y < box[1] ? -90 : y > box[3] ? 90 : angle;
  const anchor = place[0] > (box[0] + box[2]) / 2 ? "end" : "start";
  const aside = anchor === "end" ? -20 : 20;
  return mark(
    "g",
    {},
    mark("path", { d: "M-8 -9L10 0L-8 9Z", fill: color, transform: `translate(${place[0]} ${place[1]}) rotate(${turned})` }),
    mark("text", { class: "off over", x: place[0] + aside, y: place[1] + 5, "text-anchor": anchor }, words),
  );
}

/** Heights of a function of two variables on a grid over a view. */
export function heightsOf(objective, [low, high], [down, up], columns, rows) {
  const heights = new Float64Array((columns + 1) * (rows + 1));
  const height = objective.height ?? ((x, y) => objective.look(x, y)[0]);
  for (let j = 0; j <= rows; j++) {
    const y = up + ((down - up) * j) / rows;
    for (let i = 0; i <= columns; i++) heights[j * (columns + 1) + i] = height(low + ((high - low) * i) / columns, y);
  }
  return { heights, columns, rows };
}

/** Levels between which a map is coloured. They grow like squares, as the heights of a bowl do; the steepest parts share the last band. */
export function levelsOf({ heights }, count = 18) {
  const sorted = Float64Array.from(heights.filter(Number.isFinite)).sort();
  const [bottom, top] = [sorted[0], sorted[Math.floor(0.93 * (sorted.length - 1))]];
  return Array.from({ length: count }, (_, k) => bottom + (top - bottom) * ((k + 1) / count) ** 2).filter((level, k, all) => k === 0 || level > all[k - 1]);
}

/** Paint the bands of a map, cool where it is low, warm where it is high. */
export function paintMap(canvas, { heights, columns, rows }, levels, colors) {
  canvas.width = columns + 1;
  canvas.height = rows + 1;
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns + 1, rows + 1);
  const palette = levels.concat(NaN).map((_, k) => mixed(colors, k / levels.length));
  for (let at = 0; at < heights.length; at++) {
    let band = 0;
    while (band < levels.length && heights[at] > levels[band]) band++;
    const [r, g, b] = Number.isFinite(heights[at]) ? palette[band] : [128, 128, 128];
    image.data.set([r, g, b, Number.isFinite(heights[at]) ? 255 : 60], 4 * at);
  }
  context.putImageData(image, 0, 0);
}

function mixed(colors, share) {
  const place = Math.min(0.999, share) * (colors.length - 1);
  const [one, other] = [colors[Math.floor(place)], colors[Math.floor(place) + 1]].map((color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)));
  return one.map((value, i) => Math.round(value + (other[i] - value) * (place % 1)));
}

/** The contour lines of all levels as one path: marching squares, with straight lines across each cell. */
export function contours({ heights, columns, rows }, levels, x, y) {
  let text = "";
  const width = columns + 1;
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  const placed = (i, j) => `${(left + ((right - left) * i) / columns).toFixed(1)} ${(top + ((bottom - top) * j) / rows).toFixed(1)}`;
  for (const level of levels) {
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const at = j * width + i;
        const corners = [heights[at], heights[at + 1], heights[at + width + 1], heights[at + width]];
        const above = corners.map((height) => height > level);
        if (above[0] === above[1] && above[1] === above[2] && above[2] === above[3]) continue;
        if (!corners.every(Number.isFinite)) continue;
        const cuts = [];
        for (const [a, b, start, way] of [[0, 1, [i, j], [1, 0]], [1, 2, [i + 1, j], [0, 1]], [3, 2, [i, j + 1], [1, 0]], [0, 3, [i, j], [0, 1]]]) {
          if (above[a] === above[b]) continue;
          const share = (level - corners[a]) / (corners[b] - corners[a]);
          cuts.push(placed(start[0] + share * way[0], start[1] + share * way[1]));
        }
        for (let k = 0; k + 1 < cuts.length; k += 2) text += `M${cuts[k]}L${cuts[k + 1]}`;
      }
    }
  }
  return text || "M0 0";
}
