"""Curation: edits of single records by people. Each is one transaction and one entry in the history.

What an editor says is a source of its own, `edits`, above all others: it stands until an editor says otherwise, and no
load takes it away. What an editor strikes out of a load's statements stays as a row that is retired, so that the next
load does not bring it back.

Records are locked row by row, in the order of their ids, before anything is looked at, so an edit works on what is
there when it is its turn: of two editors the second waits for the first and is never told to try again. (Under
an optimistic check alone every edit of a busy record would have to.) What a lock cannot see is the time that an editor
takes to think; so `By.version` may say which state was seen, and an edit of what has changed since is a Conflict.
"""
