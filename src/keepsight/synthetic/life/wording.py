"""What records say in ordinary times. Much of it could be a sign, and is not: that is the point."""

SCHOOL_CONCERNS = (
    ("Attendance", 9, "Late three times this week; says that the bus did not come."),
    ("Attendance", 11, "Left site at lunch without permission and came back after twenty minutes."),
    ("Behaviour", 9, "Argument with a friend in the corridor; both upset."),
    ("Behaviour", 7, "Swore at a member of staff when asked to put the phone away."),
    ("Behaviour", 9, "Refused to go into maths; sat with the pastoral lead until calm."),
    ("Appearance", 4, "Uniform not clean for the second day; washing machine at home is broken."),
    ("Appearance", 4, "Very tired; says that the new baby keeps everybody awake."),
    ("Family", 4, "Parents have separated; will stay with each in turn."),
    ("Family", 4, "Grandparent has died; quiet and tearful in form time."),
    ("Family", 4, "Parent is in hospital; an aunt collects this week."),
    ("Family", 4, "Came in without breakfast; breakfast club offered."),
    ("Friendships", 4, "Has fallen out with a group of friends; sits alone at lunch."),
    ("Friendships", 9, "Spends breaks with pupils from the year above."),
    ("Friendships", 4, "Was met at the gate by an older brother whom staff did not know."),
    ("Emotional health", 7, "Anxious about tests; counsellor’s waiting list explained."),
    ("Emotional health", 10, "Old marks seen on a forearm; says that the cat did it."),
    ("Emotional health", 4, "Tearful; says that nobody listens at home."),
    ("Online", 9, "Added to a group chat in which unkind things are said."),
    ("Online", 9, "Was up until two playing a game with people met online; parent will limit it."),
    ("Online", 10, "A picture of a pupil was passed round; taken down after a call to parents."),
    ("Possessions", 4, "New phone, a birthday present from a parent."),
    ("Possessions", 9, "Had forty pounds for a school trip and lost it; found later."),
    ("Substances", 11, "Smelt of vape; sanction given, parent told."),
    ("Health", 4, "Says that medicine was not taken at home this morning."),
    ("Health", 4, "Bruise on a knee from football, seen by first aid."),
)
"""Category, the youngest to whom it happens, and the entry in a school's safeguarding log."""

SCHOOL_ACTIONS = (
    "Spoke to parent", "Watch and record", "Pastoral support", "Told the safeguarding lead",
)  # fmt: skip

NOTICES = (
    ("Domestic abuse", "Called to an argument between adults; child was upstairs and not hurt."),
    ("Domestic abuse", "Called to an argument between adults; child was in the room and upset."),
    ("Domestic abuse", "Neighbour heard shouting; adults say that it is over."),
    ("Parental substance use", "Parent unsteady and smelling of alcohol while caring for child."),
    ("Mental health of a parent", "Parent in distress; other parent came home to care for child."),
    ("Neglect", "Home visited on another matter: little food, child dressed for bed at midday."),
    ("Behaviour of the child", "Part of a group that threw stones at a bus; taken home."),
    ("Behaviour of the child", "Found in the park with alcohol; collected by a parent."),
    ("Missing child", "Returned home by officers."),
    (
        "Child sexual exploitation",
        "Named in a message between young people; nothing further known.",
    ),
    ("Child criminal exploitation", "Stopped with older boys near the station; nothing found."),
)
NOTICE_WEIGHTS = (18, 26, 12, 6, 6, 5, 10, 9, 3, 0.6, 0.8)

CRIMES = (
    ("Victim", "Common assault", "School", 12), ("Victim", "Theft of a phone", "Street", 10),
    ("Victim", "Harassment online", "Home", 6), ("Victim", "Robbery", "Street", 3),
    ("Victim", "Sexual assault", "Home", 2), ("Victim", "Indecent images shared", "Online", 2),
    ("Suspect", "Criminal damage", "Street", 7), ("Suspect", "Theft from a shop", "Shop", 8),
    ("Suspect", "Common assault", "School", 7), ("Suspect", "Possession of cannabis", "Street", 3),
    ("Suspect", "Possession of a knife", "Street", 1), ("Witness", "Affray", "Street", 5),
    ("Suspect", "Possession of drugs with intent to supply", "Street", 0.8),
    ("Victim", "Child abduction", "Home", 0.3), ("Victim", "Blackmail", "Online", 0.5),
    ("Victim", "Meeting a child following grooming", "Online", 0.3),
)  # fmt: skip
"""Role, offence, place, and how often, to one another (our own assumption)."""
FLAGGED = (
    "Sexual assault",
    "Indecent images shared",
    "Blackmail",
    "Child abduction",
    "Meeting a child following grooming",
    "Possession of drugs with intent to supply",
)
WRONGLY_FLAGGED = 0.12
"""Offences that the police may flag as exploitation, and how often they do where it is none."""
OUTCOMES = {
    "Victim": (
        "No further action",
        "Under investigation",
        "Suspect not identified",
        "Charged",
        "Victim does not support",
    ),
    "Suspect": ("No further action", "Community resolution", "Under investigation", "Charged"),
    "Witness": ("No further action", "Under investigation", "Charged"),
}
"""What became of a crime report, by the child's role."""

HOTELS = ("Ring Road Lodge", "Station Inn", "Riverside Rooms", "Junction Motel")
SHOPS = (
    "The takeaway on Mill Street", "The car wash on Bridge Road", "The vape shop in the arcade",
    "The late shop on Station Road", "The leisure centre", "The gym on the trading estate",
    "The coffee shop by the market", "The amusement arcade",
)  # fmt: skip
OUTDOORS = (
    "Priory Park", "The car park behind the cinema", "The bus station", "The retail park",
    "The old pavilion",
)  # fmt: skip
FLATS = (
    "A flat above a shop on Canal Street", "A house on Foundry Row", "A flat in Harbour Court",
    "A bedsit on Tanner Lane", "A house on Quarry Road", "A flat in Weaver House",
)  # fmt: skip
"""Places that records of every child name, whatever happened there."""
ALIASES = (
    "Ace", "Bishop", "Chip", "Dix", "Echo", "Flash", "Goose", "Hatch", "Jinx", "Kite", "Lark",
    "Marlow", "Nix", "Otter", "Pike", "Quill", "Rook", "Scout", "Tam", "Vale", "Wren", "Zed",
)  # fmt: skip
"""Nicknames by which records name adults and older young people."""

TOWNS = ("a seaside town 80 miles away", "a market town in another county", "a port 120 miles away")
NOTHING_NEW = (
    "Said that there is nothing to add to the last time.",
    "Came, and looked at the phone throughout.",
    "Asked whether these talks ever change anything.",
    "Wanted to talk about school and about nothing else.",
    "Said little; thanked the worker for coming.",
)
"""What is said when all has been said."""

NAMED = {
    "Street": (*OUTDOORS, "Retail park", "Railway station"),
    "Shop": (*SHOPS, "Retail park"),
    "Home": (*FLATS, "Empty house on Foundry Row"),
}
"""Places that a crime report may name instead of their kind."""
PUBLIC_PLACES = (
    "Bus station", "Retail park", "Railway station", "Recreation ground", "Town centre",
    "Fast-food restaurant", "Skate park", "Canal towpath",
)  # fmt: skip
SEEN_WITH = (
    ("", 0.4), ("Three friends of the same age", 0.4), ("An adult, said to be a relative", 0.1),
    ("Two older teenagers", 0.1),
)  # fmt: skip

HOME_ENTRIES = (
    ("Daily note", "Settled evening; cooked with staff and watched a film."),
    ("Daily note", "Went to football training; back on time."),
    ("Daily note", "Slow to get up; had breakfast with staff and talked about the week."),
    ("Daily note", "Baked a cake for another young person’s birthday."),
    ("Daily note", "Homework done with help; asked to ring a friend."),
    ("Daily note", "Family time went well; sad afterwards and wanted to be left alone."),
    ("Daily note", "On the phone late; agreed to hand it in at eleven."),
    ("Incident", "Argument about the bathroom between two young people; calmed by staff."),
    ("Incident", "Back forty minutes late; said that the bus was missed."),
    ("Incident", "Broke a cup when told that family time was off; cleared it up with staff."),
    ("Health", "Dentist in town; two fillings."),
    ("Visit", "Social worker visited and spoke to the young person alone."),
)
YOUTH_JUSTICE = (
    ("Community resolution", "Criminal damage", "Two sessions on consequences completed."),
    ("Community resolution", "Theft from a shop", "Letter of apology written."),
    ("Youth caution", "Common assault", "Assessment done; weekly contact for three months."),
    ("Referral order", "Robbery", "Panel met; contract of six months agreed."),
    ("Diversion", "Possession of cannabis", "Sent on to the young people’s drug service."),
    ("Missed contact", "", "Did not come; parent says that the letter went astray."),
)
HOUSING_CALLS = (
    ("Noise", "Neighbour reports loud music until midnight."),
    ("Repairs", "Boiler broken for a week in a home with small children."),
    ("Crowding", "Family of six in two rooms asks to move."),
    ("Arrears", "Two months owed; parent says that hours were cut."),
    ("Visitors", "Neighbour complains of people coming and going; a birthday party."),
    ("Homelessness", "Family asked to leave by a relative; temporary room found."),
    ("Damage", "Front door kicked in; parent does not want to say by whom."),
)
CHARITY_REPORTS = (
    ("Youth club", "Came to the club and played pool; talks about changing school."),
    ("Youth club", "Has joined the music group; came with a friend."),
    ("Young carer", "Looks after a parent and two younger children most evenings."),
    ("Mentoring", "Third meeting; wants to train as a mechanic."),
    ("Counselling", "Fourth session; will talk to a parent about moving school."),
    ("Detached work", "Spoken to with a group by the shops at nine in the evening."),
)
