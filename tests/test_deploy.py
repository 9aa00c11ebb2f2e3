"""The values for the Helm chart: keys and types as the chart's schema has them, and room enough."""

import json
import re
import sys
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
    proxy=closed(
        https=closed(
            enabled=YES_NO,
            hosts={"type": "array", "items": TEXT},
            letsencrypt=closed(contactEmail=TEXT, required=["contactEmail"]),
        )
    ),
    singleuser=closed(
        image=closed(name=TEXT, tag=TEXT, required=["name", "tag"]),
        defaultUrl=TEXT,
        memory=closed(guarantee=SIZE, limit=SIZE),
        cpu=closed(guarantee=NUMBER, limit=NUMBER),
        extraEnv={"type": "object", "additionalProperties": TEXT},
        extraFiles={
            "type": "object",
            "additionalProperties": closed(
                mountPath=TEXT, data={"type": "object"}, required=["mountPath", "data"]
            ),
        },
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
        # Names of variables and of files are free, and what stands in a file is not the chart's.
        if isinstance(value, dict) and key not in ("extraEnv", "extraFiles"):
            yield from ({**values, key: inner} for inner in misspelled(value))


def test_each_key_of_the_values_is_held_to_its_spelling():
    faulty = list(misspelled(VALUES))
    assert len(faulty) > 10
    for values in faulty:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(values, SCHEMA)


def gigabytes(size):
    return float(size.removesuffix("G")) * 1000**3 / 1024**2  # in MiB


def test_readers_get_the_memory_that_was_measured():
    """The table's sessions: so many chapters open, and the MiB of all their processes."""
    rows = re.findall(r"^\| (\d+) chapters? open \| (\d+) \|", MEASURED, re.MULTILINE)
    session = {int(chapters): int(mib) for chapters, mib in rows}
    memory = VALUES["singleuser"]["memory"]
    guarantee, limit = gigabytes(memory["guarantee"]), gigabytes(memory["limit"])
    assert session[1] < guarantee < 1.5 * session[1]
    assert session[5] < 0.9 * limit < 1.5 * session[5]


def test_the_files_of_the_hub_set_what_jupyter_knows():
    from jupyter_server.services.kernels.kernelmanager import MappingKernelManager

    files = VALUES["singleuser"]["extraFiles"].values()
    (server,) = (f["data"] for f in files if "jupyter_server_config.d" in f["mountPath"])
    assert server["MappingKernelManager"].keys() <= set(MappingKernelManager.class_trait_names())
    (lab,) = (f["data"] for f in files if "labconfig" in f["mountPath"])
    schemas = Path(sys.prefix, "share", "jupyter", "lab", "schemas")
    for plugin, settings in lab.items():
        package, _, name = plugin.partition(":")
        schema = json.loads((schemas / package / f"{name}.json").read_text())
        assert settings.keys() <= schema["properties"].keys()


def test_the_first_page_is_a_notebook_of_the_image(site):
    path = VALUES["singleuser"]["defaultUrl"].removeprefix("/lab/tree/_build/notebooks/")
    assert (site / path).is_file()
