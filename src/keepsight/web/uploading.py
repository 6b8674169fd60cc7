"""Files that a browser sends: straight to the spool’s disk, from nobody but who may send them.

Django reads a form before it knows whose it is. So a file from somebody who may send none is passed
over unread, and one that is too large is passed over from there on; neither stays on the disk.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from keepsight.access.viewer import Viewer
from keepsight.kernel.roles import Permission

MIB = 1 << 20


class SpooledUpload(TemporaryFileUploadHandler):
    """Writes an uploaded file beside the files that wait, for as long as the request takes."""

    def new_file(self, *arguments: Any, **options: Any) -> None:
        viewer: Viewer | None = getattr(self.request, "viewer", None)
        if viewer is None or not viewer.may(Permission.SEND_FILES):
            raise SkipFile
        self._left = largest()
        super().new_file(*arguments, **options)  # type: ignore[no-untyped-call]

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._left -= len(raw_data)
        if self._left < 0:
            self.request.upload_too_large = True
            raise SkipFile
        super().receive_data_chunk(raw_data, start)  # type: ignore[no-untyped-call]


def largest() -> int:
    """How many bytes a file may have."""
    return int(settings.KEEPSIGHT_LARGEST_UPLOAD_MIB * MIB)


def too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was larger than one may be."""
    return getattr(request, "upload_too_large", False)
