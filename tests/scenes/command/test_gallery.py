"""The gallery: every lesson's loop, and the table of lessons on a page."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from PIL import Image

import scenes.film.render as film
from cli import cli
from scenes.catalogue import LESSONS
from scenes.command.gallery import BEGIN, END, LARGEST, gallery_spec, lessons_table, with_table


def test_a_page_keeps_all_but_its_table():
    """The table is renewed between the two lines; what is around them stays, and a second time changes nothing."""
    page = f"# Films\n\n{BEGIN}\nold\n{END}\n\nThe end.\n"
    renewed = with_table(page, lessons_table("gallery"))

    assert renewed.startswith("# Films\n\n")
    assert renewed.endswith(f"{END}\n\nThe end.\n")
    assert "old" not in renewed
    assert with_table(renewed, lessons_table("gallery")) == renewed
    assert [renewed.count(f"gallery/{name}.gif") for name in LESSONS] == [1] * len(LESSONS)


@pytest.mark.parametrize("page", ["# Films\n", f"{BEGIN}\n", f"{END}\n{BEGIN}\n"])
def test_a_page_without_a_place_is_refused(page):
    """The error names the two lines that make one."""
    with pytest.raises(ValueError, match=f"two lines, {BEGIN} and {END}, make one"):
        with_table(page, "")


def test_the_gallery_renders_every_loop(monkeypatch, tmp_path):
    """One GIF per lesson, each asked to be small enough, and the table on the page or in the terminal."""
    asked = []

    def draw(spec, targets, *rest, **more):
        asked.append(spec)
        Image.new("P", (8, 8)).save(targets[0])

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(film, "render", draw)
    (tmp_path / "page.md").write_text(f"{BEGIN}\n{END}\n")
    printed = CliRunner().invoke(cli, ["gallery", "pictures", "--theme", "light"])
    paged = CliRunner().invoke(cli, ["gallery", "pictures", "--page", "page.md"])

    assert printed.exit_code == paged.exit_code == 0
    assert lessons_table("pictures") in printed.stdout
    assert paged.stdout == ""
    assert lessons_table("pictures") in (tmp_path / "page.md").read_text()
    assert {path.stem for path in (tmp_path / "pictures").iterdir()} == set(LESSONS)
    assert [spec.scene for spec in asked] == [*LESSONS, *LESSONS]
    assert asked[0] == gallery_spec("slope", "light")
    assert {spec.max_size for spec in asked} == {LARGEST}


def test_a_page_that_has_no_place_is_left_alone(monkeypatch, tmp_path):
    """Nothing is drawn, and one line says what is missing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(film, "render", lambda *words, **more: pytest.fail("it draws"))
    (tmp_path / "page.md").write_text("# Films\n")
    done = CliRunner().invoke(cli, ["gallery", "pictures", "--page", "page.md"])

    assert done.exit_code == 2
    assert "two lines" in done.output
    assert (tmp_path / "page.md").read_text() == "# Films\n"
