"""What a ledger holds. The fields are explained to people in ``docs/ledger/records.md``."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from hedgerow.errors import UnknownNameError
from hedgerow.provenance import Status
from hedgerow.world.actors import alias_table
from hedgerow.written.rates import Share

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Kind(StrEnum):
    """Kinds of records, in the order in which one needs the other."""

    PARTNERSHIP = "partnership"
    GOAL = "goal"
    COMMITMENT = "commitment"
    OUTCOME = "outcome"
    VERIFICATION = "verification"
    ATTRIBUTION = "attribution"
    WITHDRAWAL = "withdrawal"


class PartnershipKind(StrEnum):
    """What the members have founded."""

    ALLIANCE = "alliance"
    MINILATERAL = "minilateral"
    TRADE_AGREEMENT = "trade_agreement"
    MULTI_STAKEHOLDER = "multi_stakeholder"
    INITIATIVE = "initiative"


class MemberKind(StrEnum):
    """Who a member is."""

    STATE = "state"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    SUBNATIONAL = "subnational"
    FIRM = "firm"
    FOUNDATION = "foundation"
    CIVIL_SOCIETY = "civil_society"
    RESEARCH = "research"
    OTHER = "other"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Level(StrEnum):
    """How an outcome was confirmed, weakest first."""

    CLAIMED = "claimed"
    """Nobody but the partnership says so."""
    AUDITED = "audited"
    """Somebody else went through the books."""
    INDEPENDENT = "independent"
    """Somebody else measured it."""
    COUNTERFACTUAL = "counterfactual"
    """Somebody else measured what would have been without the partnership."""


def _id(written: str) -> str:
    if not _ID.fullmatch(written) or len(written) > 60:
        raise ValueError(f"{written!r} is no id; write small letters, digits and hyphens, as in access-2030")
    return written


def _reference(written: str) -> str:
    for part in written.split("/", 1):
        _id(part)
    return written


def _link(written: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+.*", written):
        raise ValueError(f"{written!r} is no link; write https://...")
    return written


Day = date
Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, AfterValidator(_id)]
Reference = Annotated[str, AfterValidator(_reference)]
"""An id of the same partnership, or ``partnership/id``."""
Link = Annotated[str, AfterValidator(_link)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Model(BaseModel):
    """Frozen, and strict about unknown keys. What is None was not stated; it is never zero."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Source(Model):
    """Where a reader finds what a record says."""

    title: Text
    """author and title of the document"""
    url: Link | None = None
    """where it can be read"""
    published: Day | None = None
    """the day it appeared"""
    place: Text | None = None
    """page, table or paragraph"""


class Member(Model):
    """One member during one spell. A state is written by code or name: ``"Canada"`` is ``{id = "CAN"}``."""

    id: Text
    """ISO-3 code of a state; of others an id such as ``gates-foundation``"""
    kind: MemberKind = MemberKind.STATE
    """what the member is; a state when left out"""
    name: Text | None = None
    """name of a member that is no state"""
    role: str = "member"
    """founder, donor, host, implementer, observer..."""
    seats: Annotated[int, Field(ge=0)] | None = None
    """seats in the governing body"""
    joined: Day | None = None
    """first day; that of the partnership when left out"""
    left: Day | None = None
    """last day; still a member when left out"""

    @model_validator(mode="before")
    @classmethod
    def _as_people_write(cls, value: Any) -> Any:
        made = {"id": value} if isinstance(value, str) else value
        if not isinstance(made, dict) or not isinstance(made.get("id"), str):
            return made
        if made.get("kind", MemberKind.STATE) != MemberKind.STATE:
            return {**made, "id": _id(made["id"])}
        try:
            return {**made, "id": alias_table().code(made["id"], field="member")}
        except UnknownNameError as error:
            raise ValueError(f"{error}; a member that is no state needs its kind") from None

    @property
    def label(self) -> str:
        """The name to show."""
        return alias_table().names[self.id] if self.kind is MemberKind.STATE else self.name or self.id


class Procedure(Model):
    """How the partnership is run: shares of the questions answered with yes. Never averaged with outcomes."""

    participation: Share | None = None
    transparency: Share | None = None
    accountability: Share | None = None
    representation: Share | None = None
    source: Source


class Partnership(Model):
    """Who works together, on what, since when."""

    type: Literal[Kind.PARTNERSHIP] = Kind.PARTNERSHIP
    id: Id
    """short name of the partnership, used in every command"""
    title: Text
    """full name"""
    kind: PartnershipKind
    """alliance, minilateral, trade_agreement, multi_stakeholder or initiative"""
    issue: Text
    """issue area: climate, health, energy, security, trade..."""
    since: Day
    """first day"""
    until: Day | None = None
    """last day, if it has ended"""
    members: Annotated[tuple[Member, ...], Field(min_length=1)]
    """states and others, each with its spell"""
    members_complete: bool = True
    """false where the list names only some of the members"""
    procedure: Procedure | None = None
    source: Source
    """where this can be read"""
    note: Text | None = None

    def spell(self, member: Member) -> tuple[date, date]:
        """First and last day of a membership; the last is ``date.max`` while it goes on."""
        return member.joined or self.since, member.left or self.until or date.max

    def members_on(self, day: date) -> list[Member]:
        """Who is a member on a day."""
        return [member for member in self.members if self.spell(member)[0] <= day <= self.spell(member)[1]]


class Measured(Model):
    """A value on a day."""

    value: Number
    date: Day
    status: Status = Status.PUBLISHED
    source: Source | None = None
    """when it is not that of the record"""


class Counterfactual(Model):
    """What the indicator would have been on a day without the partnership; a straight line leads there."""

    value: Number
    low: Number | None = None
    high: Number | None = None
    date: Day
    method: Text
    """trend, synthetic control, comparison group... in one sentence"""
    status: Status = Status.ASSUMED
    source: Source | None = None


class Goal(Model):
    """What is to be reached, measured how, from where, until when."""

    type: Literal[Kind.GOAL] = Kind.GOAL
    id: Id
    """short name of the goal"""
    title: Text
    """what is promised, in the words of the partnership"""
    indicator: Text | None = None
    """what is measured"""
    unit: Text | None = None
    """of baseline, target and every outcome: per cent, million people..."""
    direction: Direction
    """up where more is better, down where less is"""
    scope: Text | None = None
    """where and for whom"""
    baseline: Measured | None = None
    """where it starts"""
    target: Number | None = None
    """the value to reach"""
    deadline: Day | None = None
    """the day by which"""
    responsible: tuple[Text, ...] = ()
    """ids of the members that answer for it"""
    counterfactual: Counterfactual | None = None
    """without one, nothing can be said about what the partnership added"""
    weight: Annotated[Number, Field(gt=0)] = 1.0
    """among the goals of the partnership"""
    source: Source
    """where the promise can be read"""
    note: Text | None = None


class Commitment(Model):
    """Who gives what."""

    type: Literal[Kind.COMMITMENT] = Kind.COMMITMENT
    id: Id
    """short name of the commitment"""
    goal: Id | None = None
    """what it is for; the whole partnership when left out"""
    by: Text
    """id of the member that gives"""
    what: Text
    """money, vaccines, forces, a law..."""
    amount: Number | None = None
    unit: Text | None = None
    """of the amount: million USD..."""
    date: Day
    """the day it was made"""
    due: Day | None = None
    """the day by which it is to be given"""
    source: Source
    """where it can be read"""
    note: Text | None = None


class Outcome(Model):
    """What is reported to have been reached, in the unit of the goal."""

    type: Literal[Kind.OUTCOME] = Kind.OUTCOME
    id: Id
    """short name of the outcome"""
    goal: Id
    """id of the goal it is about"""
    value: Number
    """in the unit of the goal"""
    low: Number | None = None
    high: Number | None = None
    date: Day
    """the day it holds for; the last day of a period"""
    coverage: Text | None = None
    """what part of the goal's scope it covers"""
    reported_by: Text
    """who says so"""
    status: Status = Status.PUBLISHED
    same_as: Reference | None = None
    """the same fact under another partnership, as ``partnership/outcome``; both share one hundred per cent"""
    source: Source
    """where the report can be read"""
    note: Text | None = None


class Verification(Model):
    """Who confirmed an outcome, or did not, and on what evidence."""

    type: Literal[Kind.VERIFICATION] = Kind.VERIFICATION
    id: Id
    """short name of the verification"""
    outcome: Id
    """id of the outcome it is about"""
    level: Level
    """claimed, audited, independent or counterfactual"""
    by: Text
    """who verified"""
    evidence: Link
    """link to the evidence"""
    sha256: Sha256 | None = None
    """of the evidence, so that nobody can exchange it"""
    date: Day
    """the day of the verdict"""
    confirms: bool = True
    """false where the verifier found the outcome wrong"""
    note: Text | None = None


class Attribution(Model):
    """What part of an outcome is the work of this partnership."""

    type: Literal[Kind.ATTRIBUTION] = Kind.ATTRIBUTION
    id: Id
    """short name of the attribution"""
    outcome: Reference
    """id of the outcome; ``partnership/outcome`` where another partnership reports it"""
    share: Share
    """0.4 or "40%" """
    low: Share | None = None
    high: Share | None = None
    method: Text
    """how the share was found, in one sentence"""
    date: Day
    """the day it was stated"""
    status: Status = Status.ASSUMED
    source: Source | None = None
    note: Text | None = None


class Withdrawal(Model):
    """A record that no longer holds, with the reason; it stays in the journal."""

    type: Literal[Kind.WITHDRAWAL] = Kind.WITHDRAWAL
    id: Id
    """id of the record that is withdrawn"""
    of: Kind
    """its kind"""
    reason: Text
    """why"""


AnyRecord = Partnership | Goal | Commitment | Outcome | Verification | Attribution | Withdrawal
Record = Annotated[AnyRecord, Field(discriminator="type")]

MODELS: dict[Kind, type[AnyRecord]] = {
    Kind.PARTNERSHIP: Partnership,
    Kind.GOAL: Goal,
    Kind.COMMITMENT: Commitment,
    Kind.OUTCOME: Outcome,
    Kind.VERIFICATION: Verification,
    Kind.ATTRIBUTION: Attribution,
    Kind.WITHDRAWAL: Withdrawal,
}
"""Kind to the record it holds."""
