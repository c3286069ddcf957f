"""The running mean of the weights; skipped where torch, needed for training alone, is missing."""

import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; `make train` installs it")
sys.path.insert(0, str(Path(__file__).parents[2] / "tools" / "training"))


def network(weight: float) -> "torch.nn.Linear":
    made = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.constant_(made.weight, weight)
    return made


def followed(weights: list[float], share: float) -> tuple["torch.nn.Linear", float]:
    """A network led through some weights, and their mean as the first of them and the steps after it make it."""
    from average import RunningMean

    learning = network(weights[0])
    mean = RunningMean((learning,), share)
    expected = weights[0]
    for step, weight in enumerate(weights[1:], 1):
        torch.nn.init.constant_(learning.weight, weight)
        mean.follow()
        keep = min(share, step / (step + 10))
        expected = keep * expected + (1 - keep) * weight
    mean.swap()
    return learning, expected


@pytest.mark.parametrize("share", [0.5, 0.998])
def test_the_mean_follows_the_weights_and_forgets_the_first(share: float) -> None:
    learned, expected = followed([5.0, *[1.0] * 40], share)
    assert learned.weight.item() == pytest.approx(expected, rel=1e-5)
    assert learned.weight.item() == pytest.approx(1.0, abs=1e-3)


def test_swapped_twice_the_network_has_its_own_weights_again() -> None:
    from average import RunningMean

    learning = network(2.0)
    mean = RunningMean((learning,), 0.9)
    torch.nn.init.constant_(learning.weight, 4.0)
    mean.follow()
    mean.swap()
    assert 2.0 < learning.weight.item() < 4.0
    mean.swap()
    assert learning.weight.item() == 4.0


def test_weights_that_do_not_learn_stay_as_they_are() -> None:
    from average import RunningMean

    frozen, learning = network(3.0), network(1.0)
    frozen.weight.requires_grad_(False)
    mean = RunningMean((frozen, learning), 0.9)
    torch.nn.init.constant_(frozen.weight, 7.0)
    mean.follow()
    mean.swap()
    assert frozen.weight.item() == 7.0
