import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.index.strings import Strings, pack


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)))))
def test_strings_come_back_as_they_were_packed(texts):
    arrays = pack("name", texts)
    strings = Strings(arrays["name_bytes"], arrays["name_begins"])
    assert list(strings) == texts
    assert strings.take(np.arange(len(texts))) == texts
