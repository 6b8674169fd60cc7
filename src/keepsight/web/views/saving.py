"""What a page does when something about a child was asked and answered."""

import uuid
from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def saved(form: Form, save: Callable[[], None], refusal: type[ValueError]) -> bool:
    """Whether what was asked is answered and recorded; a refusal becomes the form's error."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        save()
    except refusal as refused:
        form.add_error(None, str(refused))
        return False
    return True


def back_to_child(child_id: uuid.UUID, recorded: str) -> HttpResponse:
    """To the child's page, which says what was recorded."""
    return redirect(f"{reverse('child', args=[child_id])}?recorded={recorded}")
