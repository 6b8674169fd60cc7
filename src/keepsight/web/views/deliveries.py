"""For a data officer: sending files, what became of them, and putting rows right."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keepsight.access.viewer import Viewer
from keepsight.chronology.governance import FeedRefused
from keepsight.chronology.queries import (
    DeliveryLine,
    delivery_of,
    feed_of,
    sent_again,
)
from keepsight.chronology.queries import deliveries as deliveries_of
from keepsight.chronology.queries import feeds as feeds_of
from keepsight.intake.accepting import accept
from keepsight.intake.correcting import CorrectionRefused, send_again
from keepsight.intake.queries import lines_waiting, rows_of_delivery, waiting_to_be_put_right
from keepsight.intake.rows import FileRefused
from keepsight.intake.spool import seen
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows, reauthenticates
from keepsight.web.forms_intake import CorrectLinesForm, SendFileForm
from keepsight.web.presenters.errors import error_list
from keepsight.web.presenters.paging import Paged
from keepsight.web.presenters.quarantine import as_csv
from keepsight.web.uploading import largest, too_large
from keepsight.web.views.page import answers, page, page_number

asks = require_http_methods(["GET", "HEAD", "POST"])
LINES = 10
MOST_TAKEN_OUT = 100_000
LARGER = "Send it in smaller parts, or put it into the drop folder."
RECORDED = {
    "accepted": "The file is accepted. It is kept safe, and is taken in by itself.",
    "files": "The files are accepted. They are kept safe, and are taken in by themselves.",
    "again": "The rows that you changed are sent again.",
}


@allows(Permission.READ_FEEDS)
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """The files that came by the viewer's own agency's feeds, and the feeds that need somebody."""
    viewer = request.viewer
    return page(
        request,
        "deliveries.html",
        heading="Deliveries",
        recorded=RECORDED.get(request.GET.get("recorded", "")),
        may_send=viewer.may(Permission.SEND_FILES),
        troubled=[feed for feed in feeds_of(viewer) if feed.troubles],
        rows=Paged(
            page_number(request),
            lambda offset, limit: deliveries_of(viewer, offset=offset, limit=limit),
        ),
    )


@allows(Permission.SEND_FILES)
@asks
def send_file(request: HttpRequest) -> HttpResponse:
    """Take a file from a browser; it is on disk and on record before the answer."""
    viewer = request.viewer
    feeds = [(feed.key, f"{feed.title} ({feed.state})") for feed in feeds_of(viewer)]
    form = SendFileForm(answers(request), request.FILES or None, feeds=feeds)
    if form.is_bound and too_large(request):
        form.errors.pop("file", None)
        form.add_error("file", f"The file is larger than {largest() >> 20:,} MB. {LARGER}")
    elif form.is_bound and form.is_valid():
        try:
            return _accepted(viewer, form)
        except (FileRefused, FeedRefused) as refused:
            form.add_error("feed" if isinstance(refused, FeedRefused) else "file", str(refused))
    return page(
        request,
        "send_file.html",
        heading="Send a file",
        errors=error_list(form),
        form=form,
        feeds=feeds,
        largest=largest() >> 20,
    )


def _accepted(viewer: Viewer, form: SendFileForm) -> HttpResponse:
    feed = feed_of(viewer, form.cleaned_data["feed"])
    if feed is None:
        raise Http404("There is no such feed at the viewer's agency.")
    file = form.cleaned_data["file"]
    sent = accept(by=viewer.actor, feed=feed, filename=file.name, stream=file)
    if len(sent) == 1:
        return redirect(f"{reverse('delivery', args=[sent[0].pk])}?recorded=accepted")
    return redirect(f"{reverse('deliveries')}?recorded=files")


@allows(Permission.READ_FEEDS)
@require_safe
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One file: how far it is, what became of its rows, what is wrong, and what waits."""
    viewer = request.viewer
    found = _delivery_or_404(viewer, delivery_id)
    return page(
        request,
        "delivery.html",
        heading=found.filename,
        recorded=RECORDED.get(request.GET.get("recorded", "")),
        found=found,
        rows_seen=seen(found.spooled) if found.waits else 0,
        again=sent_again(viewer, delivery_id),
        waiting=waiting_to_be_put_right(viewer, delivery_id),
        may_send=viewer.may(Permission.SEND_FILES),
        rows=Paged(
            page_number(request),
            lambda offset, limit: rows_of_delivery(viewer, delivery_id, offset=offset, limit=limit),
        ),
    )


@allows(Permission.SEND_FILES)
@asks
def put_right(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Change values of rows in quarantine, and send those lines again."""
    viewer = request.viewer
    found = _delivery_or_404(viewer, delivery_id)
    lines = Paged(
        page_number(request),
        lambda offset, limit: lines_waiting(viewer, delivery_id, offset=offset, limit=limit),
        rows=LINES,
    )
    form = CorrectLinesForm(answers(request), lines=lines.rows)
    if form.is_bound and form.is_valid():
        try:
            sent = send_again(by=viewer, delivery_id=delivery_id, corrections=form.corrections)
        except (CorrectionRefused, FeedRefused) as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{reverse('delivery', args=[sent[0].pk])}?recorded=again")
    return page(
        request,
        "put_right.html",
        heading="Put rows right",
        errors=error_list(form),
        form=form,
        found=found,
        lines=lines,
        waiting=waiting_to_be_put_right(viewer, delivery_id),
    )


@allows(Permission.SEND_FILES)
@reauthenticates
@require_safe
def rows_csv(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """The rows that a file put in quarantine, as a table to work on elsewhere."""
    viewer = request.viewer
    _delivery_or_404(viewer, delivery_id)
    rows = rows_of_delivery(viewer, delivery_id, limit=MOST_TAKEN_OUT, takes_out=True)
    answer = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    name = f"quarantined-rows-{delivery_id}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _delivery_or_404(viewer: Viewer, delivery_id: int) -> DeliveryLine:
    found = delivery_of(viewer, delivery_id)
    if found is None:
        raise Http404("There is no such delivery, or it is another agency's.")
    return found
