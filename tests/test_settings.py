"""Settings: each has help, each is read, and a wrong value stops the start."""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from gazetteer.errors import InvalidInput
from gazetteer.settings import PREFIX, Settings

ALL = fields(Settings)


@pytest.mark.parametrize("setting", ALL, ids=lambda setting: setting.name)
def test_every_setting_has_help(setting):
    """A setting nobody can understand does not exist."""
    assert setting.metadata["help"].endswith(".")


@pytest.mark.parametrize("setting", ALL, ids=lambda setting: setting.name)
def test_every_default_can_be_given(setting):
    """What `gazetteer settings` prints as the default is read back as the default."""
    settings = Settings.from_env({PREFIX + setting.name.upper(): str(setting.default)})
    assert getattr(settings, setting.name) == setting.default


@pytest.mark.parametrize(
    "setting", [each for each in ALL if each.metadata["least"] is not None], ids=lambda each: each.name
)
def test_a_number_out_of_its_range_is_refused(setting):
    """The message names the variable."""
    name = PREFIX + setting.name.upper()
    beyond = [setting.metadata["least"] - 1]
    if setting.metadata["most"] is not None:
        beyond.append(setting.metadata["most"] + 1)
    for value in beyond:
        with pytest.raises(InvalidInput, match=name) as caught:
            Settings.from_env({name: str(value)})
        assert caught.value.field == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GAZETTEER_PORT", "http"),
        ("GAZETTEER_PORT", ""),
        ("GAZETTEER_PORT", "5000.5"),
        ("GAZETTEER_PRECISION", "high"),
        ("GAZETTEER_PRECISION", "nan"),
        ("GAZETTEER_PRECISION", "inf"),
    ],
)
def test_an_unreadable_number_is_refused(name, value):
    with pytest.raises(InvalidInput, match=name):
        Settings.from_env({name: value})


@pytest.mark.parametrize("value", ["", " "])
def test_an_empty_folder_is_refused(value):
    """It would silently be whatever folder the process was started in."""
    with pytest.raises(InvalidInput, match="GAZETTEER_DATA") as caught:
        Settings.from_env({"GAZETTEER_DATA": value})
    assert caught.value.field == "GAZETTEER_DATA"


@pytest.mark.parametrize("name", ["GAZETTEER_PROT", "GAZETTEER_", "GAZETTEER_port"])
def test_an_unknown_name_is_refused(name):
    """A slip of the pen must not go unnoticed."""
    with pytest.raises(InvalidInput, match="not a setting") as caught:
        Settings.from_env({name: "1"})
    assert caught.value.field == name


def test_other_variables_are_none_of_ours():
    assert Settings.from_env({"PATH": "/bin", "TEST_SHARED_DIR": "x", "GAZETTEERS": "x"}) == Settings()


def test_settings_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


def test_the_embedded_database_is_in_the_data_folder(tmp_path):
    """Wherever the process is started from afterwards."""
    assert Settings(data=tmp_path).url == f"sqlite:///{tmp_path}/gazetteer.db"
    assert Path(Settings().url.removeprefix("sqlite:///")).is_absolute()
    assert Settings(database_url="postgresql://x/y").url == "postgresql://x/y"


def test_the_current_snapshot_is_in_the_data_folder_unless_one_is_named(tmp_path):
    assert Settings(data=tmp_path).current == tmp_path / "index" / "current"
    assert Settings(snapshot="/elsewhere").current == Path("/elsewhere")
