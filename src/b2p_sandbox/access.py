"""Who may call: OAuth client credentials at `POST /token`, and the two headers that every call carries."""

import base64
import binascii
import hashlib
import hmac
import re
from urllib.parse import parse_qs

from b2p_sandbox.problems import B2pProblem
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.wire import Request, Response, choose_language, parse_timeshift

_CONTRACT = re.compile(r"[A-Za-z0-9_-]{3,32}")


def answer_token(sandbox: Sandbox, request: Request) -> Response:
    """`POST /token` (form): grant_type=client_credentials with id and pass phrase in the form or by Basic."""
    form = {name: values[0] for name, values in parse_qs(request.body.decode("utf-8", "replace")).items()}
    client_id, passphrase = _read_client(request, form)
    if form.get("grant_type") != "client_credentials":
        return Response(400, {"error": "unsupported_grant_type"})
    expected = sandbox.settings
    is_right = hmac.compare_digest(client_id.encode(), expected.client_id.encode()) and hmac.compare_digest(
        passphrase.encode(), expected.client_passphrase.encode()
    )
    if not is_right:
        return Response(401, {"error": "invalid_client"}, headers={"WWW-Authenticate": "Basic"})
    number = sandbox.store.draw_number("token", 0)
    mark = f"{expected.client_passphrase}|{expected.seed}|{sandbox.clock.now().timestamp()}|{number}"
    token = hashlib.blake2b(mark.encode(), digest_size=24).hexdigest()
    lifetime = expected.token_lifetime_seconds
    sandbox.tokens[token] = sandbox.clock.now().timestamp() + lifetime
    document = {"access_token": token, "token_type": "Bearer", "expires_in": lifetime, "scope": form.get("scope", "")}
    return Response(200, document, headers={"Cache-Control": "no-store"})


def _read_client(request: Request, form: dict[str, str]) -> tuple[str, str]:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            client_id, _, passphrase = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return client_id, passphrase
    return form.get("client_id", ""), form.get("client_secret", "")


def admit_request(sandbox: Sandbox, request: Request) -> None:
    """Check token and headers; fills in contract, conversation, language and time shift. 401 or 400 otherwise."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    expires_at = sandbox.tokens.get(token) if scheme.lower() == "bearer" else None
    if expires_at is None or expires_at <= sandbox.clock.now().timestamp():
        sandbox.tokens.pop(token, None)
        raise B2pProblem("access/token-invalid", "A valid access token is required.", status=401)
    contract_id = request.headers.get("x-contract-id", "")
    if not _CONTRACT.fullmatch(contract_id):
        raise B2pProblem("access/contract-id-missing", "The header is required.", detail="x-contract-id")
    conversation_id = request.headers.get("x-conversation-id", "")
    if not 1 <= len(conversation_id) <= 64:
        raise B2pProblem("access/conversation-id-missing", "The header is required.", detail="x-conversation-id")
    request.contract_id = contract_id
    request.conversation_id = conversation_id
    request.language = choose_language(request.headers.get("accept-language"))
    if "timeshift" in request.headers:
        request.now += parse_timeshift(request.headers["timeshift"])
