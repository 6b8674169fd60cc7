"""Where the catalogue's rules come from, cited once."""

from datetime import date

OFSTED_2014 = (
    "Ofsted, The sexual exploitation of children: it couldn’t happen here, could it?,"
    " November 2014, ref. 140175"
)
OFSTED_PUBLISHED = date(2014, 11, 19)

MISSING_2014 = (
    "DfE, Statutory guidance on children who run away or go missing from home or care, January 2014"
)
MISSING_IN_FORCE = date(2014, 1, 1)

LOCAL_PRACTICE = "Local practice; no national number"
