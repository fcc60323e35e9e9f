"""`b2p-sandbox`: run the stand-in."""

from typing import Annotated

import typer

from b2p_sandbox.app import SandboxApp, create_app
from b2p_sandbox.server import configure_server, open_listener
from b2p_sandbox.settings import DEMO_CLIENT_ID, DEMO_CLIENT_PASSPHRASE, Settings

app = typer.Typer(add_completion=False)


@app.command()
def run_sandbox(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8787,
    host: Annotated[
        str, typer.Option(help="Address to listen on; the control interface has no sign-in.")
    ] = "127.0.0.1",
    realistic: Annotated[bool, typer.Option("--realistic", help="Take as long as the real thing.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same behaviour.")] = 1,
    journal: Annotated[str | None, typer.Option(help="Keep what was sold in this file.")] = None,
    client_id: Annotated[
        str, typer.Option(envvar="B2P_SANDBOX_CLIENT_ID", help="Client id that tokens are given to.")
    ] = DEMO_CLIENT_ID,
    client_secret: Annotated[
        str,
        typer.Option(envvar="B2P_SANDBOX_CLIENT_SECRET", show_default=False, help="Its secret; the demo's by default."),
    ] = DEMO_CLIENT_PASSPHRASE,
) -> None:
    """Run a stand-in for SBB's B2P. Everything it sells is a specimen."""
    settings = Settings(
        seed=seed, is_realistic=realistic, client_id=client_id, client_passphrase=client_secret, journal=journal
    )
    sandbox_app = _create_app(settings)
    try:
        listener = open_listener(host, port)
    except OSError as error:
        raise typer.BadParameter(
            f"cannot listen on {host}:{port}: {error.strerror}", param_hint="--host/--port"
        ) from None
    real_port = listener.getsockname()[1]
    typer.echo(f"B2P sandbox on http://{host}:{real_port} (seed {seed}); control interface at /control/", err=True)
    configure_server(sandbox_app, host, real_port).run(sockets=[listener])


def _create_app(settings: Settings) -> SandboxApp:
    try:
        return create_app(settings)
    except OSError as error:
        raise typer.BadParameter(f"{settings.journal}: {error.strerror}", param_hint="--journal") from None
    except ValueError as error:
        if settings.journal is None:
            raise
        raise typer.BadParameter(str(error), param_hint="--journal") from None
