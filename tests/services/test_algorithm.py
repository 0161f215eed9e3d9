from gazetteer.matching import features as evidence
from gazetteer.matching.score import RECIPE
from gazetteer.services.algorithm import features


def test_every_feature_of_the_algorithm_is_documented():
    """By its whole docstring, not the first line of it."""
    listed = {each.name: each for each in features()}
    assert list(listed) == [each.name for each in RECIPE]
    assert all(each.documentation.endswith(".") for each in listed.values())
    assert listed["same_spelling"].documentation == evidence.same_spelling.__doc__


def test_the_documentation_has_no_indentation_of_the_source():
    for each in features():
        assert not any(line.startswith("    ") for line in each.documentation.splitlines())
