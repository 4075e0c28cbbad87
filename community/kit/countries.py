"""Countries: the 249 codes of ISO 3166-1, the sign each one's cars carry abroad, and names for readers.

CLDR knows more territories than ISO (Kosovo, the Canaries, "outlying Oceania"), so the list of codes is kept
here and only the names come from CLDR.

The signs are the distinguishing signs of vehicles in international traffic (Convention on Road Traffic, Vienna
1968, article 45 (4); Geneva 1949, annex 4), as notified to the United Nations. A country that has notified none
is shown with the sign seen on its roads, and where there is none of those either with its ISO code. A territory
without a sign of its own shows that of the state its vehicles are registered under (Guadeloupe: F, Guam: USA);
where that is disputed, or no sign is in use, its ISO code stands (EH, AQ).

A sign is what goes into the oval, never a key: one stands for several codes (F, USA), and RU is Burundi's.
Drawing the oval is `kit/drawing.py`.
"""

from functools import lru_cache

from babel import Locale

from community.kit import collation

# code, then its sign after a colon where the two differ.
_TABLE = """
AD:AND AE:UAE AF:AFG AG AI:AXA AL AM AO:ANG AQ AR:RA AS:USA AT:A AU:AUS AW:ARU AX:FIN AZ BA:BIH
BB:BDS BD BE:B BF BG BH:BRN BI:RU BJ:DY BL:F BM BN:BRU BO:BOL BQ:NL BR BS BT:BHT BV:N BW BY BZ
CA:CDN CC:AUS CD:CGO CF:RCA CG:RCB CH CI CK:NZ CL:RCH CM:CAM CN:CHN CO CR CU:C CV CW:NL CX:AUS CY CZ
DE:D DJ:DJI DK DM:WD DO:DOM DZ EC EE:EST EG:ET EH ER ES:E ET:ETH FI:FIN FJ:FJI FK FM:FSM FO FR:F
GA:G GB:UK GD:WG GE GF:F GG:GBG GH GI:GBZ GL:KN GM:WAG GN:RG GP:F GQ GR GS:UK GT:GCA GU:USA GW
GY:GUY HK HM:AUS HN HR HT:RH HU:H ID:RI IE:IRL IL IM:GBM IN:IND IO:UK IQ:IRQ IR IS IT:I JE:GBJ JM:JA
JO:HKJ JP:J KE:EAK KG KH:K KI:KIR KM:COM KN:KAN KP KR:ROK KW:KWT KY KZ LA:LAO LB:RL LC:WL LI:FL
LK:CL LR:LB LS LT LU:L LV LY:LAR MA MC MD ME:MNE MF:F MG:RM MH MK:NMK ML:RMM MM:MYA MN:MGL MO MP:USA
MQ:F MR:RIM MS:UK MT:M MU:MS MV MW MX:MEX MY:MAL MZ:MOC NA:NAM NC:F NE:RN NF:AUS NG:WAN NI:NIC NL
NO:N NP:NEP NR:NAU NU:NZ NZ OM PA PE PF:F PG:PNG PH:RP PK PL PM:F PN:UK PR:USA PS PT:P PW:PAL PY
QA:Q RE:F RO RS:SRB RU:RUS RW:RWA SA:KSA SB:SOL SC:SY SD:SUD SE:S SG:SGP SH:UK SI:SLO SJ:N SK SL:WAL
SM:RSM SN SO SR:SME SS:SSD ST:STP SV:ES SX:NL SY:SYR SZ:SD TC:UK TD:TCH TF:F TG TH:T TJ TK:NZ TL TM
TN TO:TON TR TT TV:TUV TW:RC TZ:EAT UA UG:EAU UM:USA US:USA UY:ROU UZ VA:V VC:WV VE:YV VG:BVI VI:USA
VN VU WF:F WS YE:YAR YT:F ZA ZM:Z ZW
"""

_SIGNS: dict[str, str] = {
    code: sign or code for code, _, sign in (entry.partition(":") for entry in _TABLE.split())
}
CODES: frozenset[str] = frozenset(_SIGNS)


def is_country(code: str) -> bool:
    """Whether this is an assigned ISO 3166-1 alpha-2 code, in capitals."""
    return code in CODES


def sign(code: str) -> str:
    """The one to three letters of the oval. Raises KeyError for an unknown code."""
    return _SIGNS[code]


def name(code: str, language: str) -> str:
    """The country's name in a language CLDR knows. Raises KeyError for an unknown code."""
    if code not in CODES:
        raise KeyError(code)
    return _names(language)[code]


def choices(language: str) -> list[tuple[str, str]]:
    """(code, name) of every country, in the order a reader of this language looks for them."""
    return list(_ordered(language))


@lru_cache(maxsize=16)
def _ordered(language: str) -> tuple[tuple[str, str], ...]:
    return collation.ordered(_names(language), language)


@lru_cache(maxsize=16)
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language).territories
    return {code: territories.get(code, code) for code in CODES}
