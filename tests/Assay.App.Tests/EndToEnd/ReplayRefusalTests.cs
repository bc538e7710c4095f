namespace Assay.App.Tests.EndToEnd;

/// <summary>Replays that would leave silver other than a rebuild makes it, or that nobody can make sense of: refused, and nothing changes.</summary>
public sealed class ReplayRefusalTests : IDisposable
{
    private readonly RepairShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Replay_WhenOnlySomeOfConflictingRecordsAreThere_ThenNamesTheOthers()
    {
        _shop.Load();
        string[] lines = _shop.Export("tills").Split('\n');
        Assert.StartsWith("R1,", lines[2], StringComparison.Ordinal);

        Refused(
            string.Join('\n', lines.Where((_, i) => i != 2)),
            "repaired.csv has record 1 of `tills.xml`, but not record 2, which disagrees with it; records of one `receipt` are replayed together. "
            + "Make them agree; one that should not be there can be made equal to another, and counts once");
    }

    [Theory]
    [InlineData("R2,2026-01-06T10:00:00,222222,20.00,a,500", "R9,2026-01-06T10:00:00,222222,20.00,a,50",
        "row 3: it changes `receipt`, under which its record is in `receipts` already and would stay; keep it as it was. Nothing was changed")]
    [InlineData("R2,2026-01-06T10:00:00,222222,20.00,a,500", "R2,2026-01-06T10:00:00,222222,-20.00,a,50",
        "row 3: its record is good in `receipts` as it was, and would not be any more: `total`: value > 0 was expected. Nothing was changed")]
    [InlineData("R2,2026-01-06T10:00:00,222222,20.00,a,500", ",2026-01-06T10:00:00,222222,20.00,a,50",
        "row 3: its record is good in `receipts` as it was, and would not be any more: `receipt`: a text was expected. Nothing was changed")]
    public void Replay_WhenARecordThatIsInSilverWouldNotStay_ThenSaysWhatMustStay(string was, string edited, string error)
    {
        _shop.Load();
        string export = _shop.Export("tills");
        Assert.Contains(was, export, StringComparison.Ordinal);

        Refused(export.Replace(was, edited, StringComparison.Ordinal), $"repaired.csv, {error}");
    }

    [Fact]
    public void Replay_WhenRowsOfAGoodReceiptWouldDisagree_ThenSaysWhichTwo()
    {
        _shop.Load(RepairShop.People, RepairShop.Day("R1|2026-01-05T10:00:00|1|10|a|500", "R1|2026-01-05T10:00:00|1|10|b|600", "R2|2026-01-05T10:00:00|1|20|b|6"));
        string export = _shop.Export("tills");

        Refused(
            export.Replace(",10,a,500", ",11,a,5", StringComparison.Ordinal).Replace(",600", ",6", StringComparison.Ordinal),
            "repaired.csv, row 2: it has the `receipt` of row 1 and disagrees with it in `receipts`; make them agree. Nothing was changed");
        _shop.Replayed(export.Replace(",10,a,500", ",11,a,5", StringComparison.Ordinal).Replace(",10,b,600", ",11.0,b,6", StringComparison.Ordinal), "better.csv");
        Assert.Equal(["Unknown,31.00,2"], _shop.Done("show", _shop.Pipeline, "by_region", "--format", "csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1));
    }

    [Theory]
    [InlineData(",2,RUN", ",77,RUN", 3,
        "repaired.csv, row 1: run RUN-1 loaded no record 77 of `people.csv` for source `people`; leave _source_file, _row and _run as they were exported, or empty in a row that is new")]
    [InlineData(",2,RUN-1", ",2,RUN", 3,
        "repaired.csv, row 1: run RUN loaded no record 2 of `people.csv` for source `people`; leave _source_file, _row and _run as they were exported, or empty in a row that is new")]
    [InlineData(",2,RUN-1", ",,RUN-1", 3,
        "repaired.csv, row 1: _source_file, _row and _run do not name a record (`people.csv`, ``, `RUN-1`); leave them as they were exported, or empty in a row that is new")]
    [InlineData(",_row,", ",_rows,", 3,
        "repaired.csv lacks the column `_row`, so nobody knows which records its rows are; leave _source_file, _row, _run as they were exported")]
    [InlineData("region,", "area,", 2,
        "repaired.csv: missing column 'region'; the header has: name, phone, area, _reason, _source_file, _row, _run, _table.")]
    [InlineData("Bob Smith,", "Bob, Smith,", 3,
        "repaired.csv, row 1: the row is damaged (long_row); every row has as many cells as the header, and a cell with a quote, a delimiter or a line end is in quotes")]
    [InlineData("RUN-1,people", "RUN-1,persons", 2, "repaired.csv, row 1: `shop` has no table `persons`; it has people, receipts, items")]
    [InlineData("RUN-1,people\n", "RUN-1,items\n", 2, "repaired.csv has rows of several sources (tills, people); replay those of each by themselves")]
    public void Replay_WhenTheFileIsWrong_ThenSaysWhatToDo(string right, string wrong, int exitCode, string error)
    {
        _shop.Load();
        string export = _shop.Plain(_shop.Export("people"));
        int at = export.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at > 0);
        string text = string.Concat(export.AsSpan(0, at), wrong, export.AsSpan(at + right.Length));

        Refused(text.Replace("RUN-1", _shop.Runs()[0], StringComparison.Ordinal).Replace(",people.csv,", $",{_shop.At("people.csv")},", StringComparison.Ordinal), error, exitCode);
    }

    [Fact]
    public void Replay_WhenThePipelineKeepsNoSilver_ThenSaysWhatToDoInstead()
    {
        ProgramResult result = _shop.Run("quarantine", "replay", "sales", "repaired.csv");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            "error: `sales` keeps no silver that repaired rows could go into; mend them in its input and run it again, "
            + "or let it keep what it loads: `layers: [bronze, silver, gold]` in the pipeline, then a run\n",
            result.Error);
    }

    [Fact]
    public void Replay_WhenTheFileWasLoadedAsInput_ThenSaysByWhichRun()
    {
        _shop.Load();

        Refused(
            RepairShop.People,
            "repaired.csv was loaded as input by run RUN-1, so it is no file of repaired rows; make one: assay quarantine export shop -o FILE",
            exitCode: 2);
    }

    [Fact]
    public void Replay_WhenThereIsNoSuchFile_ThenSaysSo()
    {
        ProgramResult result = _shop.Run("quarantine", "replay", _shop.Pipeline, _shop.At("nothing.csv"));

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("nothing.csv", result.Error, StringComparison.Ordinal);
    }

    private void Refused(string text, string error, int exitCode = 3)
    {
        (var gold, var silver, var quarantine) = (_shop.Gold(), _shop.Silver(), AssayProgram.Snapshot(Path.Combine(_shop.Home, "quarantine")));

        ProgramResult result = _shop.Replay(text);

        Assert.Equal($"error: {error}\n", _shop.Plain(result.Error));
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(gold, _shop.Gold());
        Assert.Equal(silver, _shop.Silver());
        Assert.Equal(quarantine, AssayProgram.Snapshot(Path.Combine(_shop.Home, "quarantine")));
    }
}
