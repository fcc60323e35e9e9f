"""Tickets: their documents, fetched once, kept, and handed over again without asking SBB.

- Fetched at once after the sale by a job that goes on trying with growing pauses, or by the seller who asks first.
  Equal questions share one fetch. Nothing is handed over before the order is confirmed.
- SBB may refuse documents while a booking is pending. A refused PDF (every ticket has one) is therefore answered by
  committing the booking early; another form that is refused may simply not exist, and commits nothing.
- After an undo documents stay. Every answer says in the header ``Agenturclient-Ticket-Mark`` what it is worth, and a
  cancelled ticket's PDF bears the word across each page; what is kept stays as SBB issued it.
- Some days after the last day of travel documents are dropped, and come from SBB again if somebody asks. Those of
  cancelled tickets are not dropped: SBB does not hand them out again.
"""
