"""Sealing what a browser keeps for us: it can neither read nor change it (JWE, direct key, A256GCM)."""

import hashlib
from typing import Final

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

_HEADER: Final = {"alg": "dir", "enc": "A256GCM"}
_ALGORITHMS: Final = ["dir", "A256GCM"]
_MAX_SEALED_LENGTH: Final = 4096  # browsers keep no longer cookie


class Sealer:
    """Seals with the present secret; opens what the present or the previous one sealed."""

    def __init__(self, secret: str, previous_secret: str = "") -> None:
        self._keys = [_derive_key(secret)]
        if previous_secret:
            self._keys.append(_derive_key(previous_secret))

    def seal(self, content: bytes) -> str:
        return jwe.encrypt_compact(_HEADER, content, self._keys[0], algorithms=_ALGORITHMS)

    def open_sealed(self, sealed: str) -> bytes | None:
        """The content; None if it is not ours, was changed, or is older than the previous secret."""
        if not sealed or len(sealed) > _MAX_SEALED_LENGTH:
            return None
        for key in self._keys:
            try:
                return jwe.decrypt_compact(sealed, key, algorithms=_ALGORITHMS).plaintext
            except (JoseError, ValueError):
                continue
        return None


def _derive_key(secret: str) -> OctKey:
    # The secret has 32 characters or more (settings refuse less), so one hash makes a key of it; the label keeps keys
    # for different uses apart.
    return OctKey.import_key(hashlib.sha256(b"agenturclient session cookie\0" + secret.encode()).digest())


def derive_csrf_secret(secret: str) -> str:
    """The secret that signs CSRF tokens, from the session's secret."""
    return hashlib.sha256(b"agenturclient csrf token\0" + secret.encode()).hexdigest()
