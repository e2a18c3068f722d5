"""The parts of the film about a network."""

from __future__ import annotations

from functools import partial

from gdsim import Trajectory
from scenes.phrases.network_facts import alike, feature_window, wrong_rows
from scenes.planned_network import NetworkRuns
from scenes.stage.part import Part
from scenes.stage.parts.aside import LossChart, chart_top
from scenes.stage.parts.chain_rule import chain_rule
from scenes.stage.parts.decision import Boundary, Classifier, Shading
from scenes.stage.parts.labelled_points import LabelledPoints
from scenes.stage.parts.network import Network
from scenes.stage.parts.network_flow import EdgeGradients, Flow, Verdict
from scenes.stage.parts.network_layout import network_boxes
from scenes.stage.parts.panel import Panel
from scenes.stage.parts.rule import Rule
from scenes.stage.parts.run import Run
from scenes.stage.parts.title import Title
from scenes.stage.parts.unit_maps import UnitMaps
from scenes.stage.write import Setting


def parts(runs: tuple[Trajectory, ...], setting: Setting) -> tuple[Part, ...]:
    """From back to front: the plane with its shading and points, the network that passes over it, what is beside."""
    assert isinstance(runs, NetworkRuns)
    small, chart = network_boxes(setting.composition)
    clock, window = Run(runs.main), feature_window(runs.main)
    classifier = Classifier(clock)
    plane = Panel(setting, window, "x_1", "x_2", small, equal=alike(window), ticks="feature tick")
    network = Network(setting, plane, small, classifier, runs)
    return (
        Shading(setting, plane, classifier),
        plane,
        Boundary(setting, plane, classifier),
        LabelledPoints(setting, plane, runs.data, clock, partial(wrong_rows, runs), runs.followed.row),
        network,
        EdgeGradients(setting, network),
        Flow(setting, network),
        UnitMaps(setting, network, window),
        Verdict(setting, network),
        clock,
        Title(setting, setting.title),
        Rule(setting, chain_rule(runs), clock, setting.composition.strip),
        LossChart(setting, chart, [clock], chart_top(runs.main)),
    )
