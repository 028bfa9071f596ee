"""Why each scoring rule is as it is, and where it comes from: what an analyst reads before choosing one."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.scorecards.scoring.kinds import RuleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """The formula in one line, when to use it and what to mind, and the practice or paper that it is known from."""

    formula: str
    rationale: str
    reference: str


REASONS: Mapping[RuleKind, Reason] = {
    RuleKind.LARGER_BETTER: Reason(
        formula="100·(x − b)/(t − b)",
        rationale="For volumes and rates that shall grow. What was there before counts nothing with a baseline.",
        reference="ServiceNow Goal Framework, Maximize: (A−S)/(T−S).",
    ),
    RuleKind.SMALLER_BETTER: Reason(
        formula="100·(b − x)/(b − t)",
        rationale="For delays, defects and costs. The ratio of target to actual grows without limit near zero, so a "
        "baseline is needed.",
        reference="ServiceNow Goal Framework, Minimize: (S−A)/(S−T).",
    ),
    RuleKind.RANGE: Reason(
        formula="0 outside, 100 inside, a straight line on both slopes",
        rationale="For what is wrong in both directions, such as stock or utilisation.",
        reference="Spider Impact, stabilise: best in the middle.",
    ),
    RuleKind.BINARY: Reason(
        formula="met → 100, else 0",
        rationale="For duties without degrees. What is not due yet is no zero.",
        reference="ServiceNow Goal Framework, Milestone; Spider Impact, yes or no.",
    ),
    RuleKind.MILESTONES: Reason(
        formula="Σ w·done·q, q = max(0, 1 − d·days late)",
        rationale="For projects. Done needs evidence; a gate keeps later work from hiding what is not finished.",
        reference="Earned value practice: 0/100 and 50/50 rules.",
    ),
    RuleKind.BANDS: Reason(
        formula="points of the band, closed below and open above",
        rationale="For figures that nobody trusts to the last digit. Each edge is a cliff: see who lies just above it.",
        reference="SuccessFactors, metric lookup table, step (KBA 2072202).",
    ),
    RuleKind.INTERPOLATED: Reason(
        formula="p_lo + (p_hi − p_lo)·(x − lo)/(hi − lo)",
        rationale="As bands, without cliffs between them.",
        reference="SuccessFactors, metric lookup table, interpolated (KBA 2072202).",
    ),
    RuleKind.EFFICACY: Reason(
        formula="c_i + k·(c_{i−1} − c_i), k = (x − s_i)/(s_{i−1} − s_i)",
        rationale="For units of unlike business, each by the standards of its own industry and size. Short of the "
        "worst standard is a cliff.",
        reference="Efficacy coefficient method (功效系数法), with the supervisor's (SASAC) tables by industry.",
    ),
    RuleKind.STRETCH: Reason(
        formula="straight lines through threshold, target, stretch; 0 short of the threshold",
        rationale="For incentives with a least and a most. The threshold is a cliff and invites gaming around it.",
        reference="Published incentive clauses: a part at the threshold, a straight line to the maximum.",
    ),
    RuleKind.STEPS: Reason(
        formula="base ± steps·points, capped",
        rationale="For rules such as two points for each five percent; whether parts of a step count must be told.",
        reference="Assessment rules of enterprises (加分、扣分).",
    ),
    RuleKind.ASYMMETRIC: Reason(
        formula="base + gain·% beyond, − loss·% short",
        rationale="Where a shortfall hurts more than a surplus helps.",
        reference="Assessment rules of enterprises; loss aversion after Kahneman and Tversky.",
    ),
    RuleKind.SIGNED_TARGET: Reason(
        formula="100·(1 + (x − t)/|t|)",
        rationale="For profits that may be losses: x/t calls a loss of 80 instead of 100 only eighty percent. While "
        "there is a loss, less of it may count half and grades have a ceiling.",
        reference="The state supervisor's (SASAC) rules for enterprises that make losses.",
    ),
    RuleKind.PEERS: Reason(
        formula="(rank − 0.5)/n, or centre + spread·z",
        rationale="Where no target is known but others face the same market. Fewer than eight say nothing.",
        reference="Relative performance targets; percentile by Hazen.",
    ),
    RuleKind.OKR: Reason(
        formula="min(1, done/target), read at one decimal",
        rationale="For ambitious goals, where 0.6 to 0.7 is good. No appraisal; pay follows only if a policy says so.",
        reference="Published OKR grading with 0.7 to 1.0, 0.4 to 0.6 and 0.0 to 0.3.",
    ),
    RuleKind.MAINTAIN: Reason(
        formula="periods kept / periods up to the newest report",
        rationale="For service levels. A gap before the newest report was not kept, so silence earns nothing.",
        reference="ServiceNow Goal Framework, Maintain above, below and constant.",
    ),
    RuleKind.ORDINAL: Reason(
        formula="points of the zone",
        rationale="For results in words, agreed before the work begins.",
        reference="puzzle/okr, ordinal key results: fail, commit, target, stretch.",
    ),
}
