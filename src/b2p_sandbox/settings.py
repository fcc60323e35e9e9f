"""What the stand-in can be told at its start."""

import msgspec

DEMO_CLIENT_ID = "sandbox"
# A demo pass phrase of a stand-in that only listens on loopback; not a secret of anyone.
DEMO_CLIENT_PASSPHRASE = "sandbox-demo-only"  # noqa: S105 - see above


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the stand-in can be told; `journal` is the path of an append-only file, or None for memory only."""

    seed: int = 1
    is_realistic: bool = False
    client_id: str = DEMO_CLIENT_ID
    client_passphrase: str = DEMO_CLIENT_PASSPHRASE
    token_lifetime_seconds: int = 3600
    journal: str | None = None
