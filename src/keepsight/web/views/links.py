"""For a records steward: questions about links; and for an agency, what is asked of its record."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from keepsight.identity.judging import (
    JudgingRefused,
    Outcome,
    answer_ask,
    ask_agency,
    confirm,
    judge,
    lift,
)
from keepsight.identity.reviewing import (
    ANSWERS,
    AskedRecord,
    Question,
    asked_of_agency,
    question,
    questions,
)
from keepsight.kernel.roles import Permission
from keepsight.web.access import allows
from keepsight.web.forms_links import AnswerForm, JudgingForm, UndoingForm
from keepsight.web.presenters import links as presented
from keepsight.web.presenters.errors import error_list
from keepsight.web.presenters.paging import Paged
from keepsight.web.views.page import answers, page, page_number

asks = require_http_methods(["GET", "HEAD", "POST"])

RECORDED = {
    "done": "Your decision is recorded, and in force.",
    "waits": "Your decision is recorded. Nothing changes until a second person has confirmed it.",
    "confirmed": "You have confirmed the decision, and it is in force.",
    "undone": "The decision is undone. Every link stands again as it stood before.",
    "asked": "The agency is asked to look at its record.",
    "answered": "Your answer is recorded.",
}
NO_SUCH_QUESTION = "There is no such question, or it may not be seen."


@allows(Permission.REVIEW_LINKS)
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and what was decided."""
    viewer = request.viewer
    found = Paged(
        page_number(request), lambda offset, limit: questions(viewer, offset=offset, limit=limit)
    )
    return page(
        request,
        "links.html",
        heading="Records to compare",
        recorded=RECORDED.get(request.GET.get("recorded", "")),
        questions=found,
    )


@allows(Permission.REVIEW_LINKS)
@asks
def link_question(request: HttpRequest, question_id: int) -> HttpResponse:
    """One question: its records side by side, and what is decided of it."""
    found = _question(request, question_id)
    subjects = [side.subject for side in found.records]
    deciding = "verdict" in request.POST or "reason" in request.POST
    form = JudgingForm(request.POST if deciding else None, subjects=subjects)
    refused = ""
    if request.method == "POST":
        try:
            done = _acted(request, found, form)
        except JudgingRefused as told:
            refused = str(told)
        else:
            if done:
                return _after(question_id, done)
    told = [{"text": refused}] if refused else []
    return page(
        request,
        "link_question.html",
        heading=f"Compare {len(found.records)} records",
        errors=[*told, *error_list(form)],
        form=form,
        question=found,
        recorded=RECORDED.get(request.GET.get("recorded", "")),
        lines=presented.side_by_side(found.records),
        before=presented.said_before(found.records),
        waterfalls=presented.waterfalls(found),
        changes=presented.what_would_change(found),
        sees=presented.who_would_see(found),
    )


def _acted(request: HttpRequest, found: Question, form: JudgingForm) -> str:
    """What was recorded, by its word; nothing where the form must be put right first."""
    by, asked = request.viewer, found.question_id
    subject = request.POST.get("ask", "")
    if subject.isdigit():
        ask_agency(by=by, question_id=asked, subject_id=int(subject))
        return "asked"
    if "confirm" in request.POST and found.standing:
        confirm(by=by, question_id=asked, decision_id=found.standing.decision_id)
        return "confirmed"
    if not form.is_valid():
        return ""
    done = judge(
        by=by,
        question_id=asked,
        groups=form.groups,
        sure=form.sure,
        reason=form.cleaned_data["reason"],
    )
    return "waits" if done is Outcome.WAITS else "done"


@allows(Permission.REVIEW_LINKS)
@asks
def lift_decision(request: HttpRequest, question_id: int, decision_id: int) -> HttpResponse:
    """Undo a decision, with a reason."""
    found = _question(request, question_id)
    if found.standing is None or found.standing.decision_id != decision_id:
        raise Http404(NO_SUCH_QUESTION)
    form = UndoingForm(answers(request))
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            lift(by=request.viewer, question_id=question_id, decision_id=decision_id, reason=reason)
        except JudgingRefused as refused:
            form.add_error("reason", str(refused))
        else:
            return _after(question_id, "undone")
    return page(
        request,
        "lift_decision.html",
        heading="Undo this decision",
        errors=error_list(form),
        form=form,
        question=found,
    )


@allows(Permission.ANSWER_LINKS)
@require_safe
def asked_records(request: HttpRequest) -> HttpResponse:
    """The records of one's own agency that somebody asks about."""
    return page(
        request,
        "asked_records.html",
        heading="Records that we are asked about",
        recorded=RECORDED.get(request.GET.get("recorded", "")),
        records=asked_of_agency(request.viewer),
    )


@allows(Permission.ANSWER_LINKS)
@asks
def answer_record(request: HttpRequest, ask_id: int) -> HttpResponse:
    """Say whether one's own agency's record is right."""
    asked = _asked(request, ask_id)
    form = AnswerForm(answers(request), answers=ANSWERS)
    if form.is_bound and form.is_valid():
        try:
            answer_ask(by=request.viewer, ask_id=ask_id, answer=form.cleaned_data["answer"])
        except JudgingRefused as refused:
            form.add_error("answer", str(refused))
        else:
            return redirect(f"{reverse('asked-records')}?recorded=answered")
    return page(
        request,
        "answer_record.html",
        heading="Is this record right?",
        errors=error_list(form),
        form=form,
        record=asked,
    )


def _question(request: HttpRequest, question_id: int) -> Question:
    found = question(request.viewer, question_id)
    if found is None:
        raise Http404(NO_SUCH_QUESTION)
    return found


def _asked(request: HttpRequest, ask_id: int) -> AskedRecord:
    found = next((e for e in asked_of_agency(request.viewer) if e.ask_id == ask_id), None)
    if found is None:
        raise Http404("Nothing is asked, or it is answered already.")
    return found


def _after(question_id: int, recorded: str) -> HttpResponse:
    return redirect(f"{reverse('link-question', args=[question_id])}?recorded={recorded}")
