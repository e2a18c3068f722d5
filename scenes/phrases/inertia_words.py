"""What is said of a narrow valley and of a heavy ball, each sentence chosen by what the runs did."""

from __future__ import annotations

from gdsim import Trajectory
from gdsim.objective import Array
from scenes.phrases.endings import no_first_step
from scenes.phrases.formulas import ground
from scenes.phrases.inertia_facts import (
    Valley,
    at_rest,
    ends_higher,
    ends_lower,
    lower,
    passes,
    same_loss_after,
    same_path,
    stays_before,
    valley_of,
    zigzags,
)
from scenes.phrases.outcomes import course_words, first_step
from scenes.phrases.rate_facts import RATE_DIGITS
from scenes.phrases.run_facts import SAME
from scenes.planned_inertia import HEAVY, HeavyRuns
from scenes.script.sentence import Brief, Count, Exact, Sentence, Words, say

# A share of the way below this is little.
LITTLE = 20.0
# Swings past the minimum before they are "again and again", and how near to it a ball has arrived.
OFTEN, THERE = 3, 0.05


def scenery_words(run: Trajectory) -> Sentence:
    """What the map shows."""
    if len(run.objective.minima) == 1 and valley_of(run):
        return say("A narrow valley, seen from above.")
    return say("A landscape, seen from above: each line joins places of equal [loss](loss).")


def way_words(run: Trajectory) -> Sentence:
    """How plain descent goes."""
    valley = valley_of(run)
    if valley and zigzags(run, valley):
        return say("It zig-zags: each step leaps across the valley, and gains little along it.")
    return first_step(run) if run.steps == 1 else course_words(run)


def bends_words(valley: Valley) -> Sentence:
    """The two curvatures of a bowl."""
    across, along = map(float, valley.bends)
    words = "Why? Across, the valley's curvature is {across}; along, it is only {along}."
    return say(words, across=Brief(across), along=Brief(along))


def limit_words(valley: Valley) -> Sentence:
    """How the larger curvature limits the rate."""
    across = float(valley.bends[0])
    words = "One rate serves both, so it must stay below 2 over {across}: {limit:rate}."
    return say(words, across=Brief(across), limit=Brief(2 / across))


def share_words(run: Trajectory, valley: Valley) -> Sentence:
    """What that rate is along the valley; or that it is above the limit."""
    rate = float(run.learning_rates[0])
    across, along = (rate * valley.bends).tolist()
    if abs(across - 2) <= SAME:
        return say("Ours is exactly that: across, the ball leaps back and forth for ever.")
    if across > 2:
        return say("Ours is {rate:rate}: across, every leap is longer than the last.", rate=Exact(rate, RATE_DIGITS))
    words = "At {rate:rate}, a step along the valley covers {share} % of what's left."
    if 100 * along < LITTLE:
        words = "At {rate:rate}, a step along the valley covers only {share} % of what's left."
    return say(words, rate=Exact(rate, RATE_DIGITS), share=Brief(100 * along))


def ratio_words(valley: Valley) -> Sentence:
    """The two curvatures where they hold at the minimum alone."""
    words = "At the [minimum](minimum), it's curved {times} times as much across as along. One rate serves both."
    return say(words, times=Brief(float(valley.bends[0] / valley.bends[1])))


def kept_words(runs: HeavyRuns) -> Sentence:
    """What a heavy ball keeps of its last move."""
    if runs.decay == 0:
        return say("A [heavy ball](run6) keeps part of its last move. With a momentum of zero, it keeps nothing.")
    if runs[1].steps < 2:
        return say("A [heavy ball](run6) keeps part of its last move. After one step, the run is over.")
    decay = Exact(runs.decay, RATE_DIGITS)
    return say("Now a [heavy ball](run6). It keeps a share of its last move: {decay:run6}.", decay=decay)


def sum_words(kept: Array, push: Array, valley: Valley | None) -> Sentence | None:
    """How what is kept and the push go together across and along a valley."""
    if valley is None:
        return None
    across, along = (valley.ways @ kept) * (valley.ways @ push)
    if across < 0 < along:
        return say("Across, the two work against each other; along the valley, they add up.")
    return None


def verdict(runs: HeavyRuns) -> Sentence:
    """Which of the two ended lower, and how much sooner."""
    plain, heavy = runs[:2]
    if same_path(plain, heavy):
        return say("Both take exactly the same steps.")
    climbs = ends_higher(plain), ends_higher(heavy)
    if all(climbs):
        return say("Both end higher than they began: momentum is no remedy for a [rate](rate) that is too large.")
    if climbs[0] and ends_lower(heavy):
        return say("[Plain descent](run5) ends higher than it began. With [momentum](run6), the ball ends lower.")
    if climbs[1] and ends_lower(plain):
        return say("[Plain descent](run5) ends lower than it began. With [momentum](run6), the ball ends higher.")
    return _faster(plain, heavy)


def _faster(plain: Trajectory, heavy: Trajectory) -> Sentence:
    slow, quick = Count(plain.steps, "step", "steps"), Count(heavy.steps, "step", "steps")
    if at_rest(plain) and at_rest(heavy):
        words = "Both come to rest on flat ground: [plain descent](run5) after {slow}, [momentum](run6) after {quick}."
        return say(words, slow=slow, quick=quick)
    if lower(heavy, plain):
        sooner = same_loss_after(plain, heavy)
        if sooner is not None:
            words = "What takes [plain descent](run5) {slow}, [momentum](run6) does in {quick}."
            return say(words, slow=slow, quick=Count(sooner, "step", "steps"))
        return say("In the end, [momentum](run6) is lower.")
    if lower(plain, heavy):
        return say("In the end, [plain descent](run5) is lower: here, [momentum](run6) doesn't win.")
    return say("In the end, both are equally low.")


def heavy_words(runs: HeavyRuns) -> Sentence:
    """What becomes of a ball that keeps nearly all of its last move."""
    _, less, most = runs[:3]
    heavy = Exact(HEAVY)
    if ends_higher(most):
        return say("So keep even more? With {heavy:run3}, the ball ends higher than it began.", heavy=heavy)
    if lower(less, most):
        if passes(most) >= OFTEN:
            return say("So keep even more? With {heavy:run3}, it swings past the minimum again and again.", heavy=heavy)
        return say("So keep even more? With {heavy:run3}, the ball ends less low.", heavy=heavy)
    if lower(most, less):
        return say("So keep even more? Here it helps: with {heavy:run3}, the ball ends lower still.", heavy=heavy)
    return say("So keep even more? With {heavy:run3}, the ball ends equally low.", heavy=heavy)


def bump_words(runs: HeavyRuns) -> Sentence:
    """What becomes of the heavy ball at the bump."""
    run = runs[4]
    if stays_before(run):
        return say("With so little momentum, the [heavy ball](run6) stops there, too.")
    if abs(run.points[-1, 0] - run.objective.minima[0].point[0]) < THERE:
        return say("The [heavy ball](run6) rolls right through, and down to the [minimum](minimum).")
    return say("The [heavy ball](run6) rolls right through.")


def alt(runs: HeavyRuns) -> Sentence:
    """What the film shows, for those who cannot see it."""
    main = runs[0]
    ends = no_first_step(main) if main.steps == 0 else verdict(runs)
    words = "Two balls on {surface} start at one place, one by plain descent and one with momentum. {ends} {bump}"
    return say(words, surface=Words(ground(main)), ends=Words(ends), bump=Words(_bump_alt(runs)))


def _bump_alt(runs: HeavyRuns) -> Sentence:
    """What the two do on the bump."""
    if stays_before(runs[4]):
        return say("On a curve with a small bump, both come to rest before it.")
    return say("On a curve with a small bump, plain descent comes to rest before it; the heavy ball rolls through.")
