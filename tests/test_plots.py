import matplotlib
import pytest
import torch

from linreg_lib import least_squares, synthetic_data, train

matplotlib.use("agg")

import matplotlib.pyplot as plt

from linreg_lib import plots


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


@pytest.fixture
def data(seeded):
    return synthetic_data([2, -3.4], 4.2, 100, generator=seeded(0))


@pytest.fixture
def run(data, seeded):
    return train(*data, generator=seeded(1))


def texts(ax):
    legend = ax.get_legend()
    names = [text.get_text() for text in legend.get_texts()] if legend else []
    return ax.get_title(), ax.get_xlabel(), ax.get_ylabel(), names


def test_data_are_drawn_where_they_are(data):
    X, y = data
    ax = plots.plot_data(X, y, feature=1)
    torch.testing.assert_close(
        torch.tensor(ax.collections[0].get_offsets().tolist()), torch.stack([X[:, 1], y[:, 0]], 1)
    )
    assert texts(ax)[:2] == ("Label against feature 2", "feature 2 (dimensionless)")


def test_the_fit_takes_out_the_other_shares_and_draws_the_line(data):
    X, y = data
    w, b = least_squares(X, y)
    ax = plots.plot_fit(X, y.flatten(), w.requires_grad_(), b, feature=1)
    points = torch.tensor(ax.collections[0].get_offsets().tolist())
    assert (points[:, 1] - (4.2 - 3.4 * points[:, 0])).abs().max() < 0.1
    ends, heights = (torch.as_tensor(values) for values in ax.lines[0].get_data())
    assert heights.tolist() == pytest.approx((4.2 - 3.4 * ends).tolist(), abs=0.02)
    assert texts(ax)[2:] == ("label − other shares (dimensionless)", ["examples", "learned"])


def test_losses_of_steps_and_epochs_on_a_log_axis_with_the_floor(run):
    ax = plots.plot_losses(run, noise_std=0.01)
    steps, epochs, floor = ax.lines
    assert list(steps.get_ydata()) == run.step_losses.tolist()
    assert list(epochs.get_xdata()) == [10, 20, 30]
    assert list(epochs.get_ydata()) == run.epoch_losses
    assert floor.get_ydata()[0] == pytest.approx(5e-5) and ax.get_yscale() == "log"
    assert texts(ax) == (
        "Loss during training",
        "step (count)",
        "loss (label units squared)",
        ["each minibatch", "all data, each epoch", "noise floor"],
    )


def test_runs_are_told_apart_by_name_marker_and_line(data, run, seeded):
    diverged = train(*data, lr=10, num_epochs=5, generator=seeded(0))
    ax = plots.compare_runs({"lr 0.03": run, "lr 10": diverged}, title="Two rates")
    assert texts(ax)[0] == "Two rates" and texts(ax)[3] == ["lr 0.03", "lr 10"]
    assert len({(line.get_marker(), line.get_linestyle()) for line in ax.lines}) == 2
    ax.figure.canvas.draw()  # inf and nan break nothing


@pytest.mark.parametrize("d", [1, 2, 3])
def test_the_path_is_that_of_the_run_and_ends_near_the_star(d, seeded):
    X, y = synthetic_data([2.0, -3.4, 1.0][:d], 4.2, 50, generator=seeded(0))
    run = train(X, y, lr=0.2, num_epochs=10, generator=seeded(0))
    ax = plots.plot_path(run, X, y)
    path, star = ax.lines
    torch.testing.assert_close(torch.as_tensor(path.get_xydata()).float(), run.step_params[:, :2])
    assert star.get_xydata()[0] == pytest.approx(run.step_params[-1, :2].tolist(), abs=0.01)
    assert texts(ax)[2] == ("bias (dimensionless)" if d == 1 else "second weight (dimensionless)")
    ax.figure.canvas.draw()


def test_the_path_of_a_diverged_run_stays_in_view(data, seeded):
    run = train(*data, lr=10, num_epochs=5, generator=seeded(0))
    assert run.step_params[-1].isnan().all()
    path = torch.as_tensor(plots.plot_path(run, *data).lines[0].get_xydata())
    assert 1 <= len(path) < run.num_steps and path.isfinite().all()
    torch.testing.assert_close(path.float(), run.step_params[: len(path), :2])


def test_given_axes_are_drawn_into(data):
    _, ax = plt.subplots()
    assert plots.plot_data(*data, ax=ax) is ax


def test_a_feature_that_is_not_there_is_refused(data):
    with pytest.raises(ValueError, match=r"feature must be from 0 to 1; got 2\. Write feature=0"):
        plots.plot_data(*data, feature=2)
