// What a run did, in words: every sentence is decided by the run's own numbers.
import { curvature, norm } from "./engine.js";
import { brief, rounded } from "./numbers.js";

const [CREEPING, TINY, SAME] = [0.5, 0.95, 1e-9];

/** Whether the gradients before and after each step point in opposite directions: it leapt over the valley. */
export function jumps(run) {
  const units = run.gradients.map((gradient) => {
    const size = Math.max(...gradient.map(Math.abs)) || 1;
    return gradient.map((g) => g / size);
  });
  return units.slice(1).map((after, t) => after.reduce((sum, g, i) => sum + g * units[t][i], 0) < 0);
}

/** What the ball did: the twin of gdsim/behaviour.py. */
export function behaviour(run) {
  const [first, last] = [run.losses[0], run.losses[run.losses.length - 1]];
  const steps = run.rates.length;
  const same = Math.abs(last - first) <= SAME * Math.max(Math.abs(first), Math.abs(last));
  if (run.stop === "DIVERGED" || (last > first && !same)) return "DIVERGES";
  if (steps === 0) return "RESTS";
  if (steps === 1 && run.stop === "FLAT") return "LANDS";
  if (jumps(run).some(Boolean)) return same ? "CYCLES" : "OSCILLATES";
  const left = Math.hypot(...run.gradients[steps]) / Math.hypot(...run.gradients[0]);
  return left > Math.max(CREEPING, TINY ** steps) ? "CREEPS" : "DESCENDS";
}

/** The known minimum nearest to a point, or null. */
export function nearestMinimum(objective, point) {
  const far = (minimum) => norm(minimum.point.map((x, i) => x - point[i]));
  return objective.minima.reduce((best, one) => (best === null || far(one) < far(best) ? one : best), null);
}

/** The largest curvature where it decides: at the minimum nearest to a point, else at the point itself. */
export function decidingCurvature(objective, point) {
  const minimum = nearestMinimum(objective, point);
  const bend = curvature(objective, minimum ? minimum.point : point);
  // Without a minimum, only ground that rises to all sides is a valley.
  const valley = minimum !== null || ground(objective, point) === "minimum";
  return { bend, minimum, holds: Number.isFinite(bend) && bend > 0 && valley };
}

/** The rate above which a method cannot settle in a valley of this curvature; null where there is no such rule. */
export function threshold(method, settings, bend) {
  const mu = settings.decay;
  if (method === "gradient-descent" && !settings.weight_decay) return 2 / bend;
  if (method === "momentum" && !settings.weight_decay && !settings.dampening) return (2 * (1 + mu)) / bend;
  if (method === "nesterov" && !settings.weight_decay) return (2 * (1 + mu)) / (bend * (1 + 2 * mu));
  return null;
}

/** What kind of place a level point is. */
function ground(objective, point) {
  const bends = objective.bend(...point);
  if (!bends.every(Number.isFinite)) return "kink";
  const [a, b, c] = bends.length === 1 ? [bends[0], 0, bends[0]] : bends;
  const [low, high] = [(a + c) / 2 - Math.hypot((a - c) / 2, b), (a + c) / 2 + Math.hypot((a - c) / 2, b)];
  const small = 1e-6 * Math.max(Math.abs(low), Math.abs(high));
  if (Math.abs(low) <= small || Math.abs(high) <= small || high === 0) return "level";
  return low > 0 ? "minimum" : high < 0 ? "top" : "saddle";
}

/** A heading and an explanation: what the run did, and why. */
export function verdict(run, objective, lane, constantRate) {
  if (run.points.length === 0) return ["No run", "The function has no finite value and slope at this start; drag the ball elsewhere."];
  const kind = behaviour(run);
  const facts = { run, objective, lane, steps: run.rates.length, first: run.losses[0], last: run.losses[run.losses.length - 1], plain: constantRate && lane.method === "gradient-descent" && !lane.settings.weight_decay };
  if (["UNDEFINED", "SLOPELESS", "UNCOMPUTABLE"].includes(run.stop)) return ["Stopped", STOPPED[run.stop]];
  if (kind === "RESTS") return resting(facts);
  if (kind === "DIVERGES") return diverging(facts);
  if (run.stop === "FLAT") return arrived(facts, kind);
  return unfinished(facts, kind);
}

const STOPPED = {
  UNDEFINED: "One step further the function has no value, so the run ends here.",
  SLOPELESS: "One step further the function has no slope, so the run ends here.",
  UNCOMPUTABLE: "The next step is not a number, so the run ends here.",
};
const RESTING = {
  minimum: ["Rests", "The start is a minimum: the slope is zero, so there is no step to take."],
  saddle: ["Rests on a saddle", "The slope is zero here, but it is no minimum: to some side, the ground falls. A nudge sets the ball free."],
  top: ["Balanced on a top", "The slope is zero here, but every way leads down. A nudge sets the ball free."],
  level: ["Rests", "The slope is almost zero here, so there is no step worth taking."],
  kink: ["Rests", "The slope is almost zero here, so there is no step worth taking."],
};

const resting = ({ objective, run }) => RESTING[ground(objective, run.points[0])];

function diverging(facts) {
  const { run, objective, lane, first, last, steps } = facts;
  const fell = run.losses.every((loss, t) => t === 0 || loss <= run.losses[t - 1]);
  const change = `the loss went from ${brief(first)} to ${brief(last)} in ${counted(steps)}`;
  if (run.stop === "DIVERGED" && last < first) {
    return ["Runs away", fell ? `The ball left the map downhill: the function keeps falling there, and ${change}.` : `The ball left the map; ${change}.`];
  }
  const { bend, holds } = decidingCurvature(objective, run.points[0]);
  const limit = holds ? threshold(lane.method, lane.settings, bend) : null;
  const heading = run.stop === "DIVERGED" ? "Diverges" : "Climbs";
  if (facts.plain && limit !== null && lane.rate > limit && jumps(run).some(Boolean)) {
    return [heading, `Each step overshoots: ${change}. The rate ${brief(lane.rate, 4)} is above 2 / curvature = ${brief(limit)}, so near the minimum each step lands farther away than it began.`];
  }
  return [heading, `The loss is higher than at the start: ${change}. A smaller rate may help.`];
}

/** Where the run ended, seen from the lowest known minimum. */
function place({ objective, last }) {
  const lowest = objective.minima.length ? Math.min(...objective.minima.map((one) => one.value)) : null;
  const range = Math.max(1e-6, 1e-4 * Math.abs(lowest ?? 0));
  return lowest !== null && last > lowest + range ? `It is a local minimum: the loss is ${brief(last)} here, but ${brief(lowest)} at the lowest known one.` : "";
}

function arrived(facts, kind) {
  const { run, objective, steps, last } = facts;
  const end = run.points[steps];
  const where = ground(objective, end);
  const leaps = jumps(run).filter(Boolean).length;
  if (where === "saddle") return ["Rests on a saddle", "The slope is almost zero here, but it is no minimum: to some side, the ground falls."];
  if (where === "top") return ["Balanced on a top", "The slope is almost zero here, but every way leads down."];
  const stuck = where === "minimum" ? place(facts) : "";
  const heading = stuck ? "Stuck" : where === "minimum" ? "Converges" : "Stops";
  const way = kind === "LANDS" ? "One step landed where the slope is zero." : leaps > 0 ? `It leapt over the valley in ${leaps} of its ${counted(steps)}, and still settled.` : `It walked down in ${counted(steps)}, without leaping over the valley.`;
  return [heading, [way, stuck || `The loss is ${brief(last)}, and the slope almost zero.`, heading === "Converges" ? factorWords(facts) : ""].filter(Boolean).join(" ")];
}

function unfinished(facts, kind) {
  const { steps, first, last } = facts;
  const change = `After ${counted(steps)} the loss has gone from ${brief(first)} to ${brief(last)}.`;
  const why = factorWords(facts);
  if (kind === "CYCLES") return ["Jumps back and forth", `The loss is the same as at the start, ${brief(last)}: it never settles. ${why}`.trim()];
  if (kind === "CREEPS") return ["Creeps", `${change} Most of the slope is still left: with this rate the steps are short. ${why}`.trim()];
  if (kind === "OSCILLATES") {
    const leaps = jumps(facts.run).filter(Boolean).length;
    return ["Jumps", `${change} It leapt over the valley in ${leaps} of its ${counted(steps)}. ${why}`.trim()];
  }
  return ["Goes down", `${change} The slope is not yet zero; more steps would go on. ${why}`.trim()];
}

/** For plain descent near a minimum: what a step does to the distance that is left. */
function factorWords({ run, objective, lane, plain, steps }) {
  if (!plain) return "";
  const { bend, holds, minimum } = decidingCurvature(objective, run.points[steps]);
  if (!holds || minimum === null) return "";
  const factor = 1 - lane.rate * bend;
  const along = objective.dims > 1 ? " in the steepest direction" : "";
  const what = Math.abs(factor) < 1e-12 ? "takes all of the distance away" : `multiplies the distance by 1 − ${brief(lane.rate, 4)} × ${brief(bend, 4)} = ${brief(factor)}`;
  return `Near the minimum, each step ${what}${along}.`;
}

/** Whether it holds for each loss and the next. */
const always = (run, holds) => run.losses.every((loss, t) => t === 0 || holds(run.losses[t - 1], loss));

export const counted = (steps) => `${steps} step${steps === 1 ? "" : "s"}`;

/**
 * Four rates to try from here, each with the reason its own run gives: too small, just right, too large, diverging.
 * `runAt` makes the run of a rate. A kind that no rate tried shows is left out.
 */
export function presets(runAt, objective, lane, start) {
  const tried = Array.from({ length: 49 }, (_, i) => rounded(10 ** (-5 + i / 7), 2)).map((rate) => ({ rate, run: runAt(rate) }));
  if (tried.some(({ run }) => run.points.length === 0)) return [];
  const sound = tried.filter(({ run }) => !["UNDEFINED", "SLOPELESS", "UNCOMPUTABLE"].includes(run.stop));
  const { bend, holds } = decidingCurvature(objective, start);
  const limit = holds && lane.method === "gradient-descent" ? threshold(lane.method, lane.settings, bend) : null;
  // Plain descent can do without leaps; what has inertia swings, and may yet be the first to arrive.
  const walking = sound.filter(({ run }) => ["DESCENDS", "LANDS"].includes(behaviour(run)));
  const best = (lane.method === "gradient-descent" ? fastest(walking) : null) ?? fastest(sound.filter(({ run }) => !["DIVERGES", "CYCLES", "RESTS"].includes(behaviour(run))));
  if (best === null) return [];
  const right = { rate: rounded(best.rate / 2, 1) };
  right.run = runAt(right.rate);
  const wild = farTooLarge(tried, runAt, right, limit);
  const jumping = tooLarge(sound.filter(({ rate }) => wild === null || rate < wild.rate), right, runAt, limit);
  return [tooSmall(right, runAt), { label: "Just right", ...right, reason: rightWords(right, limit) }, jumping, wild].filter(Boolean);
}

/** The run that is the first to have only a hundredth of its fall left. */
function fastest(runs) {
  const floor = Math.min(...runs.map(({ run }) => run.losses[run.losses.length - 1]));
  const time = ({ run }) => {
    const found = run.losses.findIndex((loss) => loss - floor <= 0.01 * (run.losses[0] - floor));
    return found < 0 ? Infinity : found;
  };
  return runs.reduce((best, one) => (best === null || time(one) < time(best) ? one : best), null);
}

function tooSmall(right, runAt) {
  const [first, end] = [right.run.losses[0], right.run.losses[right.run.losses.length - 1]];
  for (const share of [25, 50, 100, 200]) {
    const rate = rounded(right.rate / share, 1);
    const run = runAt(rate);
    const left = (100 * (run.losses[run.losses.length - 1] - end)) / (first - end);
    if (run.stop === "STEP_LIMIT" && left >= 25 && left < 99) return { label: "Too small", rate, run, reason: `${brief(left, 2)} % of the fall is still left after ${counted(run.rates.length)}` };
  }
  return null;
}

const rightWords = (right, limit) =>
  limit !== null && right.rate < limit / 2 && !jumps(right.run).some(Boolean)
    ? `below 1 / curvature = ${brief(limit / 2)}: no step leaps over the minimum`
    : jumps(right.run).some(Boolean)
      ? "swings, and settles soon"
      : "goes down quickly, without a leap";

function tooLarge(sound, right, runAt, limit) {
  const guess = limit === null ? [] : [{ rate: rounded(0.9 * limit, 2) }].map(({ rate }) => ({ rate, run: runAt(rate) }));
  const wild = [...guess, ...sound.filter(({ rate }) => rate > 2 * right.rate).reverse()].find(({ rate, run }) => rate > right.rate && ["OSCILLATES", "CYCLES"].includes(behaviour(run)));
  if (!wild) return null;
  const leaps = jumps(wild.run).filter(Boolean).length;
  const guessed = limit !== null && wild.rate > limit / 2 && wild.rate < limit && leaps === wild.run.rates.length;
  const settles = wild.run.stop === "FLAT" ? ", and still settles" : always(wild.run, (one, next) => next < one) ? ", ever closer" : "";
  return { label: "Too large", ...wild, reason: guessed ? `above 1 / curvature: each step leaps over the minimum${settles}` : `leaps over the valley in ${leaps} of ${counted(wild.run.rates.length)}` };
}

function farTooLarge(tried, runAt, right, limit) {
  const guess = limit === null ? [] : [{ rate: rounded(1.05 * limit, 3), run: null }].map(({ rate }) => ({ rate, run: runAt(rate) }));
  const climbing = ({ rate, run }) => rate > right.rate && behaviour(run) === "DIVERGES" && run.losses[run.losses.length - 1] > run.losses[0] && (run.stop === "DIVERGED" || always(run, (one, next) => next > one));
  const wild = [...guess, ...tried].find(climbing);
  if (!wild) return null;
  return { label: "Diverging", ...wild, reason: limit !== null && wild.rate > limit && always(wild.run, (one, next) => next > one) ? `above 2 / curvature = ${brief(limit)}: each step lands farther away` : `the loss grows from ${brief(wild.run.losses[0])} to ${brief(wild.run.losses[wild.run.losses.length - 1])}` };
}
