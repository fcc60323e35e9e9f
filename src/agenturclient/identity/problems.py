"""What can go wrong with signing in, named."""

from agenturclient.core.problems import Problem


class SignInRefused(Problem):
    """Unknown person or wrong pass phrase; which of them is not said."""

    status = 401
    code = "sign-in-refused"
    title = "The e-mail address and pass phrase do not belong together"


class NoRole(Problem):
    """The person is known but may act nowhere."""

    status = 403
    code = "no-role"
    title = "You have no role at any agency"


class CannotActThere(Problem):
    """The agency or branch does not exist, or the person has no role there."""

    status = 404
    code = "cannot-act-there"
    title = "You have no role at this agency and branch"
