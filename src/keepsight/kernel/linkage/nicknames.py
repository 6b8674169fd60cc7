"""Short forms of forenames that share too few letters to look alike.

Forms that begin as the whole name does (Sam, Samuel) need no row.
"""

FORMS = (
    "abigail abby gail", "alexander alexandra alex sandy sasha xander lexi", "andrew drew",
    "anthony tony", "anne anna annie nancy", "antonia toni", "catherine katherine kathryn kate "
    "katie kathy cathy kit kitty kay", "charles charlotte charlie chas lottie", "christopher kit",
    "daniel danny", "dorothy dot dolly", "edward ted teddy ned eddie", "eleanor ellen nell nellie "
    "ellie nora lenny", "elizabeth beth betty bess lizzie liz lily libby elsie eliza",
    "frances francis fran frank frankie", "frederick freddie fred", "george georgie",
    "harold harry", "helen nell", "henry harry hal hank", "isabel isabella isobel bella izzy ella",
    "jacob jake", "james jim jimmy jamie", "jane jenny", "joanna jo joey", "john jack johnny",
    "joseph joe joey", "katrina trina", "lawrence larry laurie", "louisa louise lou lulu",
    "margaret maggie meg peggy daisy greta rita", "martha mattie patsy", "mary molly polly may",
    "matilda tilly mattie", "michael mike mick mickey", "millicent amelia emily millie emmie",
    "mohammed muhammad mohammad mohamed mo", "nathaniel nathan nate", "nicholas nick nicky",
    "olivia liv livvy", "oliver ollie noll", "patricia patrick pat paddy trish",
    "philippa pippa pip", "rebecca becky becca", "richard dick rick ricky", "robert bob bobby rob",
    "rosemary rosie", "sarah sadie sally", "stephen steven steve", "susan sue sukie",
    "theodore theo ted teddy", "theresa tess terry", "thomas tom tommy", "veronica ronnie",
    "victoria vicky tori", "william bill billy will liam", "zachary zac zack",
)  # fmt: skip

_GROUPS: dict[str, frozenset[int]] = {
    name: frozenset(i for i, row in enumerate(FORMS) if name in row.split())
    for row in FORMS
    for name in row.split()
}


def same_name(one: str, other: str) -> bool:
    """Whether one forename is a known form of the other."""
    return bool(_GROUPS.get(one, frozenset()) & _GROUPS.get(other, frozenset()))
