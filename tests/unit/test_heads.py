"""The heads in numpy give what the heads in torch give; skipped where torch, needed for training alone, is missing."""

import sys
from pathlib import Path

import numpy as np
import pytest

from warledger.coding.candidates import Pool, same_and_other_side
from warledger.coding.labels import CLASSES, MEMBERS, ROLES
from warledger.coding.modality import FEATURES
from warledger.coding.scores import anchor_scores, group_scores
from warledger.coding.traits import TRAITS
from warledger.coding.words import find_words
from warledger.read.sentences import split_sentences

torch = pytest.importorskip("torch", reason="torch is not installed; `make train` installs it")
sys.path.insert(0, str(Path(__file__).parents[2] / "tools" / "training"))

TEXT = "Troops left Kobani on Monday. They reached Manbij by night."
WIDTH = 8


def pool(name: str, at: list[int]) -> Pool:
    numbers = np.array(at)
    traits = np.random.default_rng(len(name)).random((len(at), len(TRAITS[name]))).astype(np.float32)
    return Pool(
        values=tuple(at),
        spans=(),
        first=numbers,
        last=numbers,
        value=np.arange(len(at)),
        alternative=np.zeros(len(at), dtype=bool),
        traits=traits,
        rules=("",) * len(at),
        sides=("SY", "nonstate", "SY"),
    )


def test_numpy_heads_score_as_torch_heads_do() -> None:
    from network import Heads

    torch.manual_seed(3)
    heads = Heads(WIDTH).eval()
    torch.nn.init.normal_(heads.beside.weight)
    torch.nn.init.normal_(heads.cue.weight)
    weights = {name: value.detach().numpy() for name, value in heads.state_dict().items()}
    words = find_words(TEXT, split_sentences(TEXT))
    vectors = np.random.default_rng(3).normal(size=(len(words), WIDTH)).astype(np.float32)
    at, groups = np.array([1, 7]), np.array([4, 0])
    pools = {name: pool(name, [0, 2, 8]) for name in ("actors", "places", "times", "numbers")}
    cues = np.random.default_rng(4).integers(0, 2, (len(words), FEATURES)).astype(np.float32)
    ours = anchor_scores(vectors, at, groups, pools, words, cues, weights)
    with torch.no_grad():
        hidden = torch.from_numpy(vectors)
        anchors = heads.anchors(hidden, torch.from_numpy(at), torch.from_numpy(groups))
        np.testing.assert_allclose(group_scores(vectors, weights), heads.group(hidden).sigmoid().numpy(), atol=1e-5)
        codes = heads.code(anchors).masked_fill(~torch.from_numpy(MEMBERS[groups]), -1e4).softmax(-1)
        np.testing.assert_allclose(ours.code, codes.numpy(), atol=1e-5)
        modalities = heads.modalities(anchors, cues[at]).softmax(-1)
        np.testing.assert_allclose(ours.modality, modalities.numpy(), atol=1e-5)
        for name, candidates in pools.items():
            pairs = heads.pairs[name](at, anchors, hidden, candidates, words)
            columns = [ROLES.index(role) for role in CLASSES[name]]
            theirs = pairs - heads.null(anchors)[:, None, columns]
            if name == "actors":
                sides = [torch.from_numpy(side) for side in same_and_other_side(candidates.sides)]
                theirs = heads.weigh_beside(theirs, torch.from_numpy(groups), *sides)
            np.testing.assert_allclose(ours.roles[name].values, theirs.numpy(), atol=1e-4)
