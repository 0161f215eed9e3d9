"""The compiled comparison of the pairs that the search found: what features read of their letters."""

import numpy as np

from gazetteer.matching.alignment import evidence, likeness, own, scratch
from gazetteer.matching.compiled import compiled


@compiled
def compared(stored, forms, form, core, odds):  # type: ignore[no-untyped-def]
    """How each pair of a form and a core compares: its evidence, that of either side against itself, and the
    likeness of letters and of consonants; a column each."""
    found = np.empty((5, len(form)), np.float64)
    row, masks = scratch()
    for place in range(len(form)):
        f, c = form[place], core[place]
        table = odds[forms.route[f]]
        query = forms.units[forms.units_begins[f] : forms.units_begins[f + 1]]
        units = stored.units[stored.units_begins[c] : stored.units_begins[c + 1]]
        s = stored.skeleton[c]
        found[0, place] = evidence(table, query, units, row)
        found[1, place] = own(table, query)
        found[2, place] = own(table, units)
        found[3, place] = likeness(
            forms.text[forms.text_begins[f] : forms.text_begins[f + 1]],
            stored.text[stored.text_begins[c] : stored.text_begins[c + 1]],
            masks,
        )
        found[4, place] = likeness(
            forms.skeleton_text[forms.skeleton_begins[f] : forms.skeleton_begins[f + 1]],
            stored.skeleton_text[stored.skeleton_begins[s] : stored.skeleton_begins[s + 1]],
            masks,
        )
    return found


@compiled
def best_of_each(stored, forms, form, begins, cores, odds):  # type: ignore[no-untyped-def]
    """For each form the most that one of its cores has in common with it, as a share of the mean of both sides."""
    found = np.zeros(len(form), np.float64)
    row, _ = scratch()
    for place in range(len(form)):
        table = odds[forms.route[form[place]]]
        query = forms.units[forms.units_begins[form[place]] : forms.units_begins[form[place] + 1]]
        mine = own(table, query)
        for core in cores[begins[place] : begins[place + 1]]:
            units = stored.units[stored.units_begins[core] : stored.units_begins[core + 1]]
            both = max(mine + own(table, units), np.float32(1.0))
            found[place] = max(found[place], 2.0 * evidence(table, query, units, row) / both)
    return found
