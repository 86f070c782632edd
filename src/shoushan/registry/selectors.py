"""Questions to the registry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz, process

from shoushan.lib import rows, texts
from shoushan.registry.kinds import is_branch_name
from shoushan.registry.models import (
    Enterprise,
    EnterpriseArea,
    EnterpriseName,
    EnterpriseStatus,
    Frame,
    FrameMember,
)
from shoushan.registry.models.enterprises import EnterpriseQuerySet
from shoushan.registry.spelled import is_like

CHUNK = 500  # parameters of one IN list: every database accepts so many
SIMILAR_ENOUGH = 90.0  # handbook B6: similarity of names >= 0.9


class EnterpriseBrief(NamedTuple):
    """What an import needs to know of an enterprise; cheaper than the model by far."""

    id: int
    code: str
    uscc: str | None
    name: str
    name_key: str
    is_branch: bool
    area_code: str
    community_code: str
    industry_code: str
    employees_total: int | None
    status: str


class Match(NamedTuple):
    """What the register knows of one row.

    `by` is USCC, NAME, FORMER_NAME or "". `problem` is "" or one of: NAME_AMBIGUOUS (several have this name, none is
    chosen), NAME_HAS_OTHER_USCC (the enterprise of this name has another credit code), BRANCH_WITH_PARENT_USCC (the
    row names a branch, the code belongs to a legal person).
    """

    enterprise: EnterpriseBrief | None
    by: str = ""
    problem: str = ""


class Suggestion(NamedTuple):
    """An enterprise with a similar name; for a person to decide, never taken automatically."""

    code: str
    name: str
    similarity: float


def match_enterprises(*, usccs: Sequence[str | None], name_keys: Sequence[str]) -> list[Match]:
    """One Match for every pair of credit code and name key: exact code first, then a name that is unique.

    Former names count after present ones. Rows without a code pass None. 10,000 rows take some 60 short queries.
    """
    by_uscc = {brief.uscc: brief for brief in _briefs("uscc", usccs)}
    open_keys = {key for uscc, key in zip(usccs, name_keys, strict=True) if uscc not in by_uscc and key}
    by_name = _grouped((brief.name_key, brief) for brief in _briefs("name_key", open_keys))
    former = _by_former_name(open_keys - by_name.keys())
    return [
        _match(uscc, key, by_uscc.get(uscc) if uscc else None, by_name.get(key), former.get(key))
        for uscc, key in zip(usccs, name_keys, strict=True)
    ]


def _match(
    uscc: str | None,
    key: str,
    found: EnterpriseBrief | None,
    named: list[EnterpriseBrief] | None,
    formerly: list[EnterpriseBrief] | None,
) -> Match:
    if found is not None:
        mistaken = not found.is_branch and found.name_key != key and is_branch_name(key)
        return Match(found, "USCC", "BRANCH_WITH_PARENT_USCC" if mistaken else "")
    candidates = named or formerly
    if not candidates:
        return Match(None)
    if len(candidates) > 1:
        return Match(None, "", "NAME_AMBIGUOUS")
    only = candidates[0]
    other_code = bool(uscc and only.uscc)
    return Match(only, "NAME" if named else "FORMER_NAME", "NAME_HAS_OTHER_USCC" if other_code else "")


def _briefs(field: str, values: Iterable[str | None]) -> Iterator[EnterpriseBrief]:
    """In plain SQL: an import asks for every credit code and every name of its file, and the ORM's share would show."""
    columns = ", ".join(EnterpriseBrief._fields)
    sql = f"SELECT {columns} FROM registry_enterprise WHERE {field} IN {{in}}"  # noqa: S608 - names of our own
    found = rows.fetch_in(sql, sorted({value for value in values if value}))
    return (EnterpriseBrief._make((*each[:5], bool(each[5]), *each[6:])) for each in found)


def _by_former_name(keys: set[str]) -> dict[str, list[EnterpriseBrief]]:
    fields = [f"enterprise__{field}" for field in EnterpriseBrief._fields]
    pairs: set[tuple[str, EnterpriseBrief]] = set()
    for part in _chunks(keys):
        rows = EnterpriseName.objects.filter(name_key__in=part).order_by().values_list("name_key", *fields)
        pairs.update((key, EnterpriseBrief._make(values)) for key, *values in rows)
    return _grouped(pairs)


def _grouped(pairs: Iterable[tuple[str, EnterpriseBrief]]) -> dict[str, list[EnterpriseBrief]]:
    found: dict[str, list[EnterpriseBrief]] = {}
    for key, brief in pairs:
        found.setdefault(key, []).append(brief)
    return found


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(values)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))


class Stay(NamedTuple):
    """From a day on, an enterprise lay in this area; the first one has no beginning (`date.min`)."""

    since: date
    area_code: str


def stays_of(*, enterprise_ids: Collection[int]) -> dict[int, tuple[Stay, ...]]:
    """Where enterprises that came from another subdistrict lay, oldest first; all others are where the register says."""
    found: dict[int, tuple[Stay, ...]] = {}
    ids = sorted(enterprise_ids)
    for start in range(0, len(ids), CHUNK):
        left = EnterpriseArea.objects.filter(enterprise_id__in=ids[start : start + CHUNK]).order_by("until_on")
        rows = left.values_list("enterprise_id", "until_on", "area_code", "enterprise__area_code")
        moves: dict[int, list[tuple[date, str, str]]] = {}
        for number, *move in rows:
            moves.setdefault(number, []).append(tuple(move))  # type: ignore[arg-type]
        found |= {number: _stays(own) for number, own in moves.items()}
    return {number: own for number, own in found.items() if len(own) > 1}


def places_of(*, enterprise_ids: Collection[int]) -> dict[int, tuple[Stay, ...]]:
    """Where enterprises lay as finely as it is known, oldest first: by community, else by subdistrict.

    Those that never moved and whose community nobody told are left out: they are where the register says.
    """
    found: dict[int, tuple[Stay, ...]] = {}
    ids = sorted(enterprise_ids)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        told = Enterprise.objects.filter(pk__in=part).exclude(community_code="").order_by()
        found |= {number: (Stay(date.min, code),) for number, code in told.values_list("pk", "community_code")}
        left = EnterpriseArea.objects.filter(enterprise_id__in=part).select_related("enterprise").order_by("until_on")
        moves: dict[int, list[tuple[date, str, str]]] = {}
        for each in left:
            now = each.enterprise.community_code or each.enterprise.area_code
            move = (each.until_on, each.community_code or each.area_code, now)
            moves.setdefault(each.enterprise_id, []).append(move)
        found |= {number: _stays(own) for number, own in moves.items()}
    return found


def _stays(moves: list[tuple[date, str, str]]) -> tuple[Stay, ...]:
    """Moves (last day, area left, area now) as stays; what leads back to the same area is no new stay."""
    found = [Stay(date.min, moves[0][1])]
    areas = [area for _day, area, _now in moves[1:]] + [moves[-1][2]]
    for (until_on, _left, _now), area in zip(moves, areas, strict=True):
        if area != found[-1].area_code:
            found.append(Stay(until_on + timedelta(days=1), area))
    return tuple(found)


def stay_on(stays: Sequence[Stay], on: date) -> Stay | None:
    """The stay of a day among those of one enterprise; None when it never moved."""
    return next((stay for stay in reversed(stays) if stay.since <= on), None)


def area_on(*, enterprise: Enterprise, on: date) -> str:
    """The subdistrict in which an enterprise lay on a day."""
    stay = stay_on(stays_of(enterprise_ids=[enterprise.pk]).get(enterprise.pk, ()), on)
    return stay.area_code if stay else enterprise.area_code


class SimilarNames:
    """The name keys of a part of the register in memory, for suggestions over many rows of one file.

    `scope` are the area prefixes of the asker: nobody learns from a suggestion which enterprises others have.
    """

    def __init__(self, scope: Iterable[str]) -> None:
        rows = Enterprise.objects.within(scope).order_by("id").values_list("code", "name", "name_key")
        self._known = [(code, name) for code, name, _key in rows]
        self._keys = [key for _code, _name, key in rows]

    def suggest(self, name_key: str, limit: int = 3) -> list[Suggestion]:
        """The most similar names, at least 0.9 alike, best first."""
        found = process.extract(
            name_key, self._keys, scorer=fuzz.ratio, processor=None, limit=limit, score_cutoff=SIMILAR_ENOUGH
        )
        return [Suggestion(*self._known[place], round(score / 100, 3)) for _key, score, place in found]


def suggest_similar(name_key: str, *, scope: Iterable[str], limit: int = 3) -> list[Suggestion]:
    """Enterprises with a similar name, for one question; SimilarNames serves many."""
    return SimilarNames(scope).suggest(name_key, limit)


def enterprises(
    *,
    scope: Iterable[str],
    area_code: str = "",
    text: str = "",
    kind: str = "",
    frame_id: int | None = None,
    above_scale_type: str = "",
) -> EnterpriseQuerySet:
    """The register within a scope, filtered for a list page; ordered by area and name."""
    found = Enterprise.objects.within(scope)
    found = found.filter(area_code__startswith=area_code) if area_code else found
    found = found.filter(entity_kind=kind) if kind else found
    found = found.in_frame(frame_id, above_scale_type) if frame_id is not None else found
    return found.matching(text).order_by("area_code", "name_key", "id")


def status_on(*, enterprise: Enterprise, on: date) -> str:
    """The registration status on a day; "" before the first known day."""
    rows = EnterpriseStatus.objects.filter(enterprise=enterprise, valid_from__lte=on).order_by("-valid_from")
    return rows.values_list("status", flat=True).first() or ""


def name_on(*, enterprise: Enterprise, on: date) -> str:
    """The name that was in use on a day."""
    rows = EnterpriseName.objects.filter(enterprise=enterprise, used_until_on__gte=on).order_by("used_until_on")
    return rows.values_list("name", flat=True).first() or enterprise.name


def frame_in_force(*, on: date, list_name: str) -> Frame | None:
    """The latest locked list whose month has begun on this day, in its last revision."""
    frames = Frame.objects.filter(list_name=list_name, month__lte=on, locked_at__isnull=False)
    return frames.order_by("-month", "-revision").first()


def frame_types(*, frame: Frame) -> dict[int, str]:
    """The above-scale type of every member, by the enterprise's id."""
    return dict(FrameMember.objects.filter(frame=frame).order_by("id").values_list("enterprise_id", "above_scale_type"))


def named(found: QuerySet[Enterprise], text: str) -> QuerySet[Enterprise]:
    """Those that somebody who types this looks for: by name, former name, code, credit code, initials or syllables."""
    key = texts.match_key(text)
    if not key:
        return found.none()
    like = is_like(text)
    former = EnterpriseName.objects.filter(like).values("enterprise")
    return found.filter(like | Q(uscc__startswith=key) | Q(code=key) | Q(pk__in=former))
