"""A storyboard: the last frame of every beat on one sheet, drawn without encoding anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import font_source_sans_pro
from PIL import Image, ImageDraw, ImageFont

from scenes.film.draw import stage
from scenes.film.publish import publishing
from scenes.spec import RenderSpec
from scenes.stage.theme import THEMES

GAP = 14
HEADING = 30


def storyboard(spec: RenderSpec, target: Path) -> int:
    """Write the sheet as PNG; returns the number of pictures on it."""
    pictures: list[tuple[str, Image.Image]] = []

    def beat_done(scene: Any, index: int) -> None:
        timed = scene.beats[index]
        seconds = timed.start / spec.fps
        heading = f"{index + 1}  {timed.beat.chapter}  {int(seconds // 60)}:{seconds % 60:04.1f}"
        pictures.append((heading, Image.fromarray(scene.renderer.draw(scene)).convert("RGB")))

    with stage(spec, beat_done=beat_done) as (scene, _):
        scene.render()
    with publishing([target]) as (draft,):
        _sheet(pictures, spec).save(draft, format="PNG")
    return len(pictures)


def _sheet(pictures: list[tuple[str, Image.Image]], spec: RenderSpec) -> Image.Image:
    """The pictures in rows, each under its number, chapter and time."""
    columns = 3 if spec.width > spec.height else 5
    width, height = pictures[0][1].size
    rows = -(-len(pictures) // columns)
    cell_width, cell_height = width + GAP, height + HEADING + GAP
    theme = THEMES[spec.theme]
    sheet = Image.new("RGB", (columns * cell_width + GAP, rows * cell_height + GAP), theme.faint)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(font_source_sans_pro.SourceSansProSemibold, 20)
    for index, (heading, picture) in enumerate(pictures):
        left = GAP + (index % columns) * cell_width
        top = GAP + (index // columns) * cell_height
        pen.text((left, top), heading, font=font, fill=theme.ink)
        sheet.paste(picture, (left, top + HEADING))
    return sheet
