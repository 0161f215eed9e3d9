"""Progress bars: only on a terminal, only for long work."""

import io

from gazetteer.cli import terminal


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_there_is_no_bar_in_a_pipe(monkeypatch):
    """Logs are not for bars."""
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with terminal.progress("Working") as bar:
        assert bar is None


def test_short_work_shows_no_bar(monkeypatch):
    """A flicker says nothing."""
    monkeypatch.setattr("sys.stderr", Terminal())
    with terminal.progress("Working") as bar:
        bar(1, 2)

    assert bar.shown is None


def test_long_work_shows_one(monkeypatch):
    """Once the patience is over."""
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(terminal, "PATIENCE", 0.0)
    with terminal.progress("Working") as bar:
        bar.more(1000)
        bar.more(500)

    assert bar.done == 1500
    assert "Working 1,500 rows" in screen.getvalue()
