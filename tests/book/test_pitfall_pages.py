"""Each pitfall has one page, in the contents, in one order; what it quotes is the registry's."""

import gzip
import re
from pathlib import Path

import pytest
import yaml

from linreg_lib.claims import rows
from linreg_lib.exercises import exercises
from linreg_lib.pitfalls import FAMILIES, PITFALLS, TOPICS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "book" / "pitfalls"
PARTS = [
    "Why",
    "The cure",
    "What only looks like a cure",
    "Step by step",
    "Other words for it",
    "Is it this one?",
    "In the book",
    "Exercise",
]
every = pytest.mark.parametrize("pitfall", PITFALLS.values(), ids=PITFALLS)


def page(pitfall):
    return (FOLDER / f"{pitfall.name}.md").read_text(encoding="utf-8")


def test_every_page_is_a_pitfall_a_topic_or_the_index():
    assert {path.stem for path in FOLDER.glob("*.md")} == {
        *PITFALLS,
        *TOPICS,
        "index",
        "other-errors",
    }


def test_the_contents_have_each_page_below_its_topic():
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    part = next(part for part in contents["parts"] if part["caption"] == "Pitfalls")
    listed = {
        chapter["file"].rsplit("/", 1)[1]: [
            section["file"].rsplit("/", 1)[1] for section in chapter["sections"]
        ]
        for chapter in part["chapters"]
        if "sections" in chapter
    }
    assert listed == TOPICS


# A stepper would show what lay in memory, other numbers in every build.
UNFILLED = {"capital-tensor"}


@every
def test_the_parts_stand_in_their_order(pitfall):
    text = page(pitfall)
    assert text.startswith(f"(pitfall-{pitfall.name})=\n# {{title}}\n\n```{{pitfall-opening}}\n")
    parts = re.findall(r"^## (.+)$", text, re.M)
    assert parts == [part for part in PARTS if part in parts]
    assert {"The cure", "Is it this one?"} <= set(parts)
    assert ("Step by step" in parts) == (pitfall.name not in UNFILLED)


@every
def test_programs_and_messages_come_from_the_registry(pitfall):
    shown = re.findall(r"^```\{pitfall-([\w-]+)\}$", page(pitfall), re.M)
    wanted = ["opening", "cure"]
    if pitfall.lookalikes:
        wanted.append("lookalikes")
    if pitfall.name not in UNFILLED:
        wanted.append("stepper")
    if pitfall.messages[0 if pitfall.silent else 1 :]:
        wanted.append("messages")
    assert shown == [*wanted, "family"]


@every
def test_an_exercise_answers_back(pitfall):
    text = page(pitfall)
    labels = re.findall(r"^:label: (\S+)\n:check: (\S+)$", text, re.M)
    assert labels in ([], [(f"ex-pitfall-{pitfall.name}", f"pitfall-{pitfall.name}")])
    assert text.count("```{exercise}") == len(labels) and "{solution-start}" not in text
    assert all(name in exercises() for _, name in labels)


@every
def test_the_title_is_the_message_or_what_is_seen(pitfall):
    assert ": " in pitfall.title
    assert pitfall.mistake and pitfall.tells_apart.endswith(".")


def test_every_silent_pitfall_is_found_by_what_one_sees():
    seen = {name for family in FAMILIES if not family.says for name in family.members}
    assert {name for name, pitfall in PITFALLS.items() if pitfall.silent} <= seen
    assert seen <= set(PITFALLS)


def test_claims_that_need_correcting_have_a_pitfall():
    corrected = {row["id"] for row in rows() if row["verdict"] in ("wrong", "partly", "error")}
    covered = {claim for pitfall in PITFALLS.values() for claim in pitfall.claims}
    assert corrected and corrected <= covered


def test_the_links_of_the_claims_lead_somewhere():
    for row in rows():
        see = row["see"]
        if see.startswith("pitfall-"):
            assert see.removeprefix("pitfall-") in PITFALLS, row["id"]
        else:
            assert (ROOT / "book" / f"{see}.md").is_file(), row["id"]


@every
def test_every_address_opens_in_the_built_site(site, pitfall):
    text = (site / pitfall.address).read_text(encoding="utf-8")
    shown = 'class="linreg-widget' in text and "data-widget=" in text
    assert shown == (pitfall.name not in UNFILLED)
    assert f'id="{pitfall.anchor}"' in text
    old = (site / "book" / "pitfalls" / f"{pitfall.topic}.html").read_text(encoding="utf-8")
    assert f'id="{pitfall.anchor}"' in old, "an address of before the page arrives at its topic"
    assert (site / "book" / "pitfalls" / f"{pitfall.name}.ipynb").is_file()


def test_a_page_is_light(site):
    sizes = {
        name: len(gzip.compress((site / pitfall.address).read_bytes()))
        for name, pitfall in PITFALLS.items()
    }
    assert max(sizes.values()) < 200_000, max(sizes, key=sizes.get)
