import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from linreg_lib import data_iter
from linreg_lib.iterators import _ROWS_PER_GATHER


def numbered(n, device="cpu"):
    """Features whose first column is the example's number, labels that say it again."""
    number = torch.arange(n, dtype=torch.float32, device=device).reshape(-1, 1)
    return torch.cat([number, -number], dim=1), 10 * number


def test_shapes_and_the_short_last_batch():
    X, y = numbered(25)
    shapes = [(tuple(A.shape), tuple(c.shape)) for A, c in data_iter(10, X, y)]
    assert shapes == [((10, 2), (10, 1)), ((10, 2), (10, 1)), ((5, 2), (5, 1))]


@given(n=st.integers(1, 200), batch_size=st.integers(1, 250), seed=st.integers(0, 2**32))
def test_every_example_exactly_once_an_epoch_beside_its_own_label(n, batch_size, seed):
    X, y = numbered(n)
    batches = list(data_iter(batch_size, X, y, generator=torch.Generator().manual_seed(seed)))
    seen = torch.cat([A for A, _ in batches])
    assert seen[:, 0].sort().values.tolist() == list(range(n))
    assert torch.equal(torch.cat([c for _, c in batches]), 10 * seen[:, :1])
    assert torch.equal(seen[:, 1], -seen[:, 0])


@given(n=st.integers(1, 200), batch_size=st.integers(1, 250))
def test_drop_last_keeps_the_full_batches_only(n, batch_size):
    X, y = numbered(n)
    batches = list(data_iter(batch_size, X, y, drop_last=True))
    assert [len(A) for A, _ in batches] == [batch_size] * (n // batch_size)


@pytest.mark.parametrize("batch_size", [7, 1000, _ROWS_PER_GATHER + 1])
def test_every_example_once_where_rows_are_gathered_several_times(batch_size):
    n = 2 * _ROWS_PER_GATHER + 5
    X, y = numbered(n)
    batches = list(data_iter(batch_size, X, y))
    lengths = [len(A) for A, _ in batches]
    assert lengths[:-1] == [batch_size] * (n // batch_size) and lengths[-1] == n % batch_size
    assert torch.cat([A[:, 0] for A, _ in batches]).sort().values.tolist() == list(range(n))


def test_without_shuffle_the_order_is_that_of_the_data():
    X, y = numbered(11)
    assert torch.equal(torch.cat([A for A, _ in data_iter(4, X, y, shuffle=False)]), X)


def test_a_new_order_at_each_pass_and_the_same_one_from_the_same_seed(seeded):
    X, y = numbered(100)

    def order(generator):
        return torch.cat([A[:, 0] for A, _ in data_iter(10, X, y, generator=generator)]).tolist()

    generator = seeded(1)
    first, second = order(generator), order(generator)
    assert first != second and first != list(range(100))
    assert order(seeded(1)) == first


def test_all_orders_of_three_examples_come_equally_often(seeded):
    X, y = numbered(3)
    generator, counts = seeded(0), {}
    for _ in range(3000):
        [(A, _)] = data_iter(3, X, y, generator=generator)
        order = tuple(A[:, 0].tolist())
        counts[order] = counts.get(order, 0) + 1
    assert len(counts) == 6
    assert all(400 < count < 600 for count in counts.values())  # 500 expected, sd 20


def test_integers_of_other_libraries_are_integers():
    X, y = numbered(10)
    for four in (np.int64(4), torch.tensor(4)):
        assert [len(A) for A, _ in data_iter(four, X, y)] == [4, 4, 2]


def test_writing_into_a_batch_leaves_the_data_and_later_batches_alone():
    for shuffle in (True, False):
        X, y = numbered(30)
        total = 0.0
        for A, c in data_iter(10, X, y, shuffle=shuffle):
            total += float(A[:, 0].sum())
            A.zero_()
            c.zero_()
        assert total == sum(range(30))
        assert torch.equal(X, numbered(30)[0]) and torch.equal(y, numbered(30)[1])


def test_generators_of_any_device_serve_data_on_any_device(device, seeded):
    X, y = numbered(20, device)
    for generator in (None, seeded(0), seeded(0, device)):
        batches = list(data_iter(6, X, y, generator=generator))
        assert {A.device.type for A, _ in batches} == {device.type}
        assert torch.cat([A[:, 0] for A, _ in batches]).sort().values.tolist() == list(range(20))


def test_features_of_any_shape_and_labels_of_one_dimension():
    images, digits = torch.rand(9, 4, 4), torch.arange(9)
    shapes = [(tuple(A.shape), tuple(c.shape)) for A, c in data_iter(6, images, digits)]
    assert shapes == [((6, 4, 4), (6,)), ((3, 4, 4), (3,))]


def test_a_given_generator_leaves_the_global_one_alone(seeded):
    before = torch.get_rng_state()
    list(data_iter(3, *numbered(10), generator=seeded(0)))
    assert torch.equal(torch.get_rng_state(), before)


X, Y = numbered(10)
BAD_CALLS = [
    ((0, X, Y), ValueError, r"batch_size must be at least 1; got 0\. Write batch_size=10"),
    ((-3, X, Y), ValueError, r"got -3"),
    ((2.0, X, Y), TypeError, r"batch_size must be an integer; got 2\.0\. Write batch_size=10"),
    ((True, X, Y), TypeError, r"batch_size must be an integer; got True"),
    ((None, X, Y), TypeError, r"got None"),
    ((10, X, Y[1:]), ValueError, r"same length; got 10 and 9\. Give each example one label"),
    ((10, X[:0], Y[:0]), ValueError, r"at least one example; got none\. Look"),
    ((10, [1.0], Y), TypeError, r"features must be a tensor.*got list\. Write torch\.tensor"),
    ((10, X, torch.tensor(1.0)), TypeError, r"labels must be a tensor.*no dimension"),
]


@pytest.mark.parametrize(("arguments", "error", "message"), BAD_CALLS)
def test_bad_input_is_refused_at_the_call(arguments, error, message):
    with pytest.raises(error, match=message):
        data_iter(*arguments)  # no `next`


def test_a_seed_in_place_of_a_generator_is_refused_at_the_call():
    with pytest.raises(TypeError, match=r"torch\.Generator or None; got 42"):
        data_iter(10, X, Y, generator=42)
