"""What each call to the supplier cost, for Prometheus."""

from prometheus_client import Counter, Gauge, Histogram

RAIL_CALL_SECONDS = Histogram(
    "rail_call_seconds",
    "Time of a call to the supplier with its queueing and repetitions, by operation and outcome.",
    ["operation", "outcome"],
    buckets=(0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8, 10, 15, 20, 30),
)
RAIL_CALL_ATTEMPTS = Counter(
    "rail_call_attempts", "Requests sent to the supplier or tried to be sent, by operation.", ["operation"]
)
RAIL_CALLS_UNDER_WAY = Gauge(
    "rail_calls_under_way", "Calls to the supplier under way, with those queued.", ["operation"]
)
RAIL_BREAKER_OPEN = Gauge("rail_breaker_open", "1 while the circuit breaker of an operation is open.", ["operation"])
RAIL_ELEMENTS_DROPPED = Counter(
    "rail_elements_dropped", "Elements of the supplier's answers that could not be read.", ["operation"]
)
