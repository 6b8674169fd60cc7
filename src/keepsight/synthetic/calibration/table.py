"""The table of figures. What each rests on is in `domain.md` section 7 unless the source differs.

A figure with the mark M is from memory of the source named and was not confirmed against it.
"""

from keepsight.kernel.vocabulary.ethnicity import ETHNICITY
from keepsight.synthetic.calibration.figure import Figure, Mark, Unit
from keepsight.synthetic.people.heritage import ETHNIC_GROUPS

ABSENCE = "DfE, Pupil absence in schools in England"
CIN = "DfE, Children in need"
CLA = "DfE, Children looked after in England"
MISSING = "NCA UK Missing Persons Unit, children in England and Wales"
CENSUS = "DfE, Schools, pupils and their characteristics"
SEN = "DfE, Special educational needs in England"
EXCLUSIONS = "DfE, Suspensions and permanent exclusions in England"
NOT_IN_SCHOOL = "DfE, Elective home education and children missing education"

Row = tuple[str, str, float, Unit, str, str, Mark, float]

P, C, Y = Unit.PERCENT, Unit.OF_CHILDREN, Unit.A_YEAR

ROWS: tuple[Row, ...] = (
    ("absence", "Sessions missed", 6.38, P, "autumn 2024/25", ABSENCE, "V", 0.08),
    ("absence_primary", "… in primary schools", 5.07, P, "autumn 2024/25", ABSENCE, "V", 0.10),
    ("absence_secondary", "… in secondary schools", 7.66, P, "autumn 2024/25", ABSENCE, "V", 0.10),
    ("absence_special", "… in special schools", 12.55, P, "autumn 2024/25", ABSENCE, "V", 0.25),
    ("absence_illness", "Sessions missed for illness", 3.31, P, "autumn 2024/25", ABSENCE, "V",
     0.12),
    ("absence_unauthorised", "Sessions missed without authority", 2.05, P, "2024/25", ABSENCE, "D",
     0.15),
    ("persistent", "Pupils who miss a tenth or more", 18.8, P, "2024/25", ABSENCE, "D", 0.10),
    ("persistent_meals", "… of those with free school meals", 31.7, P, "2024/25", ABSENCE, "V2",
     0.12),
    ("persistent_no_meals", "… of those without", 14.4, P, "2024/25", ABSENCE, "V2", 0.12),
    ("persistent_plan", "… of those with a plan (EHCP)", 35.1, P, "2024/25", ABSENCE, "V2", 0.15),
    ("persistent_support", "… of those with SEN support", 29.0, P, "2024/25", ABSENCE, "V2", 0.15),
    ("persistent_no_sen", "… of those with neither", 17.0, P, "2024/25", ABSENCE, "V2", 0.12),
    ("severe", "Pupils who miss a half or more", 2.2, P, "2024/25", ABSENCE, "D", 0.25),
    ("suspensions", "Suspensions", 11.3, Unit.PER_100_PUPILS, "2023/24", EXCLUSIONS, "M", 0.15),
    ("suspended", "Pupils suspended in a year", 4.2, P, "2023/24", EXCLUSIONS, "M", 0.20),
    ("excluded", "Permanent exclusions", 0.13, Unit.PER_100_PUPILS, "2023/24", EXCLUSIONS, "M",
     0.30),
    ("home_educated", "Children of school age in elective home education", 1.4, P, "autumn 2024",
     NOT_IN_SCHOOL, "M", 0.30),
    ("missing_education", "Children of school age missing education", 0.5, P, "autumn 2024",
     NOT_IN_SCHOOL, "M", 0.40),
    ("sen_support", "Pupils with SEN support", 14.4, P, "January 2025", SEN, "M", 0.10),
    ("sen_plan", "Pupils with a plan (EHCP)", 5.3, P, "January 2025", SEN, "M", 0.10),
    ("free_meals", "Pupils eligible for free school meals", 25.5, P, "January 2025", CENSUS, "M",
     0.05),
    ("not_classified", "Pupils whose ethnic group is refused or not obtained", 1.9, P, "2024/25",
     CENSUS, "M", 0.15),
    ("boys", "Boys among children", 51.2, P, "2024", "ONS, Mid-year population", "M", 0.02),
    ("multiple_births", "Maternities with a multiple birth", 15.0, Unit.PER_1000_MATERNITIES,
     "2023", "ONS, Birth characteristics", "M", 0.25),
    ("referrals", "Referrals to children’s social care", 527.0, Y, "2024/25", CIN, "D", 0.08),
    ("re_referrals", "Referrals within twelve months of another", 22.6, P, "2024/25", CIN, "V2",
     0.20),
    ("referrals_police", "Referrals from the police", 28.0, P, "2024/25", CIN, "V2", 0.12),
    ("referrals_schools", "Referrals from schools", 21.0, P, "2024/25", CIN, "V2", 0.12),
    ("in_need", "Children in need on a day", 333.0, C, "31 March 2025", CIN, "V2", 0.10),
    ("enquiries", "Section 47 enquiries", 167.2, Y, "2019/20", CIN, "V", 0.15),
    ("conferences", "Initial child protection conferences", 64.4, Y, "2019/20", CIN, "D", 0.15),
    ("protection_plans", "Children on a protection plan on a day", 41.0, C, "31 March 2025", CIN,
     "D", 0.20),
    ("assessed_exploitation", "Children assessed with sexual exploitation (11A)", 10.1, Y,
     "2024/25", "DfE ad-hoc release, 11 December 2025", "D", 0.35),
    ("looked_after", "Children looked after on a day", 67.0, C, "31 March 2025", CLA, "M", 0.08),
    ("looked_after_in_year", "Children looked after at any time in a year", 95.8, Y, "2024/25", CLA,
     "D", 0.12),
    ("care_missing", "Looked-after children who went missing in a year", 11.1, P, "2024/25", CLA,
     "D", 0.25),
    ("care_missing_times", "Times that each of those went missing", 6.8, Unit.A_CHILD, "2024/25",
     CLA, "V", 0.30),
    ("missing_children", "Children reported missing", 40.5, Y, "2018/19", MISSING, "D", 0.25),
    ("missing_closed", "Missing episodes over within 48 hours", 87.0, P, "not given", MISSING,
     "V2", 0.08),
    ("police_ethnicity", "Missing reports with no ethnic group", 31.0, P, "not given", MISSING,
     "V2", 0.12),
    ("nhs_in_health", "Health records with an NHS number", 98.0, P, "—",
     "Linkage measurements of this project (`linkage.md`)", "M", 0.01),
    ("upn_in_schools", "School records with a UPN", 98.0, P, "—", "Our own assumption", "M", 0.01),
    ("upn_in_social_care", "Children in need of school age with a UPN", 85.0, P, "—",
     "Our own assumption", "M", 0.06),
    ("emergency", "Emergency department attendances", 3_700.0, Y, "2023/24",
     "NHS England, Hospital accident and emergency activity", "M", 0.12),
    ("not_brought", "Community appointments to which a child was not brought", 8.5, P, "2023/24",
     "NHS England, Hospital outpatient activity", "M", 0.12),
)  # fmt: skip

GROUPS = "DfE, Schools, pupils and their characteristics, by ethnic group"


def _of_group(code: str, share: float) -> Row:
    mark: Mark = "M" if code.startswith("W") else "V2"
    title = f"Pupils: {ETHNICITY.meaning(code)}"
    return (f"ethnic_{code}", title, share, P, "2024/25", GROUPS, mark, 0.15)


ETHNIC = tuple(_of_group(code, share) for code, share in ETHNIC_GROUPS.items())

FIGURES = {
    row[0]: Figure(**dict(zip(Figure.__slots__, row, strict=True))) for row in (*ROWS, *ETHNIC)
}


def per_child(key: str) -> float:
    """A published figure as a number for each child, pupil or record."""
    return FIGURES[key].share
