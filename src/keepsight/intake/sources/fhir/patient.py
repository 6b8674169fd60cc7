"""A FHIR Patient as personal details."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from keepsight.intake.fields import Unfit
from keepsight.intake.readers.fhir import Resource
from keepsight.intake.rows import Context, Fact, Remark
from keepsight.intake.sources.fhir.codes import LEFT_OFF, NHS_NUMBER_SYSTEM
from keepsight.kernel.calendar import start_of_day
from keepsight.kernel.identifiers import IdentifierError, NHSNumber, Postcode
from keepsight.kernel.vocabulary.content.person import PersonDetails

Json = Mapping[str, Any]

NAMES_FIRST = ("official", "usual", "")
FORMER_NAMES = ("maiden", "old")
ADDRESSES_FIRST = ("home", "", "temp")
VERIFIED = "01"


def patient_fact(resource: Resource, patient: Json, context: Context) -> Fact:
    """Who a health service says that somebody is; a restricted patient's address is left off."""
    key = patient.get("id") or resource.full_url.removeprefix("urn:uuid:").rpartition("/")[2]
    if not key:
        raise Unfit("id", "", "The patient has no id, so no encounter can refer to it.")
    remarks: list[Remark] = []
    return Fact(
        row=resource.row,
        subject_key=key,
        source_key=f"person|{key}",
        occurred=start_of_day(context.received),
        content=_details(patient, remarks),
        day_only=True,
        remarks=tuple(remarks),
    )


def _details(patient: Json, remarks: list[Remark]) -> PersonDetails:
    names = patient.get("name", [])
    name = _preferred(names, NAMES_FIRST)
    other = _of_use(names, "nickname") or _of_use(names, "usual")
    former = next((found for use in FORMER_NAMES if (found := _of_use(names, use))), {})
    withheld = _is_restricted(patient)
    place = {} if withheld else _preferred(patient.get("address", []), ADDRESSES_FIRST)
    if not name.get("family") and name.get("text"):
        remarks.append(Remark("name", name["text"], "The name is not split into its parts."))
    for died in ("deceasedDateTime", "deceasedBoolean"):
        if patient.get(died):
            reason = "That the patient died is kept here; no event holds it yet."
            remarks.append(Remark(died, str(patient[died]), reason))
    return PersonDetails(
        forename=_first_given(name),
        surname=name.get("family"),
        preferred_name=_first_given(other) if other is not name else None,
        former_surname=former.get("family"),
        date_of_birth=_birth_date(patient, remarks),
        sex=patient.get("gender"),
        ethnicity=_ethnic_category(patient),
        nhs_number=_nhs_number(patient, remarks),
        address=", ".join((*place.get("line", ()), *filter(None, [place.get("city")]))) or None,
        postcode=_postcode(place, remarks),
        phone=None if withheld else _phone(patient),
        address_withheld=withheld,
    )


def _is_restricted(patient: Json) -> bool:
    labels = patient.get("meta", {}).get("security", [])
    return any(label.get("code") in LEFT_OFF for label in labels)


def _of_use(entries: Sequence[Json], use: str) -> Json:
    return next((entry for entry in entries if entry.get("use", "") == use), {})


def _preferred(entries: Sequence[Json], uses: Sequence[str]) -> Json:
    return next((entry for use in uses if (entry := _of_use(entries, use))), {})


def _first_given(name: Json) -> str | None:
    return next(iter(name.get("given", ())), None)


def _birth_date(patient: Json, remarks: list[Remark]) -> date | None:
    text = patient.get("birthDate")
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        remarks.append(Remark("birthDate", str(text), "The day of birth is not a whole date."))
        return None


def _ethnic_category(patient: Json) -> str | None:
    """The NHS category letter as sent: it is not one of the codes that schools use."""
    return _extension_code(patient, "Extension-UKCore-EthnicCategory")


def _extension_code(element: Json, name: str) -> str | None:
    """The first code in an extension. Extensions are not checked, so any shape may stand here."""
    try:
        for extension in element.get("extension", []):
            if extension["url"].endswith(name):
                return str(extension["valueCodeableConcept"]["coding"][0]["code"])
    except (AttributeError, LookupError, TypeError):
        return None
    return None


def _nhs_number(patient: Json, remarks: list[Remark]) -> str | None:
    for identifier in patient.get("identifier", []):
        if identifier.get("system") == NHS_NUMBER_SYSTEM and identifier.get("value"):
            number: str = identifier["value"]
            try:
                NHSNumber.parse(number)
            except IdentifierError as error:
                remarks.append(Remark("identifier", number, str(error)))
            status = _extension_code(identifier, "UKCore-NHSNumberVerificationStatus")
            if status not in {None, VERIFIED}:
                reason = "The sender has not verified this NHS number."
                remarks.append(Remark("identifier", number, reason))
            return number
    return None


def _postcode(place: Json, remarks: list[Remark]) -> str | None:
    postcode: str | None = place.get("postalCode")
    if postcode:
        try:
            Postcode.parse(postcode)
        except IdentifierError as error:
            remarks.append(Remark("address.postalCode", postcode, str(error)))
    return postcode


def _phone(patient: Json) -> str | None:
    telecoms = patient.get("telecom", [])
    return next((t.get("value") for t in telecoms if t.get("system") == "phone"), None)
