"""Problem documents of the stand-in: what B2P answers when it says no.

The shape (`type`, `title`, `status`, `detail`, `documentation`) is that of `B2PProblem` in SBB's description; types
follow its pattern `./b2p/<service>/<code>`. Which codes exist beyond the one that the description shows is the
stand-in's own choice: a client must not depend on them for anything but wording.
"""

DOCUMENTATION = "https://b2p.app.sbb.ch/docs/index.html#error-handling"


class B2pProblem(Exception):
    """A refusal. `code` is `<service>/<reason>`, `status` the HTTP status, `detail` names the offending input."""

    def __init__(self, code: str, title: str, *, status: int = 400, detail: str | None = None) -> None:
        super().__init__(f"{status} {code}: {title}")
        self.code = code
        self.title = title
        self.status = status
        self.detail = detail

    def render_document(self) -> dict[str, object]:
        """The problem as the JSON object that goes over the wire."""
        document: dict[str, object] = {
            "type": f"./b2p/{self.code}",
            "title": self.title,
            "status": self.status,
            "documentation": DOCUMENTATION,
        }
        if self.detail is not None:
            document["detail"] = self.detail
        return document
