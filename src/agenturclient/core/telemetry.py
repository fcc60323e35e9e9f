"""Traces: to an OpenTelemetry collector if there is one, else nowhere at no cost."""

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def open_tracing(endpoint: str, *, service_version: str) -> TracerProvider | None:
    """Send spans to ``endpoint`` (OTLP over HTTP, the collector's base address); None if it is empty.

    The caller shuts the provider down at the end, which sends what is left.
    """
    if not endpoint:
        return None
    resource = Resource.create({"service.name": "agenturclient", "service.version": service_version})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint.rstrip("/") + "/v1/traces")))
    trace.set_tracer_provider(provider)
    return provider
