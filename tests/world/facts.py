"""Facts that anyone can look up."""

from __future__ import annotations

_UNION = "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN SWE"
_OTHERS = "AUS BRA CAN CHN IDN IND JPN KOR MEX RUS TUR TWN USA ROW"

UNION_OF_2021 = frozenset(_UNION.split())
"""The 27 members of the European Union without Croatia, which has no accounts of its own in the world of 2011."""

UNION_OF_2017 = UNION_OF_2021 | {"GBR"}
"""The members of the year of the tariffs."""

ECONOMIES_OF_2011 = UNION_OF_2017 | frozenset(_OTHERS.split())
"""The economies of the World Input-Output Tables, Release 2013."""
