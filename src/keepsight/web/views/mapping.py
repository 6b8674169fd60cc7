"""For a data officer: making a feed of the files of another system, column by column."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from keepsight.chronology.governance import FeedRefused
from keepsight.intake.mapping import MappingError
from keepsight.intake.mapping_file import key_for
from keepsight.intake.mappings import make_mapped_feed
from keepsight.intake.proposing.compose import compose
from keepsight.intake.proposing.kinds import is_stated
from keepsight.intake.proposing.propose import Proposal
from keepsight.intake.rows import FileRefused
from keepsight.intake.samples import keep_sample, preview, propose_from
from keepsight.intake.spool import forget
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows
from keepsight.web.forms_mapping import MapColumnsForm, SampleForm, settled
from keepsight.web.presenters.errors import error_list
from keepsight.web.presenters.mapping import PreviewLine, preview_lines
from keepsight.web.uploading import largest, too_large
from keepsight.web.views.page import answers, page

asks = require_http_methods(["GET", "HEAD", "POST"])
SAMPLE = "sample"
"""Where a session holds which sample its person is at: no address names it."""


@allows(Permission.SEND_FILES)
@asks
def new_mapping(request: HttpRequest) -> HttpResponse:
    """Take a sample of the other system’s files."""
    form = SampleForm(answers(request), request.FILES or None)
    if form.is_bound and too_large(request):
        form.errors.pop("file", None)
        form.add_error("file", f"The file is larger than {largest() >> 20:,} MB. A part will do.")
    elif form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            name = keep_sample(file.name, file)
        except FileRefused as refused:
            form.add_error("file", str(refused))
        else:
            _forget_sample(request)
            request.session[SAMPLE] = {"name": name, "filename": file.name}
            return redirect("map-columns")
    gone = "The file was no longer kept here. Send it again." if "gone" in request.GET else ""
    return page(
        request,
        "new_mapping.html",
        heading="Make a feed from another system’s files",
        errors=error_list(form) or ([{"text": gone}] if gone else []),
        form=form,
    )


@allows(Permission.SEND_FILES)
@asks
def map_columns(request: HttpRequest) -> HttpResponse:
    """Show what each column may be and why, take what the person says; preview it, or save it."""
    sample = request.session.get(SAMPLE)
    try:
        proposal = _proposal(request, sample) if sample else None
    except FileRefused:
        proposal = None
    if proposal is None:
        return redirect(f"{reverse('new-mapping')}?gone=1")
    sent = answers(request)
    form = MapColumnsForm(settled(sent, proposal) if sent else None, proposal=proposal)
    act = request.POST.get("act", "again")
    problems: list[str] = []
    lines: list[PreviewLine] = []
    if sent and act != "again" and form.is_valid():
        composed = compose(form.proposal, form.chosen(key_for(form.cleaned_data["title"])))
        problems = list(composed.problems)
        if not problems:
            try:
                if act == "save":
                    return _saved(request, form, composed.mapping)
                parts = preview(sample["name"], sample["filename"], composed.mapping)
                lines = preview_lines(parts)
            except (FileRefused, FeedRefused, MappingError) as refused:
                problems = [str(refused)]
    errors = error_list(form) if act != "again" else []
    return page(
        request,
        "map_columns.html",
        heading="Say what each column is",
        errors=errors + [{"text": each, "href": "#columns"} for each in problems],
        form=form,
        filename=sample["filename"],
        lines=lines,
    )


def _proposal(request: HttpRequest, sample: dict[str, str]) -> Proposal:
    """The proposal for the kind of event that was chosen, or for the one that is guessed."""
    kind = request.POST.get("kind", "")
    return propose_from(sample["name"], sample["filename"], kind if is_stated(kind) else "")


def _saved(request: HttpRequest, form: MapColumnsForm, mapping: dict[str, Any]) -> HttpResponse:
    feed = make_mapped_feed(
        by=request.viewer,
        title=form.cleaned_data["title"],
        mapping=mapping,
        rhythm_days=form.cleaned_data["rhythm_days"],
    )
    _forget_sample(request)
    return redirect(f"{reverse('governed-feed', args=[feed.key])}?recorded=made")


def _forget_sample(request: HttpRequest) -> None:
    sample = request.session.pop(SAMPLE, None)
    if sample:
        forget(sample["name"])
