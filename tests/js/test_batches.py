"""The viewer's minibatches and the engine's random numbers against PyTorch's own."""

import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linreg_lib.widgets.minibatch_viewer import draw_batches

CASE = st.fixed_dictionaries(
    {
        "num_examples": st.integers(1, 60),
        "batch_size": st.integers(1, 70),
        "shuffle": st.booleans(),
        "drop_last": st.booleans(),
        "seed": st.integers(0, 2**32 - 1),
    }
)


def draws(strategy, count):
    found = []

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(value):
        found.append(value)

    draw()
    return found


def test_minibatches_are_those_of_data_iter(js):
    cases = draws(CASE, 200)
    ours = js("js/batches.js", "return args.map((c) => m.epochsOf(c, 3))", cases)
    for case, epochs in zip(cases, ours, strict=True):
        assert epochs == draw_batches(case, 3), case


def test_random_numbers_are_pytorchs(js):
    # Sizes on both sides of 16, where PyTorch changes its method, and twice from one generator.
    cases = [(seed, n) for seed in (0, 1, 42, 2**32 - 1) for n in (1, 2, 7, 15, 16, 17, 33, 2000)]
    body = """return args.map(([seed, n]) => {
        const g = m.generator(seed);
        return [[...g.randn(n)], [...g.randn(3)], [...g.randperm(n)], [...g.randn(n)]];
    })"""
    for (seed, n), (first, short, order, second) in zip(
        cases, js("js/random.js", body, cases), strict=True
    ):
        g = torch.Generator().manual_seed(seed)
        for mine, size in ((first, n), (short, 3)):
            theirs = torch.randn(size, generator=g)
            torch.testing.assert_close(torch.tensor(mine), theirs, rtol=0, atol=4e-6)
        assert order == torch.randperm(n, generator=g).tolist()
        theirs = torch.randn(n, generator=g)
        torch.testing.assert_close(torch.tensor(second), theirs, rtol=0, atol=4e-6)
