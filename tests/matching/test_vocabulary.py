"""The type vocabulary: complete over GeoNames, and refused as a whole where it is broken."""

import csv

import pytest

from gazetteer.errors import BadData
from gazetteer.matching.vocabulary import read, type_of_feature, types

GOOD = '[dam]\nkind = "facility"\nlabel = "dam"\nprior = 2\nfeatures = ["S.DAM"]\n'


class TestTypes:
    def test_kind_and_prior_of_a_type(self):
        assert types()["dam"].kind == "facility"
        assert types()["country"].prior > types()["settlement"].prior > types()["farm"].prior

    def test_the_table_cannot_be_changed(self):
        with pytest.raises(TypeError):
            types()["dam"] = None


class TestTypeOfFeature:
    @pytest.mark.parametrize(
        ("feature_class", "code", "expected"),
        [
            ("P", "PPLX", "neighbourhood"),
            ("P", "PPLC", "settlement"),
            ("P", "", "settlement"),
            ("A", "ADM1", "admin1"),
            ("S", "CMPRF", "camp"),
            ("S", "NEWCODE", "site"),
            ("", "", None),
            ("X", "PPL", None),
        ],
    )
    def test_code_then_class_then_nothing(self, feature_class, code, expected):
        """A code that GeoNames adds tomorrow still gets the type of its class."""
        assert type_of_feature(feature_class, code) == expected

    def test_every_geonames_feature_has_a_type(self, shared):
        with (shared / "geonames/featureCodes_en.txt").open(encoding="utf-8", newline="") as lines:
            codes = [row[0] for row in csv.reader(lines, delimiter="\t") if "." in row[0]]

        assert len(codes) > 600
        assert not [code for code in codes if type_of_feature(*code.split(".")) not in types()]

    def test_every_feature_named_is_one_of_geonames(self, shared):
        codes = {
            line.split("\t")[0] for line in (shared / "geonames/featureCodes_en.txt").read_text("utf-8").splitlines()
        }
        classes = {code[0] for code in codes if "." in code}

        assert not [feature for each in types().values() for feature in each.features if feature not in codes | classes]


class TestRead:
    def test_a_good_table(self):
        assert read(GOOD)["dam"].features == ("S.DAM",)

    @pytest.mark.parametrize(
        "broken",
        [
            GOOD + "colour = 3\n",
            GOOD.replace("facility", "thing"),
            GOOD.replace("prior = 2\n", ""),
            GOOD.replace("prior = 2", "prior = nan"),
            GOOD.replace("prior = 2", "prior = true"),
            GOOD.replace('"S.DAM"', '"S.DAM", "S.DAM"'),
            GOOD.replace("S.DAM", "dam"),
            GOOD.replace('"dam"', '" "'),
            GOOD.replace("[dam]", "[Dam]"),
            GOOD + GOOD,
            GOOD + GOOD.replace("[dam]", "[weir]"),
            "dam = 1",
        ],
    )
    def test_a_broken_table_is_refused_whole(self, broken):
        """A feature claimed twice, an unknown key or kind: never read half."""
        with pytest.raises(BadData, match=r"types\.toml"):
            read(broken)
