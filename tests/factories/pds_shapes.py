"""People who are made up, in the shapes in which the Personal Demographics Service answers.

The shapes are those of its published examples (NHSDigital/personal-demographics-service-api, MIT);
the people are our own, with numbers of the block that is issued to nobody.
"""

from dataclasses import dataclass
from typing import Any

from keepsight.kernel.identifiers import NHSNumber

CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
DISPLAYS = {"U": "unrestricted", "R": "restricted", "V": "very restricted"}
NUMBER_SYSTEM = "https://fhir.nhs.uk/Id/nhs-number"
VERIFIED = (
    "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"
)
ERRORS = "https://fhir.nhs.uk/R4/CodeSystem/Spine-ErrorOrWarningCode"


def number(start: int) -> str:
    """The first valid NHS number from nine digits that begin with 9."""
    for tail in range(start, start + 20):
        nine = f"9{tail:08}"
        last = NHSNumber.check_digit(nine)
        if last is not None:
            return f"{nine}{last}"
    raise AssertionError("there is one in eleven at least")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody whom our service knows, with names and postcodes of the past."""

    nhs_number: str
    given: tuple[str, ...]
    family: str
    born: str
    gender: str = "female"
    postcode: str = "ZE9 9XX"
    security: str = "U"
    formerly: tuple[str, ...] = ()


def patient(person: Person) -> dict[str, Any]:
    """The person as a resource; of the restricted no place, of the very restricted no name."""
    code = person.security
    found: dict[str, Any] = {
        "resourceType": "Patient",
        "id": person.nhs_number,
        "identifier": [
            {
                "system": NUMBER_SYSTEM,
                "value": person.nhs_number,
                "extension": [{"url": VERIFIED, "valueCodeableConcept": _verified()}],
            }
        ],
        "meta": {
            "versionId": "1",
            "security": [
                {"system": CONFIDENTIALITY, "code": code, "display": DISPLAYS.get(code, code)}
            ],
        },
        "gender": person.gender,
        "birthDate": person.born,
    }
    if code != "V":
        usual = {"id": "1", "use": "usual", "given": list(person.given), "family": person.family}
        found["name"] = [usual]
    if code == "U":
        home = {"id": "2", "use": "home", "line": ["1 Sample Row"], "postalCode": person.postcode}
        found["address"] = [home]
        found["telecom"] = [{"id": "3", "system": "phone", "value": "01632960000", "use": "home"}]
    return found


def _verified() -> dict[str, Any]:
    system = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus"
    return {"coding": [{"system": system, "version": "1.0.0", "code": "01"}]}


def searchset(*found: tuple[Person, float]) -> dict[str, Any]:
    """An answer to a search, each with its score."""
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "timestamp": "2026-03-16T12:00:00+00:00",
        "total": len(found),
        "entry": [
            {
                "fullUrl": f"https://service.example/FHIR/R4/Patient/{person.nhs_number}",
                "search": {"score": score},
                "resource": patient(person),
            }
            for person, score in found
        ],
    }


def outcome(code: str, display: str = "Said by our own service") -> dict[str, Any]:
    """An answer that says what is wrong."""
    coding = {"system": ERRORS, "version": "1", "code": code, "display": display}
    return {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": "value", "details": {"coding": [coding]}}],
    }
