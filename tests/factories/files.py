"""Files as agencies send them, small enough to read in a test."""

import zipfile
from pathlib import Path

REGISTER_HEADING = "UPN,PupilID,Surname,Forename,DOB,Postcode,Date,AM,PM\n"

POLICE_HEADING = (
    "Report Ref,Person URN,Surname,Forename,DOB,Sex,Ethnicity,Home Postcode,Category,"
    "Reported Missing,Returned,Missing From,Found At,Found With\n"
)


def register(folder: Path, *lines: str, name: str = "register.csv") -> Path:
    """A daily register: each line is `PupilID,Date,AM,PM`."""
    path = folder / name
    rows = [line.split(",") for line in lines]
    path.write_text(
        REGISTER_HEADING
        + "".join(
            f",{pupil},Example,Ada,2012-05-04,ZZ1 1AA,{day},{am},{pm}\n"
            for pupil, day, am, pm in rows
        )
    )
    return path


def police(folder: Path, *lines: str, name: str = "police.csv") -> Path:
    """A police export: each line is `Ref,Reported,Returned`."""
    path = folder / name
    rows = [line.split(",") for line in lines]
    path.write_text(
        POLICE_HEADING
        + "".join(
            f"{ref},U1,Example,Ada,04/05/2012,F,,ZZ1 1AA,Missing,{out},{back},Home,,\n"
            for ref, out, back in rows
        )
    )
    return path


def zipped(folder: Path, name: str, members: dict[str, bytes]) -> Path:
    """A zip of files."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path
