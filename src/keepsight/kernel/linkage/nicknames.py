"""Which forenames are forms of one name: Bill and William, Mo and Muhammad.

English forms are those of the `nicknames` package, which is kept by hand. `FORMS` adds what it
lacks of names that are common in England. Forms that begin as the whole name does (Sam, Samuel)
need no row.
"""

from functools import cache, lru_cache

from nicknames import NickNamer

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
    "nathaniel nathan nate", "nicholas nick nicky",
    "olivia liv livvy", "oliver ollie noll", "patricia patrick pat paddy trish",
    "philippa pippa pip", "rebecca becky becca", "richard dick rick ricky", "robert bob bobby rob",
    "rosemary rosie", "sarah sadie sally", "stephen steven steve", "susan sue sukie",
    "theodore theo ted teddy", "theresa tess terry", "thomas tom tommy", "veronica ronnie",
    "victoria vicky tori", "william bill billy will liam", "zachary zac zack",
    # Spellings of one name in England, from Arabic, Bengali, Persian, Turkish, Urdu and Somali.
    "ahmed ahmad ahmet axmed", "aisha ayesha aysha aicha ayse caasha", "ali aly cali",
    "fatima fatimah fatema fatma faduma", "farah faarax", "hassan hasan xasan",
    "hawa hawwa hava xaawo", "hussain hussein husain hussayn husayn huseyin xuseen",
    "ibrahim ebrahim ibraheem ibby ibraahim", "iman imaan eeman emaan", "isa eesa essa issa ciise",
    "ismail ismaeel ismael", "khadija khadijah hatice dija", "mariam maryam mariyam meryem",
    "mohammed muhammad mohammad mohamed muhammed mohamad muhamed mahamed muhammet maxamed mohd md "
    "moh mo", "mustafa mostafa mustapha", "noor nur nour nuur", "omar umar omer umer cumar",
    "usman uthman osman cusmaan", "yusuf yousef youssef yusef yousuf", "zain zayn zein zane",
    "zainab zaynab zeinab zeynep zaynap",
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def forms_of(name: str) -> frozenset[str]:
    """The names that this may be a form of, itself among them."""
    return frozenset({name, *_ours().get(name, ()), *_theirs().canonicals_of(name)})


def same_name(one: str, other: str) -> bool:
    """Whether one forename is a known form of the other, or both are of a third."""
    return not forms_of(one).isdisjoint(forms_of(other))


@cache
def _theirs() -> NickNamer:
    return NickNamer()


@cache
def _ours() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in FORMS:
        names = row.split()
        for name in names:
            # The row stands for the one person’s name of which all in it are forms.
            found.setdefault(name, set()).add(names[0])
    return found
