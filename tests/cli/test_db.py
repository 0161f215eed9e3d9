"""`gazetteer db`."""

import sqlite3


def test_upgrade_makes_the_database_and_is_safe_to_run_again(nothing):
    """The second time there is nothing to do."""
    assert nothing.run("db", "upgrade").exit_code == 0
    assert nothing.run("db", "upgrade").exit_code == 0
    assert nothing.run("db", "check").exit_code == 0


def test_a_database_without_schema_is_refused_with_the_command_that_mends_it(nothing):
    """`seed` and `import` do not migrate by themselves."""
    for command in (("db", "check"), ("index", "build"), ("seed",)):
        result = nothing.run(*command)

        assert result.exit_code == 1
        assert "gazetteer db upgrade" in result.stderr


def test_a_broken_reference_is_told(nothing):
    """A line on stdout, exit code 1."""
    nothing.run("db", "upgrade")
    with sqlite3.connect(nothing.data / "gazetteer.db") as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            "INSERT INTO identifiers (entity_id, scheme, value, preferred, source_id) VALUES (9, 'x', 'y', 1, 9)"
        )
    connection.close()
    result = nothing.run("db", "check")

    assert result.exit_code == 1
    assert "identifiers" in result.stdout


def test_a_backup_is_a_whole_database(installation, tmp_path):
    """It opens, and has the rows."""
    out = tmp_path / "copy.db"
    result = installation.run("db", "backup", out)
    connection = sqlite3.connect(out)
    (entities,) = connection.execute("SELECT count(*) FROM entities").fetchone()
    connection.close()

    assert (result.exit_code, result.stdout) == (0, f"{out}\n")
    assert entities == 5


def test_a_backup_replaces_nothing(installation, tmp_path):
    """A slip of the pen must not cost the last backup."""
    out = tmp_path / "copy.db"
    out.write_text("precious")

    assert installation.run("db", "backup", out).exit_code == 2
    assert out.read_text() == "precious"


def test_a_database_out_of_reach_is_one_line(nothing, monkeypatch):
    """No traceback of the driver's, and no password."""
    monkeypatch.setenv("GAZETTEER_DATABASE_URL", "postgresql+psycopg://me:secret@127.0.0.1:1/none")
    result = nothing.run("db", "check")

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "secret" not in result.stderr
