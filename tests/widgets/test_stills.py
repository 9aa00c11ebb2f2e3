"""The still figures that stand where no script runs, and the checks of what a widget is given."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
import torch

from linreg_lib.widgets import LabData, MinibatchViewer, TrainingLab
from linreg_lib.widgets.training_lab import DEFAULTS, PRESETS, train_with

SVG = "{http://www.w3.org/2000/svg}"


def still_of(widget):
    """Give the parsed drawing and the caption that a page takes from the widget's output."""
    data, _ = widget._repr_mimebundle_()
    drawing = ElementTree.fromstring(data["image/svg+xml"])
    assert drawing.tag == f"{SVG}svg"
    assert drawing.get("role") == "img"
    assert drawing.findtext(f"{SVG}title")
    assert drawing.findtext(f"{SVG}desc") == data["text/plain"]
    return drawing, data["text/plain"]


@pytest.mark.parametrize("preset", PRESETS)
def test_the_labs_still_is_the_presets_run(preset):
    drawing, caption = still_of(TrainingLab(preset=preset))
    settings = {**DEFAULTS, **PRESETS[preset]}
    run, true_losses = train_with(settings)
    w1, w2, b = run.step_params[-1].tolist()
    assert f"w = {w1:.3f}, {w2:.3f} and b = {b:.3f}." in caption
    assert "Each dot is an example" in caption
    assert f"loss {true_losses[-1]:.2g}," in caption
    assert f"learning rate {settings['lr']:g}" in caption
    for path in drawing.iter(f"{SVG}path"):
        assert not re.search(r"nan|inf", path.get("d")), "a gap, not a point, where it diverged"
    dots = [*drawing.iter(f"{SVG}circle")]
    assert len(dots) <= settings["num_epochs"]
    if preset == "default":
        assert len(dots) == 3


def test_a_run_that_diverged_is_drawn_as_far_as_it_is_finite():
    drawing, caption = still_of(TrainingLab(preset="diverging"))
    assert "loss nan" in caption
    curve = max((path.get("d") for path in drawing.iter(f"{SVG}path")), key=len)
    ends = [float(x) for x in re.findall(r"[ML]([\d.]+) ", curve)]
    assert ends == sorted(ends)
    assert ends[-1] < 420, "the curve goes on where the loss had overflowed"


def dots_in(drawing):
    """The places of the dots: lines of no length."""
    paths = [path.get("d") for path in drawing.iter(f"{SVG}path") if "h0" in path.get("d")]
    return [tuple(map(float, place)) for place in re.findall(r"M([\d.]+) ([\d.]+)h0", paths[0])]


def test_the_labs_still_shows_the_points_on_the_diagonal():
    dots = dots_in(still_of(TrainingLab())[0])
    assert len(dots) == 300
    (x0, y0), (x1, y1) = min(dots), max(dots)
    for x, y in dots:  # the noise is far below a pixel
        assert y == pytest.approx(y0 + (y1 - y0) * (x - x0) / (x1 - x0), abs=0.5)
    before = dots_in(still_of(TrainingLab(predict=True))[0])
    assert len({y for _, y in before}) == 1, "at the start all predictions are about zero"


def test_one_feature_is_shown_with_its_line():
    drawing, caption = still_of(TrainingLab(num_features=1, num_examples=50, noise_std=1.0))
    assert "the line is what the model predicts" in caption
    assert len(dots_in(drawing)) == 50
    run, _ = train_with({**DEFAULTS, "num_examples": 50, "noise_std": 1.0}, num_features=1)
    w, b = run.step_params[-1].tolist()
    assert f"w = {w:.3f} and b = {b:.3f}." in caption


def test_a_still_below_a_question_gives_nothing_away():
    drawing, caption = still_of(TrainingLab("diverging", predict=True))
    assert caption.startswith("Before the first step")
    assert not [*drawing.iter(f"{SVG}circle")]
    assert "nan" not in caption


@pytest.mark.parametrize(
    ("options", "sizes"),
    [
        ({"num_examples": 10, "batch_size": 4}, [4, 4, 2]),
        ({"num_examples": 10, "batch_size": 4, "drop_last": True}, [4, 4]),
        ({"num_examples": 6, "batch_size": 3, "shuffle": False}, [3, 3]),
    ],
)
def test_the_viewers_still_shows_the_first_epoch(options, sizes):
    drawing, caption = still_of(MinibatchViewer(**options))
    words = [text.text for text in drawing.iter(f"{SVG}text")]
    cells = [int(word) for word in words if word.isdigit()]
    assert len(cells) == sum(sizes)
    assert len(set(cells)) == sum(sizes)
    assert " + ".join(map(str, sizes)) in caption
    if options.get("shuffle", True):
        assert "shuffled" in caption
    else:
        assert cells == list(range(6))


def test_a_still_has_the_same_bytes_each_time():
    one, other = (TrainingLab(preset="noisy").still() for _ in range(2))
    assert one == other


def test_a_preset_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(ValueError, match=r"preset must be one of default, .*; got 'fast'"):
        TrainingLab(preset="fast")


def test_a_setting_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(TypeError, match=r"settings are lr, batch_size, .*; got 'learning_rate'"):
        TrainingLab(learning_rate=0.1)


def test_more_than_two_features_are_refused():
    with pytest.raises(ValueError, match=r"num_features must be 1 or 2; got 3\. Write"):
        TrainingLab(num_features=3)


def test_settings_stand_over_those_of_every_preset():
    lab = TrainingLab("border", num_examples=200)
    assert lab.lr == 1.8
    assert {preset["num_examples"] for preset in lab.presets.values()} == {200}


def test_one_feature_is_answered_in_three_columns():
    lab = TrainingLab(num_features=1)
    _, buffers = lab.answer({**DEFAULTS, "kind": "ask"})
    params = np.frombuffer(buffers[1], np.float32).reshape(300, 3)
    assert not params[:, 1].any()
    assert params[:, [0, 2]] == pytest.approx(lab.run.step_params.numpy())


def test_the_lab_answers_with_the_run_that_was_asked_for():
    lab = TrainingLab()
    question = {**DEFAULTS, "num_epochs": 2, "batch_size": 30, "kind": "ask"}
    answer, buffers = lab.answer(question)
    assert answer["settings"]["batch_size"] == 30
    assert lab.run.num_steps == 68
    assert [len(buffer) for buffer in buffers] == [68 * 4, 68 * 12, 68 * 12, 2 * 8, 2 * 8]


def own_data(n=20, width=2):
    X = torch.randn(n, width, generator=torch.Generator().manual_seed(0))
    return LabData(X, X.sum(1, keepdim=True) + 1, ("one", "two")[:width], "length", "mm")


def test_a_lab_on_data_of_ones_own_shows_their_names_and_the_best_line():
    lab = TrainingLab(data=own_data(), views=("fit",), lr=0.5)
    assert lab.true_w == pytest.approx([1, 1], abs=1e-4)
    assert lab.true_b == pytest.approx(1, abs=1e-4)
    assert lab.num_examples == 20 and not {"num_examples", "noise_std"} & set(lab.controls)
    svg, _ = lab.still()
    assert "length (mm)" in svg and "prediction (mm)" in svg and "dimensionless" not in svg
    one, _ = TrainingLab(data=own_data(width=1), views=("fit",)).still()
    assert ">one<" in one and "length (mm)" in one


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (own_data(n=9), "10 to 1000"),
        (own_data()._replace(y=torch.zeros(20)), r"\(20,\)"),
        (own_data()._replace(features=("one",)), "each of the 2 columns"),
        (own_data()._replace(y=torch.full((20, 1), float("nan"))), "Leave out the rows"),
    ],
)
def test_data_that_a_lab_cannot_use_are_refused(data, said):
    with pytest.raises(ValueError, match=said):
        TrainingLab(data=data)
