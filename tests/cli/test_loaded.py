"""What a load is said to have done."""

from gazetteer.cli.loaded import SHOWN, summary, tell
from gazetteer.importers.record import Rejected
from gazetteer.services.load_run import Report


def test_counts_of_nought_are_left_out():
    """What did not happen is not worth a word."""
    report = Report("geonames", read=1200, created=1000, unchanged=200, changed=True)

    assert summary(report) == "1,200 records read: 1,000 created, 200 unchanged"


def test_a_load_that_wrote_nothing_says_so():
    """The report of a second time."""
    assert summary(Report("geonames", read=2, unchanged=2)) == "2 records read: 2 unchanged; no row changed"


def test_a_source_that_was_not_read_says_why():
    """`--if-changed`."""
    assert summary(Report("cldr", skipped=True)) == "not read, as it was loaded already"


def test_the_first_bad_rows_are_told_and_the_rest_counted(capsys):
    """A dump of another layout must not scroll the screen away."""
    report = Report("geonames", read=50)
    for row in range(1, SHOWN + 6):
        report.reject(Rejected(row, "expected 19 columns, found 1", "IQ.txt"))
    tell(report)
    out, talk = capsys.readouterr()

    assert talk.splitlines()[0] == "IQ.txt, line 1: expected 19 columns, found 1"
    assert talk.splitlines()[-1] == "… and 5 more rows that cannot be used."
    assert out == "geonames: 50 records read: 15 rejected; no row changed\n"
