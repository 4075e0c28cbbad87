"""The world as a grid: a tile for each country, near its neighbours, all of one size, so that small ones are seen too.

Owns where the tiles lie. It shows no border and no shape, and says nothing about whose anything is; a few territories
that nobody lives in have no tile.
"""

# A row of the grid a line, from north to south; a column is three letters wide.
_ROWS = """
                     GL          IS       SJ NO SE FI                      RU
      CA                               FO       DK AX EE
                  PM             IM IE GB NL DE PL LV BY
      US                         GG JE BE LU CZ SK LT UA    KZ    MN
                  BM                FR CH LI AT HU RO MD GE UZ KG    KP    JP
   MX          BS             PT ES AD MC SI HR RS BG AM AZ TM TJ CN KR
            CU TC                GI    IT SM BA ME MK TR SY IR AF       TW
GT BZ    KY JM HT DO PR VG          MT VA    AL    GR CY LB IQ PK NP BT HK
SV HN                VI AI MF    MA DZ TN LY    EG    PS IL JO KW IN BD MM MO
   NI             BL SX KN AG EH MR ML NE TD SD    SA BH QA       LA VN
   CR PA    AW CW BQ MS GP DM CV SN BF NG CF SS ER YE OM AE    LK TH KH PH    MP
      CO VE          VC MQ LC    GM GN CI GH TG CM ET DJ       MV    MY BN    PW GU
   EC GY SR GF       GD BB       GW SL LR BJ GQ CG UG SO             SG TL PG FM MH
   PE BR             TT                   ST GA CD RW KE SC          ID    SB NR KI
      BO PY                                  AO ZM BI TZ       IO    CC    VU TV TK WS AS
   CL AR UY                               SH    NA ZW MW KM YT       CX AU NC FJ WF NU CK
                                                BW ZA MZ MG MU          NF TO NZ       PF
            FK                                  SZ LS    RE                            PN
            GS
"""
WIDE = 3


def _placed() -> dict[str, tuple[int, int]]:
    return {
        line[at : at + 2]: (at // WIDE, row)
        for row, line in enumerate(_ROWS.strip("\n").splitlines())
        for at in range(0, len(line), WIDE)
        if line[at : at + 2].strip()
    }


PLACES: dict[str, tuple[int, int]] = _placed()
"""The column and the row of each country that has a tile, both from 0, from west to east and from north to south."""
COLUMNS = 1 + max(column for column, _row in PLACES.values())
ROWS = 1 + max(row for _column, row in PLACES.values())
