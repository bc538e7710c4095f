namespace Assay.App.Tests.EndToEnd;

/// <summary>Rows that were set aside, repaired by a person and loaded again.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly RepairShop _shop = new();
    private readonly RepairShop _direct = new();

    public void Dispose()
    {
        _shop.Dispose();
        _direct.Dispose();
    }

    [Fact]
    public void Replay_WhenAllIsRepaired_ThenPublishesWhatTheRepairedInputWould()
    {
        _shop.Load();
        _direct.Load(RepairedPeople(RepairShop.People), RepairedDay());

        _shop.Replayed(RepairedPeople(_shop.Export("people")), "people-repaired.csv");
        _shop.Replayed(RepairedTills(_shop.Export("tills")), "tills-repaired.csv");

        // The summary holds the books of all batches, so each record counts once in them.
        Assert.Equal(_direct.Gold(), _shop.Gold());
        Assert.Equal(_direct.Silver(), _shop.Silver());
        Assert.Equal($"no rows of {_shop.Pipeline} are set aside in what counts today; for those of earlier runs, see: assay quarantine list {_shop.Pipeline}\n", _shop.Done("quarantine", "show", _shop.Pipeline));
    }

    [Fact]
    public void Replay_WhenSilverIsRebuiltAfterIt_ThenGivesTheSameBytes()
    {
        _shop.Load();
        _shop.Replayed(RepairedPeople(_shop.Export("people")), "people-repaired.csv");
        _shop.Replayed(RepairedTills(_shop.Export("tills")), "tills-repaired.csv");
        (var gold, var silver) = (_shop.Gold(), _shop.Silver());

        _shop.Load(RepairShop.People, RepairShop.Tills, "--full-refresh");

        Assert.Equal(gold, _shop.Gold());
        Assert.Equal(silver, _shop.Silver());

        // Bronze alone tells what was replayed.
        File.Delete(Path.Combine(_shop.Home, "assay.db"));
        _shop.Load(RepairShop.People, RepairShop.Tills, "--full-refresh");
        Assert.Equal(gold, _shop.Gold());
        Assert.Equal(silver, _shop.Silver());
    }

    [Fact]
    public void Replay_WhenDone_ThenTheBooksOfBothRunsAreRight()
    {
        _shop.Load();
        _shop.Replayed(RepairedTills(_shop.Export("tills")));

        string first = _shop.Tight(_shop.Done("runs", "show", _shop.Runs()[0]));
        string second = _shop.Tight(_shop.Done("runs", "show", _shop.Runs()[1]));

        Assert.Contains(
            """
            Books since rows were replayed
            ╭─┬─┬─┬─┬─┬─╮
            │ table │ read │ accepted │ quarantined │ deduplicated │ filtered │
            ├─┼─┼─┼─┼─┼─┤
            │ people │ 4 │ 2 │ 2 │ 0 │ 0 │
            │ receipts │ 2 │ 2 │ 0 │ 0 │ 0 │
            │ items │ 2 │ 2 │ 0 │ 0 │ 0 │
            ╰─┴─┴─┴─┴─┴─╯
            """,
            first,
            StringComparison.Ordinal);
        Assert.Contains(
            """
            Replayed by
            ╭─┬─┬─╮
            │ run │ table │ rows │
            ├─┼─┼─┤
            │ RUN-2 │ receipts │ 3 │
            │ RUN-2 │ items │ 4 │
            ╰─┴─┴─╯
            """,
            first,
            StringComparison.Ordinal);
        Assert.Contains(
            """
            Books
            ╭─┬─┬─┬─┬─┬─╮
            │ table │ read │ accepted │ quarantined │ deduplicated │ filtered │
            ├─┼─┼─┼─┼─┼─┤
            │ people │ 0 │ 0 │ 0 │ 0 │ 0 │
            │ receipts │ 4 │ 3 │ 0 │ 1 │ 0 │
            │ items │ 4 │ 4 │ 0 │ 0 │ 0 │
            ╰─┴─┴─┴─┴─┴─╯

            Books of all batches
            ╭─┬─┬─┬─┬─┬─╮
            │ table │ read │ accepted │ quarantined │ deduplicated │ filtered │
            ├─┼─┼─┼─┼─┼─┤
            │ people │ 4 │ 2 │ 2 │ 0 │ 0 │
            │ receipts │ 6 │ 4 │ 0 │ 2 │ 0 │
            │ items │ 6 │ 6 │ 0 │ 0 │ 0 │
            ╰─┴─┴─┴─┴─┴─╯

            Replay of
            ╭─┬─╮
            │ run │ records │
            ├─┼─┤
            │ RUN-1 │ 4 │
            ╰─┴─╯
            """,
            second,
            StringComparison.Ordinal);
        Assert.Contains("\"replays\": {\n    \"RUN-1\": 4\n  },", _shop.Plain(_shop.Done("runs", "show", _shop.Runs()[1], "--format", "json")), StringComparison.Ordinal);
        Assert.Equal(
            """
            run_id,pipeline,table,started,state,rows,resolved,reasons,replayed_by
            RUN-1,shop,people,TIME,open,2,0,no_match 1; not_accepted 1,
            RUN-1,shop,receipts,TIME,resolved,3,3,conflicting 2; not_a_date 1,RUN-2
            RUN-1,shop,items,TIME,resolved,4,4,parent_rejected 3; not_between 1,RUN-2

            """,
            _shop.Plain(_shop.Done("quarantine", "list", _shop.Pipeline, "--format", "csv")));
    }

    [Fact]
    public void Replay_WhenTheFileIsTheSameAgain_ThenChangesNothing()
    {
        _shop.Load();
        string repaired = RepairedPeople(_shop.Export("people"));
        _shop.Replayed(repaired);
        var before = AssayProgram.Snapshot(_shop.Home);

        ProgramResult again = _shop.Replay(repaired, "other-name.csv");

        Assert.Equal((0, ""), (again.ExitCode, again.Error));
        Assert.Equal($"other-name.csv was replayed before, by run RUN-2; nothing has changed\n", _shop.Plain(again.Text));
        Assert.Equal(before, AssayProgram.Snapshot(_shop.Home));
    }

    [Fact]
    public void Replay_WhenRowsAreStillBad_ThenSetsThemAsideAgainUntilTheyAreGood()
    {
        _shop.Load();
        _direct.Load(RepairedPeople(RepairShop.People));
        string export = _shop.Export("people");
        string half = export.Replace("22-2222", "222222", StringComparison.Ordinal);

        ProgramResult first = _shop.Replay(half, "first.csv");

        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Contains("  people    2 rows read = 1 accepted + 1 quarantined + 0 deduplicated + 0 filtered;", first.Text, StringComparison.Ordinal);
        Assert.Contains("replayed   2 records of run RUN-1\n", _shop.Plain(first.Text), StringComparison.Ordinal);
        Assert.Equal(
            "run_id,table,file,row,column,code,value,expected,also\nRUN-2,people,first.csv,2,region,not_accepted,West,\"one of North, South\",\n",
            _shop.Plain(_shop.Done("quarantine", "show", _shop.Pipeline, "--table", "people", "--format", "csv")));

        // The file that was exported first still names the records, whatever stands for them now.
        _shop.Replayed(RepairedPeople(export), "second.csv");

        Assert.Equal(_direct.Gold(), _shop.Gold());
        _shop.Load(RepairShop.People, RepairShop.Tills, "--full-refresh");
        Assert.Equal(_direct.Gold(), _shop.Gold());
        Assert.Equal(_direct.Silver(), _shop.Silver());
    }

    [Fact]
    public void Replay_WhenWhatFailedAgainIsExportedAnew_ThenItsRowsStandForTheFirst()
    {
        _shop.Load();
        _direct.Load(RepairedPeople(RepairShop.People));
        _shop.Replayed(_shop.Export("people").Replace("22-2222", "222222", StringComparison.Ordinal), "first.csv");
        _shop.Load(RepairShop.People, RepairShop.Tills, "--full-refresh");

        // After a rebuild files go by their paths in bronze.
        string export = _shop.Export("people");
        Assert.Equal(2, export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("-first.csv,2,", export, StringComparison.Ordinal);
        _shop.Replayed(export.Replace("333333,West", "333333,South", StringComparison.Ordinal), "second.csv");

        Assert.Equal(_direct.Gold(), _shop.Gold());
        _shop.Load(RepairShop.People, RepairShop.Tills, "--full-refresh");
        Assert.Equal(_direct.Gold(), _shop.Gold());
        Assert.Equal(_direct.Silver(), _shop.Silver());
    }

    [Fact]
    public void Replay_WhenItsOwnRowsAreMostlyBad_ThenChecksLookAtAllThatTheyBelongTo()
    {
        _shop.Load();

        ProgramResult result = _shop.Replay(_shop.Export("people").Replace("22-2222", "2", StringComparison.Ordinal));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("  people    2 rows read = 0 accepted + 2 quarantined", result.Text, StringComparison.Ordinal);
        Assert.StartsWith("RUN-2,shop,people,TIME,open,2,0,", _shop.Plain(_shop.Done("quarantine", "list", "--format", "csv")).Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_WhenAColumnCameMeanwhile_ThenIsRefusedUntilAllIsMadeAnew()
    {
        _shop.Load();
        string repaired = RepairedPeople(_shop.Export("people"));
        File.WriteAllText(_shop.Pipeline, File.ReadAllText(_shop.Pipeline).Replace(
            "      region: {", "      nickname: { type: string, field: name, pii: name }\n      region: {", StringComparison.Ordinal));

        ProgramResult result = _shop.Replay(repaired);

        Assert.Equal(
            (2, "error: table `people` was made by other rules: `nickname` is new; run with --full-refresh to make it anew from bronze, or take the change back\n"),
            (result.ExitCode, result.Error));
    }

    [Fact]
    public void Replay_WhenALineWasAddedByHand_ThenItCountsAsRead()
    {
        _shop.Load();
        string export = RepairedPeople(_shop.Export("people"));

        _shop.Replayed(export + "Eve Stone,555555,North,,,,,\n");

        string books = _shop.Tight(_shop.Done("runs", "show", "latest"));
        Assert.Contains("│ people │ 3 │ 3 │ 0 │ 0 │ 0 │", books, StringComparison.Ordinal);
        Assert.Contains("│ people │ 5 │ 5 │ 0 │ 0 │ 0 │", books, StringComparison.Ordinal);
        Assert.Contains("│ RUN-1 │ 2 │", books, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_WhenTheFileComesFromASpreadsheet_ThenIsReadAllTheSame()
    {
        _shop.Load();
        _direct.Load(RepairedPeople(RepairShop.People));
        string semicolons = "\uFEFF" + RepairedPeople(_shop.Export("people")).Replace(',', ';').Replace("\n", "\r\n", StringComparison.Ordinal);

        _shop.Replayed(semicolons);

        Assert.Equal(_direct.Gold(), _shop.Gold());
    }

    [Fact]
    public void Replay_WhenRunsOfSeveralDaysUseOneName_ThenTellsTheirRecordsApart()
    {
        _shop.Load("name,phone,region\nAnn Miller,1,North\nBob Smith,222222,South\n");
        _shop.Load("name,phone,region\nCleo Park,3,North\nDan Ono,444444,South\n");
        string export = _shop.Export("people");
        string repaired = export.Replace("Miller,1,", "Miller,111111,", StringComparison.Ordinal).Replace("Park,3,", "Park,333333,", StringComparison.Ordinal);

        _shop.Replayed(repaired);

        Assert.Equal(
            "RUN-2,shop,people,TIME,resolved,1,1,no_match 1,RUN-3|RUN-1,shop,people,TIME,resolved,1,1,no_match 1,RUN-3",
            string.Join('|', _shop.Plain(_shop.Done("quarantine", "list", _shop.Pipeline, "--format", "csv")).Split('\n').Where(line => line.Contains(",people,", StringComparison.Ordinal))));
        (var gold, var silver) = (_shop.Gold(), _shop.Silver());
        _shop.Load("name,phone,region\nAnn Miller,1,North\nBob Smith,222222,South\n", RepairShop.Tills, "--full-refresh");
        Assert.Equal(gold, _shop.Gold());
        Assert.Equal(silver, _shop.Silver());
    }

    private static string RepairedPeople(string text) =>
        text.Replace("22-2222,South", "222222,South", StringComparison.Ordinal).Replace("333333,West", "333333,South", StringComparison.Ordinal);

    private static string RepairedTills(string export) => export
        .Replace("12.00,b,", "10.00,b,", StringComparison.Ordinal)
        .Replace(",a,500,", ",a,50,", StringComparison.Ordinal)
        .Replace("2026-13-06T10:00:00,333333,-5,", "2026-03-06T10:00:00,333333,5,", StringComparison.Ordinal);

    private static string RepairedDay() => RepairShop.Tills
        .Replace("12.00", "10.00", StringComparison.Ordinal)
        .Replace(">500<", ">50<", StringComparison.Ordinal)
        .Replace("2026-13-06", "2026-03-06", StringComparison.Ordinal)
        .Replace(">-5<", ">5<", StringComparison.Ordinal);
}
