"""The values for the Helm chart: keys and types as the chart's schema has them, and room enough."""

import re
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
VALUES = yaml.safe_load((ROOT / "deploy" / "values.yaml").read_text())
MEASURED = (ROOT / "deploy" / "classroom.md").read_text()


def closed(required=(), **properties):
    """Make a schema that allows no other key: a misspelled one would be ignored in silence."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": list(required),
    }


SIZE = {"type": "string", "pattern": r"^\d+(\.\d+)?[KMGT]$"}
TEXT, YES_NO = {"type": "string"}, {"type": "boolean"}
NUMBER, WHOLE = {"type": "number"}, {"type": "integer"}
# The part of the chart's own schema (jupyterhub/values.schema.yaml) that these values touch.
SCHEMA = closed(
    singleuser=closed(
        image=closed(name=TEXT, tag=TEXT, required=["name", "tag"]),
        defaultUrl=TEXT,
        memory=closed(guarantee=SIZE, limit=SIZE),
        cpu=closed(guarantee=NUMBER, limit=NUMBER),
        extraEnv={"type": "object", "additionalProperties": TEXT},
        storage=closed(type={"enum": ["dynamic", "static", "none"]}),
        startTimeout=WHOLE,
        networkPolicy=closed(enabled=YES_NO),
    ),
    cull=closed(enabled=YES_NO, timeout=WHOLE, every=WHOLE),
    prePuller=closed(hook=closed(enabled=YES_NO), continuous=closed(enabled=YES_NO)),
    scheduling=closed(
        userScheduler=closed(enabled=YES_NO),
        podPriority=closed(enabled=YES_NO),
        userPlaceholder=closed(enabled=YES_NO, replicas=WHOLE),
    ),
)


def test_values_fit_the_chart():
    jsonschema.validate(VALUES, SCHEMA)


def misspelled(values):
    """Give the values once for each of the chart's keys, with that key misspelled."""
    for key, value in values.items():
        yield {**values, key + "s": value}
        if isinstance(value, dict) and key != "extraEnv":  # its keys are names of variables
            yield from ({**values, key: inner} for inner in misspelled(value))


def test_each_key_of_the_values_is_held_to_its_spelling():
    faulty = list(misspelled(VALUES))
    assert len(faulty) > 10
    for values in faulty:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(values, SCHEMA)


def test_readers_get_the_memory_that_was_measured():
    rows = re.findall(r"^\| (the [^|]+) \| (\d+) \| (\d+) \|", MEASURED, re.MULTILINE)
    peak = {name.strip(): int(peak) for name, peak, _ in rows}
    needed = 1024**2 * (
        peak["the chapter that holds most"] + peak["the JupyterLab server of one reader"]
    )
    memory = VALUES["singleuser"]["memory"]
    guarantee, limit = (float(memory[key].removesuffix("G")) * 1000**3 for key in memory)
    assert needed < guarantee < 1.5 * needed
    assert limit >= needed + 1024**2 * peak["the chapter that holds most"], "two chapters open"


def test_the_first_page_is_a_notebook_of_the_image(site):
    path = VALUES["singleuser"]["defaultUrl"].removeprefix("/lab/tree/_build/notebooks/")
    assert (site / path).is_file()
