"""The lessons, in the order in which to learn them: one literal table. Imports neither manim nor numpy."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping

from scenes.lesson import Lesson, room

LESSONS: dict[str, Lesson] = {
    "slope": room(
        "slope",
        "What is a slope?",
        "A line through two points; as they come together, its slope becomes the curve's own: the derivative.",
        seconds=57,
        takes=("--start", "--function"),
    ),
    "direction": room(
        "direction",
        "Why the minus?",
        "The slope points uphill, so the minus turns each step downhill; with a plus, the ball climbs and climbs.",
        seconds=88,
        takes=("--lr", "--steps", "--start", "--function"),
    ),
    "fog": room(
        "fog",
        "Lost in the fog",
        "Only the slope underfoot can be felt, and it leads down step by step: to the valley, or to a mountain lake.",
        seconds=90,
        takes=("--lr", "--steps", "--start", "--function", "--seed"),
    ),
    "parabola": room(
        "parabola",
        "Downhill, step by step",
        "One ball on one curve: the slope says where to go, the learning rate how far.",
        seconds=91,
    ),
    "gradient": room(
        "gradient",
        "What is a gradient?",
        "Two slopes make one arrow: it knows the slope in every direction, and points the steepest way up.",
        seconds=87,
        takes=("--start", "--function"),
    ),
    "bowl": room(
        "bowl",
        "Down into the bowl",
        "Two parameters: the gradient points uphill, so every step goes the other way.",
        seconds=93,
    ),
    "slingshot": room(
        "slingshot",
        "Learning from a miss",
        "A ball, a basket, a miss: each shot corrects force and angle by the error of the one before.",
        seconds=90,
        takes=("--lr", "--steps", "--start"),
    ),
    "overshoot": room(
        "overshoot",
        "The learning rate decides",
        "One start, four rates: one creeps, one walks, one leaps across, one climbs out of the valley.",
        seconds=87,
        takes=("--lr", "--steps", "--start"),
        most_rates=6,
    ),
    "learning-rates": room(
        "learning-rates",
        "Choosing the learning rate",
        "One run for each rate: too small stands still, too large hits a wall, and the good ones lie in between.",
        seconds=83,
        takes=("--lr", "--steps", "--start", "--function"),
    ),
    "convergence": room(
        "convergence",
        "When do we stop?",
        "A small slope, a loss that hardly changes, a limit of steps: when each rule fires, and what fools it.",
        seconds=87,
        takes=("--lr", "--steps", "--start"),
    ),
    "local-minima": room(
        "local-minima",
        "Stuck in a valley",
        "Two valleys: where the ball ends depends on where it starts, and restarts help.",
        seconds=71,
    ),
    "basins": room(
        "basins",
        "Where you start decides",
        "Each start of the plane in the colour of its minimum: basins, and what momentum and rate do to their borders.",
        seconds=87,
        takes=("--lr", "--steps", "--optimiser", "--function", "--points"),
    ),
    "saddle": room(
        "saddle",
        "Stuck on a saddle?",
        "Zero slope is not a minimum: a ball stalls on a pass, a nudge frees it, and with momentum it is off sooner.",
        seconds=91,
        takes=("--lr", "--steps", "--start", "--optimiser", "--function"),
    ),
    "line-fit": room(
        "line-fit",
        "Fitting a line",
        "A line turns and lifts as two numbers walk down a narrow valley; standardising x makes it a bowl.",
        seconds=85,
        takes=("--lr", "--steps", "--start", "--data", "--model", "--epochs", "--seed"),
    ),
    "classify": room(
        "classify",
        "Yes or no?",
        "Two kinds of points: a line turns until it parts them; being wrong costs most where the model is sure.",
        seconds=88,
        takes=("--lr", "--start", "--data", "--epochs", "--seed"),
    ),
    "batches": room(
        "batches",
        "All rows, or a few?",
        "Batch, mini-batch and stochastic descent: a step from fewer rows is rougher, and cheaper.",
        seconds=91,
        takes=("--lr", "--start", "--data", "--batch-size", "--epochs", "--seed"),
    ),
    "schedules": room(
        "schedules",
        "The rate that shrinks",
        "On noisy gradients, no constant rate settles: large steps to get there, small steps to stay.",
        seconds=87,
        takes=("--schedules", "--lr", "--epochs", "--seed"),
    ),
    "momentum": room(
        "momentum",
        "A ball with momentum",
        "Down a narrow valley, plain descent zig-zags; a ball that keeps part of its last move gets there sooner.",
        seconds=91,
        takes=("--lr", "--steps", "--start", "--set", "--function"),
    ),
    "race": room(
        "race",
        "The race of the methods",
        "One start, one clock, each method at its best rate: who is first depends on the surface.",
        seconds=88,
        takes=("--optimisers", "--lr", "--tune", "--function", "--start", "--steps"),
    ),
    "newton": room(
        "newton",
        "Slope and curvature",
        "A parabola fitted to slope and curvature says how far to go: few steps, but each is dear.",
        seconds=93,
        takes=("--start", "--function"),
    ),
    "network": room(
        "network",
        "Inside a neural network",
        "Forward, loss, backpropagation, step: every weight moves at once, and the boundary bends around two moons.",
        seconds=91,
        takes=("--lr", "--data", "--hidden", "--epochs", "--seed"),
    ),
    "quiz": room(
        "quiz",
        "Check yourself",
        "Eight questions, three answers each, and a run that shows which is right; --seed asks others.",
        seconds=134,
        takes=("--seed",),
    ),
}

# What a course of all lessons begins and ends with.
BOOKENDS: dict[str, Lesson] = {
    "opening": room(
        "opening", "How machines learn", "The question of the course, in one picture.", seconds=24, takes=()
    ),
    "closing": room(
        "closing", "Your turn", "Back to the first picture, with all that was learnt.", seconds=25, takes=()
    ),
}
FILMS: Mapping[str, Lesson] = ChainMap(LESSONS, BOOKENDS)
