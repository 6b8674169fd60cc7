"""What is known of a person when an agency tells of them in several feeds."""

from keepsight.kernel.vocabulary.content.person import PersonDetails

CENSUS = PersonDetails(
    forename="Ada", upn="H801200001001", postcode="ZZ1 1AA", disabilities=("LD",)
)


def test_the_later_word_stands_and_what_it_does_not_say_stays():
    later = PersonDetails(forename="Adah", surname="Example")
    assert later.over(CENSUS) == PersonDetails(
        forename="Adah",
        surname="Example",
        upn="H801200001001",
        postcode="ZZ1 1AA",
        disabilities=("LD",),
    )


def test_nothing_earlier_tells_of_an_address_that_is_withheld():
    withheld = PersonDetails(surname="Example", address_withheld=True)
    found = withheld.over(CENSUS)
    assert found.address_withheld
    assert found.postcode is None
    assert found.forename == "Ada"


def test_an_address_that_is_given_again_is_not_withheld_any_more():
    again = PersonDetails(postcode="ZZ1 1AB").over(PersonDetails(address_withheld=True))
    assert (again.postcode, again.address_withheld) == ("ZZ1 1AB", False)
