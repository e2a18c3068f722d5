// Six challenges. Numbers vary with a seed, answers are computed by the engine, and each can be seen as a run.
import { METHODS, simulate } from "./engine.js";
import { brief, read } from "./numbers.js";

const PARABOLA = "shifted-parabola";
const EXERCISE = "(x - 7)**2";

/** A stream of numbers from 0 to 1 (mulberry32): the same for the same seed. */
export function seeded(seed) {
  let state = seed * 2654435761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const oneOf = (draw, list) => list[Math.floor(draw() * list.length)];
const descend = (objective, start, rate, steps) => simulate(objective, METHODS["gradient-descent"]({ weight_decay: 0 }), () => rate, [start], steps, []);
const near = (text, value) => Math.abs(read(text) - value) < 0.006;
const program = (start, lines) => [`x = ${start}`, "for step in range(20):", ...lines.map((line) => `    ${line}`)];

/** What each challenge asks, how its answer is checked, what is said then, and which run shows it. */
export function challenges(objectives, seed) {
  const draw = seeded(seed);
  return [predict, bug, blank, order, quickCheck, exercise].map((make) => make(draw, objectives));
}

function predict(draw, objectives) {
  const [start, rate] = [oneOf(draw, [-2, -1, 0, 1, 5, 6, 7, 9]), oneOf(draw, [0.05, 0.1, 0.2, 0.25, 0.3, 0.4])];
  const run = descend(objectives[PARABOLA], start, rate, 1);
  const [x, loss] = [run.points[1][0], run.losses[1]];
  return {
    id: "predict",
    title: "Predict the output",
    text: "One step on f(x) = (x − 3)². What does it print?",
    code: [`x = ${start}`, "gradient = 2 * (x - 3)", `x = x - ${rate} * gradient`, "print(x, (x - 3) ** 2)"],
    fields: ["x", "loss"],
    answers: [x, loss],
    check: ([first, second]) => near(first, x) && near(second, loss),
    right: `The slope at ${brief(start)} is ${brief(run.gradients[0][0])}, so x becomes ${brief(start)} − ${brief(rate)} × ${slopeIn(run)} = ${brief(x, 5)}, and the loss ${brief(loss, 5)}.`,
    hint: `Put in the numbers: the slope is 2 × (${brief(start)} − 3).`,
    run: { function: PARABOLA, start, rate, steps: 20, stop: 1 },
  };
}

const slopeIn = (run) => (run.gradients[0][0] < 0 ? `(${brief(run.gradients[0][0])})` : brief(run.gradients[0][0]));

function bug(draw) {
  const start = oneOf(draw, [-2, 0, 5, 8]);
  const [place, line, right, rate] = oneOf(draw, [
    [3, "x = x + 0.1 * gradient", "The plus climbs: the slope points uphill, so a step downhill needs the minus.", 0.1],
    [2, "gradient = 2 * x", "2 × x is the slope of x², whose minimum is at 0. The slope of (x − 3)² is 2 × (x − 3).", 0.1],
    [3, "x = x - gradient", "The learning rate is missing, which makes it 1. Here that jumps back and forth forever.", 1],
  ]);
  const lines = program(start, ["gradient = 2 * (x - 3)", "x = x - 0.1 * gradient", "print(step, x)"]);
  lines[place] = `    ${line}`;
  return {
    id: "bug",
    title: "Find the bug",
    text: "It should find the minimum of (x − 3)². Which line is wrong?",
    options: lines,
    code: null,
    answers: [place],
    check: ([chosen]) => Number(chosen) === place,
    right,
    hint: "Not this one. Say in words what each line should do.",
    run: { function: PARABOLA, start, rate, steps: 20 },
  };
}

function blank(draw) {
  const start = oneOf(draw, [-2, 0, 5, 8]);
  const [line, place, answer, right] = oneOf(draw, [
    ["x = x ___ 0.1 * gradient", 3, ["-", "−"], "The minus: the slope points uphill, and we want to go down."],
    ["gradient = ___ * (x - 3)", 2, ["2", "2.0"], "2: the derivative of (x − 3)² is 2 × (x − 3)."],
    ["x = x - 0.1 * ___", 3, ["gradient"], "gradient: a step is the learning rate times the slope."],
  ]);
  const lines = program(start, ["gradient = 2 * (x - 3)", "x = x - 0.1 * gradient"]);
  lines[place] = `    ${line}`;
  return {
    id: "blank",
    title: "Fill in the blank",
    text: "What belongs in the gap? Each step descends (x − 3)² at rate 0.1.",
    code: lines,
    fields: ["the gap"],
    answers: [answer[0]],
    check: ([text]) => answer.includes(text.trim()),
    right,
    hint: "Think of the rule: the new x is the old x, minus the learning rate times the slope.",
    run: { function: PARABOLA, start, rate: 0.1, steps: 20 },
  };
}

function order(draw) {
  const lines = program(oneOf(draw, [-2, 0, 5, 8]), ["gradient = 2 * (x - 3)", "x = x - 0.1 * gradient", "print(step, x)"]);
  const mixed = lines.map((line) => [draw(), line]).sort((one, other) => one[0] - other[0]).map((pair) => pair[1]);
  if (mixed.join() === lines.join()) mixed.reverse();
  return {
    id: "order",
    title: "Put the lines in order",
    text: "The new x is printed after each step.",
    code: null,
    lines: mixed,
    answers: lines,
    check: (given) => given.join() === lines.join(),
    right: "First the start; then, in each round: the slope, the step, and the result.",
    hint: "Not yet. What must be known before a step can be taken?",
    run: { function: PARABOLA, start: Number(lines[0].slice(4)), rate: 0.1, steps: 20 },
  };
}

function quickCheck(draw) {
  const wild = draw() < 0.5;
  const options = ["The learning rate is too large.", "The learning rate is too small.", "The start is at the minimum."];
  return {
    id: "check",
    title: "Quick check",
    text: wild ? "The loss jumps wildly and never settles. Why?" : "After 100 steps, the loss has hardly changed, but the slope is steep. Why?",
    options,
    code: null,
    answers: [wild ? 0 : 1],
    check: ([chosen]) => Number(chosen) === (wild ? 0 : 1),
    right: wild ? "Each step leaps over the minimum and lands as far away, or farther." : "Each step is the learning rate times the slope: with a tiny rate, even a steep slope makes tiny steps.",
    hint: "Try it on the picture: turn the learning rate, and press Run.",
    run: wild ? { function: PARABOLA, start: 8, rate: 1, steps: 30 } : { function: PARABOLA, start: 8, rate: 0.0001, steps: 100 },
  };
}

function exercise(draw, objectives) {
  const run = descend(objectives[EXERCISE], 0, 0.15, 25);
  const values = [5, 10, 15, 20, 25].map((step) => run.points[step][0]);
  return {
    id: "exercise",
    title: "Write it yourself",
    text: "Minimise (x − 7)² from x = 0, with a learning rate of 0.15 and 25 steps. What is x after every fifth step, to two decimals?",
    code: null,
    fields: [5, 10, 15, 20, 25].map((step) => `step ${step}`),
    answers: values,
    check: (given) => values.every((value, i) => near(given[i], value)),
    right: "All five are right. Each step leaves 1 − 0.15 × 2 = 0.7 of the distance to 7.",
    hint: "Not all five yet. The slope is 2 × (x − 7).",
    run: { function: EXERCISE, start: 0, rate: 0.15, steps: 25 },
  };
}

// --- the cards -----------------------------------------------------------------------------------------------------

function element(kind, properties = {}, ...children) {
  const made = Object.assign(document.createElement(kind), properties);
  made.append(...children);
  return made;
}

/** Fill an element with a card for each challenge. solved(id) and show(run) are called when that happens. */
export function drawChallenges(box, list, done, solved, show) {
  box.replaceChildren(...list.map((one) => card(one, done.includes(one.id), solved, show)));
}

function card(one, finished, solved, show) {
  const title = element("h3", { id: `title-${one.id}` }, one.title);
  const tick = () => title.querySelector(".done") ?? title.append(element("span", { className: "done" }, " ✓"));
  if (finished) tick();
  const answer = element("p", { className: "answer" });
  answer.setAttribute("role", "status");
  const form = element("form", {}, element("p", {}, one.text));
  if (one.code) form.append(element("pre", {}, one.code.join("\n")));
  const given = one.lines ? sortable(form, one, answer) : one.options ? choices(form, one) : fields(form, one);
  const play = element("button", { type: "button", hidden: !finished }, "Show the run");
  play.addEventListener("click", () => show(one.run));
  form.append(element("div", { className: "row" }, element("button", { type: "submit" }, "Check"), play), answer);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const right = one.check(given());
    answer.className = `answer ${right ? "right" : "wrong"}`;
    answer.textContent = right ? `Right. ${one.right}` : one.hint;
    if (!right) return;
    play.hidden = false;
    tick();
    solved(one.id);
  });
  const made = element("article", {}, title, form);
  made.setAttribute("aria-labelledby", title.id);
  return made;
}

function fields(form, one) {
  const inputs = one.fields.map(() => element("input", { type: "text", autocomplete: "off", spellcheck: false }));
  form.append(element("div", { className: "row" }, ...inputs.map((input, i) => element("label", {}, `${one.fields[i]} `, input))));
  return () => inputs.map((input) => input.value);
}

function choices(form, one) {
  const inputs = one.options.map((_, i) => element("input", { type: "radio", name: `choice-${one.id}`, value: i }));
  const texts = one.options.map((text) => element(one.id === "bug" ? "code" : "span", {}, text));
  const set = element("fieldset", { className: "choices" }, element("legend", { className: "hidden" }, one.text), ...inputs.map((input, i) => element("label", {}, input, texts[i])));
  form.append(set);
  return () => [inputs.find((input) => input.checked)?.value ?? NaN];
}

/** Lines that buttons move up and down; the focus stays with the line. */
function sortable(form, one, answer) {
  const list = element("ol");
  const mover = (line, sign, way) => {
    const button = element("button", { type: "button" }, way === "up" ? "↑" : "↓");
    button.setAttribute("aria-label", `Move ${way}: ${line.trim()}`);
    button.addEventListener("click", () => {
      const item = button.closest("li");
      const other = sign < 0 ? item.previousElementSibling : item.nextElementSibling;
      if (!other) return;
      if (sign < 0) other.before(item);
      else other.after(item);
      button.focus();
      answer.className = "answer";
      answer.textContent = `Now line ${[...list.children].indexOf(item) + 1} of ${list.children.length}.`;
    });
    return button;
  };
  list.append(...one.lines.map((line) => element("li", {}, element("code", {}, line), mover(line, -1, "up"), mover(line, 1, "down"))));
  form.append(list);
  return () => [...list.children].map((item) => item.querySelector("code").textContent);
}
