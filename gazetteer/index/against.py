"""One record of the caller's choice against a query: pairs that no search need have found."""

import numpy as np

from gazetteer.index.arrays import distinct
from gazetteer.index.candidates import Found
from gazetteer.index.forms import Written
from gazetteer.index.snapshot import Snapshot
from gazetteer.matching.asked import Batch


def against(snapshot: Snapshot, batch: Batch, written: Written, entity: int) -> Found:
    """Every name of a record against the query that was written, whatever binds and however unlike they are: each of
    its cores against each form, and the very spelling where it is one of them."""
    query = int(written.query[0]) if len(written.query) else 0
    names = snapshot.entities.names_of(entity)
    _, same = snapshot.exact.find(np.array([batch.exact[query], batch.head[query]]))
    same = distinct(same[np.isin(same, names)]).astype(np.int64)
    owner, core = snapshot.names.cores_of(names)
    name = names[owner]
    forms = np.arange(len(written.form))
    nothing = np.full(len(same), -1)
    return Found(
        query=np.full(len(same) + len(name) * len(forms), query),
        name=np.concatenate([same, np.repeat(name, len(forms))]),
        core=np.concatenate([nothing, np.repeat(core, len(forms))]),
        form=np.concatenate([nothing, np.tile(forms, len(name))]),
    )
