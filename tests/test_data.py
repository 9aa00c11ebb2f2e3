import pytest
import torch

from linreg_lib import synthetic_data


def test_shapes_dtypes_and_devices_follow_w(dtype, device):
    w = torch.tensor([2.0, -3.4, 0.5], dtype=dtype, device=device)
    X, y = synthetic_data(w, 4.2, 7)
    assert X.shape == (7, 3) and y.shape == (7, 1)
    assert X.dtype == y.dtype == dtype
    assert X.device.type == y.device.type == device.type
    assert not X.requires_grad and not y.requires_grad


def test_plain_numbers_make_float32():
    X, y = synthetic_data([2, -3.4], 4.2, 5)
    assert X.shape == (5, 2) and X.dtype == y.dtype == torch.float32


def test_labels_without_noise_are_the_line_worked_out_by_hand(seeded):
    X, y = synthetic_data([2, -3.4], 4.2, 50, noise_std=0, generator=seeded(0))
    by_hand = [2 * x1 - 3.4 * x2 + 4.2 for x1, x2 in X.tolist()]
    assert y.flatten().tolist() == pytest.approx(by_hand, abs=1e-5)


def test_noise_has_the_standard_deviation_asked_for(seeded):
    X, y = synthetic_data([2.0], 4.2, 100_000, noise_std=0.5, generator=seeded(0))
    noise = y - (2 * X + 4.2)
    assert float(noise.mean()) == pytest.approx(0, abs=5 * 0.5 / 100_000**0.5)
    assert float(noise.std()) == pytest.approx(0.5, rel=0.01)
    assert X.mean().item() == pytest.approx(0, abs=0.02)
    assert X.std().item() == pytest.approx(1, rel=0.01)


def test_the_same_generator_state_draws_the_same_data_on_any_device(seeded, device):
    w = torch.tensor([1.0, 2.0], device=device)
    X, y = synthetic_data(w, 0.0, 9, generator=seeded(5))  # a CPU generator serves every device
    X_cpu, y_cpu = synthetic_data(w.cpu(), 0.0, 9, generator=seeded(5))
    assert torch.equal(X.cpu(), X_cpu)
    assert torch.allclose(y.cpu(), y_cpu, atol=1e-6)
    X_own, _ = synthetic_data(w, 0.0, 9, generator=seeded(5, device))
    assert X_own.device.type == device.type


def test_a_given_generator_leaves_the_global_one_alone(seeded):
    before = torch.get_rng_state()
    synthetic_data([2.0], 1.0, 10, generator=seeded(0))
    assert torch.equal(torch.get_rng_state(), before)


def test_parameters_that_require_grad_may_be_the_true_ones():
    w, b = torch.ones(2, 1, requires_grad=True), torch.ones(1, requires_grad=True)
    X, y = synthetic_data(w, b, 4)
    assert X.shape == (4, 2) and y.shape == (4, 1) and not y.requires_grad


NAN, INF = float("nan"), float("inf")
BAD_CALLS = [
    ({"w": 2.0}, TypeError, r"sequence of numbers.*got w=2\.0.*Write w=\[2, -3\.4\]"),
    ({"w": "ab"}, TypeError, r"got w='ab'"),
    ({"b": [1.0, 2.0]}, TypeError, r"b one number.*b=\[1\.0, 2\.0\]"),
    ({"b": torch.ones(2)}, TypeError, r"b one number.*b=tensor"),
    ({"w": torch.tensor([2, 3])}, TypeError, r"floating point.*got torch\.int64.*w\.float\(\)"),
    ({"w": []}, ValueError, r"at least one weight; got none\. Write"),
    ({"w": [1.0, NAN]}, ValueError, r"must be finite; got w=\[1\.0, nan\].*Replace"),
    ({"b": INF}, ValueError, r"must be finite.*b=inf"),
    ({"num_examples": 0}, ValueError, r"at least 1; got 0\. Write num_examples=1000"),
    ({"num_examples": 2.5}, TypeError, r"an integer; got 2\.5\. Write num_examples=1000"),
    ({"num_examples": True}, TypeError, r"an integer; got True"),
    ({"noise_std": -1}, ValueError, r"finite and not negative; got -1\.0\. Write noise_std=0\.01"),
    ({"noise_std": NAN}, ValueError, r"noise_std must be finite and not negative; got nan"),
    ({"noise_std": "x"}, TypeError, r"noise_std must be a number.*got 'x'"),
    ({"generator": 3}, TypeError, r"torch\.Generator or None; got 3\. Write .*manual_seed\(0\)"),
]


@pytest.mark.parametrize(("change", "error", "message"), BAD_CALLS)
def test_bad_input_is_refused_before_anything_is_drawn(seeded, change, error, message):
    generator = seeded(0)
    arguments = {"w": [2, -3.4], "b": 4.2, "num_examples": 10, "generator": generator, **change}
    with pytest.raises(error, match=message):
        synthetic_data(**arguments)
    assert torch.equal(generator.get_state(), seeded(0).get_state())
