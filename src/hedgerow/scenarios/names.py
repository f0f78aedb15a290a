"""Names in scenario files: actors, groups on a day, sectors; every unknown one with a suggestion."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from hedgerow.data.readers.us_tariffs import SECTOR_OF_CHAPTER
from hedgerow.dims import REST_OF_WORLD
from hedgerow.errors import UnknownNameError
from hedgerow.world.actors import alias_table
from hedgerow.world.memberships import CHECKED_TO, members_on, organisations
from hedgerow.world.world import World
from hedgerow.written.lines import Path
from hedgerow.written.mistakes import Mistakes, suggestion

EVERYONE = "all"
_NOT = re.compile(r"not\s+(.+)", re.I)
_CHAPTER = re.compile(r"HS\s?(\d{1,2})", re.I)
_MERGED = {"mining": "mining-fuels", "fuels": "mining-fuels"}
"""Sectors of the tariff tables that some worlds have as one."""


@dataclass
class Names:
    """Looks names up in one world on one day; gathers mistakes and notes."""

    world: World
    day: date
    wrong: Mistakes
    notes: dict[str, None] = field(default_factory=dict)
    """In the order in which they came up."""

    def actors(self, written: Iterable[str], path: Path) -> tuple[str, ...]:
        """Actors of the world, in its order. ``not X`` takes X out; only such words start from everyone."""
        named = [str(word) for word in written]
        out = [found[1] for word in named if (found := _NOT.fullmatch(word.strip()))]
        inside = [word for word in named if not _NOT.fullmatch(word.strip())] or [EVERYONE]
        kept = {code for word in inside for code in self.group(word, path)}
        dropped = {code for word in out for code in self.group(word, path, shown=f"not {word}")}
        found_codes = tuple(code for code in self.world.codes if code in kept - dropped)
        if kept and not found_codes:
            self.wrong.add(path, "nobody is left")
        return found_codes

    def group(self, word: str, path: Path, shown: str = "") -> tuple[str, ...]:
        """The actors behind one word: everyone, an ISO-3 code, a country's name or a group on the day."""
        text, place = word.strip(), shown or word
        if text.startswith("$"):  # a parameter without a value, which is a mistake of its own
            return ()
        if text.casefold() == EVERYONE:
            return self.world.codes
        if text in self.world.codes:
            return (text,)
        known = {o.id.casefold(): o.id for o in organisations().values()}
        known |= {o.title.casefold(): o.id for o in organisations().values()}
        if text.casefold() in known:
            return self._members(known[text.casefold()], path, place)
        code = self._country(text)
        if code is None:
            words = [*self.world.codes, *organisations(), *alias_table().names.values(), EVERYONE]
            hint = suggestion(text, words) or "; write an ISO-3 code such as CAN, or a group such as EU"
            self.wrong.add(path, f"{text!r} is no economy or group known here{hint}", word=place)
            return ()
        if code not in self.world.codes:
            name = alias_table().names[code]
            self.wrong.add(
                path, f"{name} ({code}) has no accounts of its own in world {self.world.id}; its part of the rest of "
                f"the world is not known, name {REST_OF_WORLD} or leave it out", word=place)  # fmt: skip
            return ()
        return (code,)

    def _country(self, text: str) -> str | None:
        """A code or name of any country; two letters are too easily a group's."""
        if len(text) < 3:
            return None
        try:
            return alias_table().code(text, field="")
        except UnknownNameError:
            return None

    def _members(self, name: str, path: Path, shown: str) -> tuple[str, ...]:
        codes = self._on(name)
        if not codes:
            self.wrong.add(path, f"{name} has no member on {self.day}", word=shown)
            return ()
        if not organisations()[name].complete:
            self.notes[f"The table of memberships is not complete for {name}: {organisations()[name].note}."] = None
        if self.day > CHECKED_TO:
            self.notes[f"Memberships are checked to {CHECKED_TO}; {name} is taken as of then."] = None
        absent = [code for code in codes if code not in self.world.codes]
        if len(absent) == len(codes):
            self.wrong.add(path, f"no member of {name} on {self.day} has accounts in world {self.world.id}", word=shown)
        elif absent:
            who = ", ".join(absent)
            self.notes[f"{name} on {self.day}: {who} without accounts in this world, so left out."] = None
        return tuple(code for code in codes if code in self.world.codes)

    def _on(self, name: str) -> tuple[str, ...]:
        """Members on the day, members of members included."""
        found: set[str] = set()
        for member in members_on(self.day, name):
            found |= set(self._on(member)) if member in organisations() and member != name else {member}
        return tuple(sorted(found))

    def sectors(self, written: Iterable[str], path: Path) -> tuple[str, ...]:
        """Sectors of the world, in its order."""
        named = [str(word) for word in written]
        out = [hit[1] for word in named if (hit := _NOT.fullmatch(word.strip()))]
        inside = [word for word in named if not _NOT.fullmatch(word.strip())] or [EVERYONE]
        kept = {name for word in inside for name in self._sector(word, path)}
        dropped = {name for word in out for name in self._sector(word, path)}
        found = tuple(name for name in self.world.sector_ids if name in kept - dropped)
        if kept and not found:
            self.wrong.add(path, "no sector is left")
        return found

    def _sector(self, word: str, path: Path) -> tuple[str, ...]:
        world, text = self.world, word.strip()
        families = {
            "all": world.sector_ids,
            "goods": world.goods,
            "services": tuple(s.id for s in world.sectors if not s.goods),
        }
        if text in families:
            if not families[text]:
                self.wrong.add(path, f"world {world.id} has no {text}", word=word)
            return families[text]
        if text in world.sector_ids:
            return (text,)
        if chapter := _CHAPTER.fullmatch(text):
            return self._chapter(int(chapter[1]), path, word)
        for sector in world.sectors:
            if text in sector.parts:
                if len(sector.parts) > 1:
                    self.notes[f"{text} is a part of {sector.id}: all of {sector.id} changes."] = None
                return (sector.id,)
        codes = [part for sector in world.sectors for part in sector.parts]
        hint = suggestion(text, [*world.sector_ids, *codes, *families, *_wide(world)])
        listed = f"; there are {', '.join(world.sector_ids)}, goods, services, all"
        self.wrong.add(path, f"{text!r} is no sector of world {world.id}{hint or listed}", word=word)
        return ()

    def _chapter(self, number: int, path: Path, word: str) -> tuple[str, ...]:
        name = SECTOR_OF_CHAPTER.get(number, "")
        for found in (name, _MERGED.get(name, "")):
            if found in self.world.sector_ids:
                self.notes[f"HS {number:02d} is a part of {found}: all of {found} changes."] = None
                return (found,)
        self.wrong.add(path, f"chapter {number} of the HS belongs to no sector of world {self.world.id}", word=word)
        return ()


def _wide(world: World) -> tuple[str, ...]:
    return tuple(f"HS{number}" for number in SECTOR_OF_CHAPTER) if world.goods else ()
