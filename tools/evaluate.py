"""Score the program: `make eval`.

Runs the coder once over the seed article (where ../shared is) and the development reports, each further stage once over
its set, prints the figures and compares them with the floors pinned in floors.toml. A set that is not there is skipped
with one plain line; a stage that fails, and a figure below its floor, are named at the end and make the exit code 1.

    evaluate.py [--report FILE.html] [--only NAME,NAME] [--json FILE] [--shared FOLDER]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from attrs import Factory, define
from evaluation.agreement import ActorNames, Record
from evaluation.breakdown import BREAKDOWNS, by_group, outside_english
from evaluation.calibration import brier_score, calibration_error, reliability
from evaluation.claims import ALSO_SCORED, FIELDS, ClaimScore, ReportScore, score_report, total
from evaluation.errorpage import error_page
from evaluation.floors import failures, read_pins
from evaluation.sets import CORPUS, REPO, EvaluationError, ScoredSet, claim_sets, gold_rows, stage_sets, timed_ask
from evaluation.stages import SCORERS, score_clusters_in_topic

BASIS = "model-coded gold, adjudicated; coder agreement 0.95 detection, 0.83 exact"
FLOORS = Path(__file__).parent / "floors.toml"
Figures = dict[str, float]


@define
class Run:
    """What came of a run: figures by name, sets measured, what failed, and the scored reports for the error page."""

    figures: Figures = Factory(dict)
    measured: set[str] = Factory(set)
    failed: list[str] = Factory(list)
    errors: list[tuple[str, list[ReportScore]]] = Factory(list)


def score_claims(gold: dict[str, Record], said: dict[str, Record]) -> list[ReportScore]:
    """Score every gold report; one that the program did not answer counts as coded to nothing."""
    actors = ActorNames(json.loads((CORPUS / "dev" / "actors.json").read_text(encoding="utf-8")))
    return [score_report(report, said.get(i, {}).get("claims", []), actors) for i, report in gold.items()]


def claim_figures(name: str, score: ClaimScore) -> Figures:
    """The figures of a set of gold claims, by name."""
    out: Figures = {f"{name}.quotes_not_in_text": score.unfounded}
    for kind in score.kinds():
        out[f"{name}.detection.{kind}"] = score.detection(kind).f1
        out[f"{name}.exact.{kind}"] = score.exactness(kind).f1
        for field in (*FIELDS.get(kind, ()), *(ALSO_SCORED if kind in FIELDS else ())):
            out[f"{name}.field.{kind}.{field}"] = score.field_share(kind, field)
    return out


def show_rates(score: ClaimScore) -> None:
    """Print detection and exact, a kind a line."""
    print(f"  {'':<12}{'detection':>22}{'exact':>24}")
    print(f"  {'':<12}{'P':>8}{'R':>7}{'F1':>7}{'P':>10}{'R':>7}{'F1':>7}{'gold':>8}{'said':>7}")
    for kind in score.kinds():
        found, exact = score.detection(kind), score.exactness(kind)
        print(
            f"  {kind:<12}{found.precision:>8.3f}{found.recall:>7.3f}{found.f1:>7.3f}{exact.precision:>10.3f}"
            f"{exact.recall:>7.3f}{exact.f1:>7.3f}{found.gold:>8}{found.given:>7}"
        )


def show_fields(score: ClaimScore) -> None:
    """Print the share of agreeing pairs, a kind a line."""
    print("  fields over the pairs")
    for kind in score.kinds()[:-1]:
        shares = (f"{f} {score.field_share(kind, f):.3f}" for f in (*FIELDS[kind], *ALSO_SCORED))
        print(f"    {kind} ({score.found[kind]}): {', '.join(shares)}")


def show_breakdowns(scores: Sequence[ReportScore]) -> None:
    """Print detection and exact F1 of each language, war and length."""
    for title, group_of in BREAKDOWNS.items():
        print(f"  by {title}")
        for group, score in by_group(scores, group_of).items():
            found, exact = score.detection(), score.exactness()
            print(
                f"    {group:<24}{score.reports:>4} reports{found.gold:>6} claims"
                f"   detection {found.f1:.3f}   exact {exact.f1:.3f}"
            )


def confidence_figures(name: str, scores: Sequence[ReportScore]) -> Figures:
    """Print how well the confidences fit the outcomes; empty where the program gave none."""
    outcomes = [
        (claim["confidence"], exact)
        for score in scores
        for claim, exact in score.outcomes
        if claim.get("confidence") is not None
    ]
    if not outcomes:
        print("  confidence: none given")
        return {}
    brier, error = brier_score(outcomes), calibration_error(outcomes)
    right = sum(exact for _, exact in outcomes) / len(outcomes)
    print(
        f"  confidence of {len(outcomes)} claims against exact: Brier score {brier:.3f} (always saying {right:.2f}: "
        f"{right * (1 - right):.3f}), calibration error {error:.3f}"
    )
    for b in reliability(outcomes):
        print(f"    {b.low:.1f} to {b.high:.1f}{b.claims:>6} claims   said {b.confidence:.2f}   exact {b.exact:.2f}")
    return {f"{name}.brier": brier, f"{name}.calibration_error": error}


def measure_claims(scored: ScoredSet) -> tuple[Figures, list[ReportScore]]:
    """Run and score one set of gold claims."""
    gold = gold_rows(scored)
    said, seconds = timed_ask(scored, gold)
    scores = score_claims(gold, said)
    score = total(scores)
    answered = len(gold.keys() & said.keys())
    print(
        f"  {answered} of {len(gold)} reports answered in {seconds:.1f} s; {score.unfounded} quotes not in their text"
    )
    show_rates(score)
    figures = claim_figures(scored.name, score)
    if len(gold) > 1:
        show_fields(score)
        show_breakdowns(scores)
        figures[f"{scored.name}.detection.outside_english"] = outside_english(scores).f1
        figures |= confidence_figures(scored.name, scores)
    return figures, scores


def measure_stage(scored: ScoredSet) -> Figures:
    """Run and score one stage."""
    gold = gold_rows(scored)
    said, seconds = timed_ask(scored, gold)
    scorer = score_clusters_in_topic if scored.name == "documents" else SCORERS[scored.stage]
    figures = scorer(gold, said)
    print(f"  {len(gold.keys() & said.keys())} of {len(gold)} rows answered in {seconds:.1f} s")
    for name, value in figures.items():
        print(f"    {name:<28}{value:>8.3f}")
    return {f"{scored.name}.{name}": value for name, value in figures.items()}


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Score the program against gold claims and public benchmarks.")
    parser.add_argument("--report", type=Path, metavar="FILE.html", help="write every error in its sentence")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument("--only", default="", metavar="NAME,NAME", help="score these sets only")
    parser.add_argument("--shared", type=Path, default=REPO.parent / "shared", help="folder of the sets kept outside")
    return parser.parse_args(argv)


def evaluate(scored: ScoredSet, run: Run) -> None:
    """Measure one set and note in the run what came of it; a set that is not there is skipped."""
    if not scored.file.exists():
        print(f"{scored.name}: skipped, {scored.title} is not at hand")
        return
    ours = scored.stage == "claims" or scored.answers is not None
    print(f"{scored.name}: {scored.title}{f' ({BASIS})' if ours else ''}", flush=True)
    try:
        if scored.stage == "claims":
            figures, scores = measure_claims(scored)
            run.errors.append((scored.title, scores))
        else:
            figures = measure_stage(scored)
    except EvaluationError as error:
        print(f"  failed: {error}")
        run.failed.append(f"{scored.name}: {error}")
        return
    run.figures |= figures
    run.measured.add(scored.name)


def main(argv: Sequence[str] | None = None) -> int:
    """Score every set at hand; 0 where nothing failed and every figure holds its floor, else 1."""
    args = arguments(argv)
    only = {name for name in args.only.split(",") if name}
    run = Run()
    for scored in (*claim_sets(args.shared), *stage_sets(args.shared)):
        if not only or scored.name in only:
            evaluate(scored, run)
    if args.report is not None:
        args.report.write_text(error_page(run.errors, BASIS), encoding="utf-8")
    if args.json is not None:
        args.json.write_text(json.dumps(run.figures, indent=1) + "\n", encoding="utf-8")
    run.failed += failures(run.figures, read_pins(FLOORS), run.measured)
    print(f"{len(run.figures)} figures of {len(run.measured)} sets; {len(run.failed)} failures")
    for line in run.failed:
        print(f"FAILED {line}", file=sys.stderr)
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
