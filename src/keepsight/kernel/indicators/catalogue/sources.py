"""Where the catalogue's rules come from, cited once."""

from datetime import date

OFSTED_2014 = (
    "Ofsted, The sexual exploitation of children: it couldn’t happen here, could it?,"
    " November 2014, ref. 140175"
)
OFSTED_ON_ABSENCE = f"{OFSTED_2014}: findings on children missing from school"
OFSTED_PUBLISHED = date(2014, 11, 19)

MISSING_2014 = (
    "DfE, Statutory guidance on children who run away or go missing from home or care, January 2014"
)
MISSING_IN_FORCE = date(2014, 1, 1)

OXFORDSHIRE_2015 = (
    "Oxfordshire Safeguarding Children Board, serious case review into child sexual exploitation,"
    " children A to F, 2015"
)
OXFORDSHIRE_PUBLISHED = date(2015, 3, 3)

ROCHDALE_2012 = (
    "Rochdale Borough Safeguarding Children Board, review of multi-agency responses to the sexual"
    " exploitation of children, 2012"
)

DERBY_2010 = "Derby Safeguarding Children Board, serious case review BD09, 2010"

MODERN_SLAVERY_2015 = "Modern Slavery Act 2015, section 45"
MODERN_SLAVERY_IN_FORCE = date(2015, 7, 31)

IICSA_2022 = "IICSA, Child sexual exploitation by organised networks, February 2022"
IICSA_PUBLISHED = date(2022, 2, 1)

PUBLIC_TOOLS = "Signs in public screening tools"
LOCAL_PRACTICE = "Local practice; no national number"
