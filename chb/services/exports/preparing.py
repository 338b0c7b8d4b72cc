"""Preparing a file: may they, what is its marking, what goes into its manifest and the log."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chb.domain.access.permissions import Permission, may
from chb.domain.access.scope import NotForYou
from chb.domain.markings import Marking, marking_of
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs, open_to_all
from chb.services.exports.manifests import Disclosure, Leaving, manifest_of, put_on_record
from chb.services.exports.products import (
    MEDIA_TYPES,
    PRODUCTS,
    ExportKind,
    Product,
    Question,
    filters_of,
)
from chb.services.exports.shelf import Export, new_token
from chb.services.workspace import Workspace


@dataclass(frozen=True)
class ExportRequest:
    """What is asked for: a product, in a format, and the question it answers."""

    kind: ExportKind
    ending: str
    question: Question = None


@needs(Permission.DISCLOSE)
def prepare_export(
    ws: Workspace, request: ExportRequest, *, purpose: str, recipient: str
) -> Export:
    """Make a file with its marking and manifest inside, and record that it is handed out.

    The file's name says nothing of its content. Refusal without a purpose or a recipient,
    and for a product of a view that is not theirs.
    """
    product = _product(ws, request)
    # One moment for all of it, so that the digest is of what is in the file.
    now = ws.now()
    still = replace(ws, clock=lambda: now)
    to = Disclosure(purpose, recipient).checked()
    content = product.make(still, request.question, request.ending)
    marking = marking_of(product.view, product.contents)
    manifest = manifest_of(
        still,
        Leaving(
            product=request.kind,
            view=product.view,
            marking=marking,
            filters=filters_of(request.question),
            content_sha256=content.sha256,
        ),
        to,
    )
    file = content.write(manifest)
    put_on_record(ws, manifest, file)
    return Export(
        token=new_token(),
        file_name=f"holdfast-{now:%Y%m%d-%H%M%S}-{manifest.export_id[:8]}{request.ending}",
        media_type=MEDIA_TYPES[request.ending],
        marking=marking.line,
        content=file,
    )


@open_to_all
def may_take(ws: Workspace, kind: ExportKind) -> bool:
    """Whether the product is theirs to take out, for the screen that would offer it."""
    return may(ws.scope, Permission.DISCLOSE) and ws.scope.view >= PRODUCTS[kind].view


def formats_of(kind: ExportKind) -> tuple[str, ...]:
    """The endings a product can be had in, the usual one first."""
    return PRODUCTS[kind].endings


def marking_for(kind: ExportKind) -> Marking:
    """The marking a product carries, for the screen that offers it."""
    product = PRODUCTS[kind]
    return marking_of(product.view, product.contents)


def _product(ws: Workspace, request: ExportRequest) -> Product:
    product = PRODUCTS[request.kind]
    if ws.scope.view < product.view:
        raise NotForYou(
            "This is not yours to take out",
            found=f"It is of the {product.view.name.lower()} view",
            remedy="Ask the lead officer for what you need",
        )
    if request.ending not in product.endings:
        raise Refusal(
            f"The {request.kind} has no such format",
            found=f"Found {request.ending!r}",
            remedy=f"Choose one of {', '.join(product.endings)}",
        )
    return product
