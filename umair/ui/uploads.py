"""Pictures that a person brings to a search: a small preview is kept in memory, nothing on disk."""

from __future__ import annotations

import base64
import io

from umair.errors import ImageError
from umair.library.images import load_picture
from umair.service.find import Upload, upload
from umair.ui.opened import opened
from umair.ui.previews import remember

PREVIEW_PX = 640
BYTES_LIMIT = 64 * 2**20


def take(data_url: str, name: str) -> Upload:
    """Decode and encode what the browser sent; ImageError says what is wrong with the file and what to do."""
    content = from_data_url(data_url, name)
    picture = load_picture(content)
    sent = upload(opened(), content, name)
    small = picture.copy()
    small.thumbnail((PREVIEW_PX, PREVIEW_PX))
    out = io.BytesIO()
    small.save(out, "WEBP", quality=88)
    remember(sent.key, out.getvalue())
    return sent


def from_data_url(data_url: str, name: str) -> bytes:
    """The bytes in "data:image/png;base64,…"; ImageError for anything else."""
    head, _, body = data_url.partition(",")
    if not head.startswith("data:") or not head.endswith(";base64") or len(body) * 3 // 4 > BYTES_LIMIT:
        raise ImageError(
            f"“{name}” did not arrive as a picture of at most {BYTES_LIMIT // 2**20} MB. "
            "Save it smaller, as PNG, JPEG or WebP, and drop it again."
        )
    try:
        return base64.b64decode(body, validate=True)
    except ValueError as error:  # of which binascii.Error is one
        raise ImageError(f"“{name}” arrived damaged. Drop it again.") from error
