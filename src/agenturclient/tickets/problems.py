"""What can go wrong with a ticket's document, named."""

from agenturclient.core.problems import Problem


class DocumentNotReady(Problem):
    """Sold, but SBB does not hand the document out yet; it goes on being asked for."""

    code = "document-not-ready"
    title = "The ticket is sold; its document is not there yet"


class DocumentNotOffered(Problem):
    """SBB has no document of this ``kind`` for this ticket."""

    status = 404
    code = "document-not-offered"
    title = "There is no document of this kind for this ticket"


class DocumentNotKept(Problem):
    """The ticket was cancelled, no document of it was kept, and SBB no longer hands one out."""

    status = 410
    code = "document-not-kept"
    title = "The ticket is cancelled and its document was not kept"


class DocumentsNotMerged(Problem):
    """A PDF of SBB's cannot be put together with others, or marked; each ticket can be had by itself."""

    code = "documents-not-merged"
    title = "The tickets cannot be put into one PDF"
