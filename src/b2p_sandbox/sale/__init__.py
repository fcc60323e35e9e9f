"""From the prebooking to the refund."""
