"""The sale: hold, pay, book, check, undo; each step recorded before it is begun and after it ended."""
