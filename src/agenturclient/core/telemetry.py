"""Traces: to an OpenTelemetry collector if there is one, else nowhere at no cost."""

from typing import TYPE_CHECKING

from opentelemetry import trace

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider


def open_tracing(endpoint: str, *, service_version: str) -> "TracerProvider | None":
    """Send spans to ``endpoint`` (OTLP over HTTP, the collector's base address); None if it is empty.

    The caller shuts the provider down at the end, which sends what is left.
    """
    if not endpoint:
        return None
    # Loaded only where there is a collector: a fifth of a second of every other start.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    resource = Resource.create({"service.name": "agenturclient", "service.version": service_version})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint.rstrip("/") + "/v1/traces")))
    trace.set_tracer_provider(provider)
    return provider
