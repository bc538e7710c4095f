using System.IO.Compression;
using System.Text;

namespace Assay.App.Tests.EndToEnd;

/// <summary><c>assay quarantine list|show|export</c>.</summary>
public sealed class QuarantineTests : IDisposable
{
    private readonly AssayProgram _assay = new();
    private readonly RepairShop _shop = new();

    public void Dispose()
    {
        _assay.Dispose();
        _shop.Dispose();
    }

    [Fact]
    public void Show_WhenColumnsArePersonal_ThenMasksThemUnlessAskedNotTo()
    {
        _shop.Load(
            RepairShop.People,
            RepairShop.Day("R1|2026-01-05T10:00:00|9876543210|10|a|1", "R1|2026-01-05T10:00:00|9123456789|10|b|2", "R2|2026-01-05T10:00:00|7|0|b|2", "R3|2026-01-05T10:00:00|7|1|b|2"));

        string masked = _shop.Plain(_shop.Done("quarantine", "show", _shop.Pipeline, "--format", "csv"));

        Assert.Equal(
            """
            run_id,table,file,row,column,code,value,expected,also
            RUN-1,people,people.csv,2,phone,no_match,22***22,text that matches ^[0-9]{6}$,
            RUN-1,people,people.csv,3,region,not_accepted,West,"one of North, South",
            RUN-1,receipts,tills.xml,3,total,check_failed,0,value > 0,
            RUN-1,receipts,tills.xml,1,phone,conflicting,98******10 <> 91******89,the same phone in every record of its key,
            RUN-1,receipts,tills.xml,2,phone,conflicting,98******10 <> 91******89,the same phone in every record of its key,
            RUN-1,items,tills.xml,3,,parent_rejected,,a good record to be a line of,
            RUN-1,items,tills.xml,1,,parent_rejected,,a good record to be a line of,
            RUN-1,items,tills.xml,2,,parent_rejected,,a good record to be a line of,

            """,
            masked);
        string drawn = _shop.Done("quarantine", "show", _shop.Pipeline);
        Assert.All(["22-2222", "9876543210", "9123456789"], raw => Assert.DoesNotContain(raw, masked + drawn, StringComparison.Ordinal));
        Assert.Equal(
            """
            run_id,table,file,row,column,code,value,expected,also,record
            RUN-1,receipts,tills.xml,1,phone,conflicting,9876543210 <> 9123456789,"the same phone in every record of its key, not `9876543210` and `9123456789`",,<sale><receipt>R1</receipt><at>2026-01-05T10:00:00</at><phone>9876543210</phone><total>10</total><article>a</article><pieces>1</pieces></sale>

            """,
            _shop.Plain(_shop.Done("quarantine", "show", _shop.Pipeline, "--unmask", "--format", "csv", "--code", "conflicting", "--limit", "1", "--table", "receipts")));
    }

    [Fact]
    public void Show_WhenARunIsNamed_ThenShowsItsRows()
    {
        _shop.Load();
        _shop.Load("name,phone,region\nEve Stone,5,North\nEve Stone,555555,North\n");

        Assert.EndsWith(",people.csv,1,phone,no_match,*,text that matches ^[0-9]{6}$,\n", _shop.Plain(Shown("--run", "latest")), StringComparison.Ordinal);
        Assert.Equal(3, Shown("--run", _shop.Runs()[0], "--table", "people").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(4, Shown("--table", "people").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal((2, "error: run `x` set no rows of `shop` aside; see: assay quarantine list shop\n"), Failed("quarantine", "show", _shop.Pipeline, "--run", "x"));
        Assert.Equal((2, "error: `shop` has no table `nobody`; it has people, receipts, items\n"), Failed("quarantine", "show", _shop.Pipeline, "--table", "nobody"));
        Assert.Equal(
            "  the first 2 rows; --limit shows more\n",
            _shop.Done("quarantine", "show", _shop.Pipeline, "-n", "2")[^"  the first 2 rows; --limit shows more\n".Length..]);

        string Shown(params string[] more) => _shop.Done(["quarantine", "show", _shop.Pipeline, "--format", "csv", .. more]);

        (int, string) Failed(params string[] arguments)
        {
            ProgramResult result = _shop.Run(arguments);
            return (result.ExitCode, result.Error);
        }
    }

    [Fact]
    public void List_WhenRunsFailOrAreReplaced_ThenSaysWhatCounts()
    {
        Assert.Equal("no rows were set aside\n", _shop.Done("quarantine", "list"));
        _shop.Load("name,phone,region\nAnn Miller,111111,North\nBob Smith,2,South\n", RepairShop.Day());
        ProgramResult failed = _shop.Run(
            "run", _shop.Pipeline, "--set", $"people={_shop.Write("bad.csv", "name,phone,region\nEve Stone,5,North\n")}", "--set", $"tills={_shop.At("tills.xml")}", "--quiet");
        Assert.Equal(1, failed.ExitCode);
        _shop.Load("name,phone,region\nAnn Miller,111111,North\nBob Smith,2,South\n", RepairShop.Day(), "--full-refresh");

        Assert.Equal(
            """
            run_id,pipeline,table,started,state,rows,resolved,reasons,replayed_by
            RUN-3,shop,people,TIME,open,1,0,no_match 1,
            RUN-2,shop,people,TIME,unpublished,1,0,no_match 1,
            RUN-1,shop,people,TIME,replaced,1,0,no_match 1,

            """,
            _shop.Plain(_shop.Done("quarantine", "list", "--format", "csv")));
        Assert.Contains("│ RUN-3 │ people │ open │ 1 │ 0 │ no_match 1 │ shop │", _shop.Tight(_shop.Done("quarantine", "list")), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_WhenBothTablesOfARecordSetItAside_ThenHasItOnceWithAllReasons()
    {
        _shop.Load();

        Assert.Equal(
            """
            receipt,at,phone,total,article,pieces,_reason,_source_file,_row,_run,_table
            r1,2026-01-05T10:00:00,111111,10.00,a,1,"total: expected the same total in every record of its key, not `10.00` and `12.00`",tills.xml,1,RUN-1,receipts
            R1,2026-01-05T10:00:00,111111,12.00,b,2,"total: expected the same total in every record of its key, not `10.00` and `12.00`",tills.xml,2,RUN-1,receipts
            R2,2026-01-06T10:00:00,222222,20.00,a,500,"pieces: expected between 1 and 100, found `500`",tills.xml,3,RUN-1,items
            R3,2026-13-06T10:00:00,333333,-5,c,4,"at: expected a moment as yyyy-MM-dd HH:mm:ss, also with a fraction or an offset such as +05:30 (ISO 8601), found `2026-13-06T10:00:00`; total: expected value > 0, found `-5`",tills.xml,5,RUN-1,receipts

            """,
            _shop.Plain(_shop.Export("tills")));
        ProgramResult both = _shop.Run("quarantine", "export", _shop.Pipeline, "-o", _shop.At("both.csv"));
        Assert.Equal(2, both.ExitCode);
        Assert.Equal("error: records of several sources are set aside, and each source has columns of its own; choose one: --source people or --source tills\n", both.Error);

        // With the copy of the records gone, the raw file gives the same.
        string export = _shop.Export("tills", "--table", "items");
        foreach (string copy in Directory.GetDirectories(Path.Combine(_shop.Home, "bronze"), "*.records", SearchOption.AllDirectories))
        {
            Directory.Delete(copy, recursive: true);
        }

        Assert.Equal(export, _shop.Export("tills", "--table", "items"));
    }

    [Fact]
    public void Export_WhenRecordsAreDamaged_ThenTellsWhatItCan()
    {
        _shop.Load("name,phone,region\n\"Eve \"E\" Stone,555555,North\nAnn Miller,111111\nDan Ono,444444,South\nCleo Park,333333,North\n");

        Assert.Equal(
            """
            name,phone,region,_reason,_source_file,_row,_run,_table
            "Eve ""E"" Stone",555555,North,"bad_quote: expected a closing quote, followed by a delimiter or the line's end",people.csv,1,RUN-1,people
            Ann Miller,111111,,short_row: expected as many fields as the header has,people.csv,2,RUN-1,people

            """,
            _shop.Plain(_shop.Export("people")));
    }

    [Theory]
    [InlineData(false, ',')]
    [InlineData(true, ';')]
    public void Export_WhenThePipelineKeepsNoLayers_ThenTakesTheRecordsApart(bool isGzip, char delimiter)
    {
        string sample = File.ReadAllText(Path.Combine(House.Repository.Root, AssayProgram.Sample)).Replace(',', delimiter);
        byte[] bytes = Encoding.UTF8.GetBytes(sample);
        string input = _assay.Write("in.csv", isGzip ? Gzip(bytes) : bytes);
        _assay.RunSales(input);

        ProgramResult result = _assay.Run("quarantine", "export", "sales", "-o", "-");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string text = AssayProgram.Masked(result.Text).Replace(_assay.Folder + "/", "", StringComparison.Ordinal);
        IReadOnlyList<QuarantinedRow> rows = QuarantinedRow.Read(_assay.Rejects());
        Assert.Equal(rows.Count + 1, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        if (delimiter == ',')
        {
            GoldenFile.Check(Path.Combine("cli", "quarantine-export.csv"), text);
        }

        File.Delete(input);
        ProgramResult gone = _assay.Run("quarantine", "export", "sales", "-o", "-");
        Assert.Equal(
            (3, $"error: the header of {input} is needed to tell the fields of its records apart, and there is no such file any more; put it back, or run it again\n"),
            (gone.ExitCode, gone.Error));
    }

    [Fact]
    public void Export_WhenTheSourceHasColumnsThatNoTableReads_ThenHasThemTooSoThatTheyCanBeDeclaredLater()
    {
        const string People = "name,phone,city,region,city2\nAnn Miller,111111,Pune,North,x\nBob Smith,22-2222,Goa,South,y\n";
        _shop.Load(People);
        string export = _shop.Export("people");
        Assert.Equal(
            """
            name,phone,region,city,city2,_reason,_source_file,_row,_run,_table
            Bob Smith,22-2222,South,Goa,y,"phone: expected text that matches ^[0-9]{6}$, found `22-2222`",people.csv,2,RUN-1,people

            """,
            _shop.Plain(export));
        _shop.Replayed(export.Replace("22-2222,", "222222,", StringComparison.Ordinal));
        File.WriteAllText(_shop.Pipeline, File.ReadAllText(_shop.Pipeline).Replace("      region: {", "      city: { type: string }\n      region: {", StringComparison.Ordinal)
            .Replace("group_by: { region: \"coalesce(region, 'Unknown')\" }", "group_by: { city: \"coalesce(city, 'Unknown')\" }", StringComparison.Ordinal)
            .Replace("order_by: [region]", "order_by: [city]", StringComparison.Ordinal));

        _shop.Load(People, RepairShop.Day("R1|2026-01-05T10:00:00|222222|10|a|1"), "--full-refresh");

        Assert.Contains("Goa,30.00,2\n", _shop.Done("show", _shop.Pipeline, "by_region", "--format", "csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_WhenAColumnIsReadThatTheFileLacks_ThenItsCellsAreEmpty()
    {
        _shop.Load();
        File.WriteAllText(_shop.Pipeline, File.ReadAllText(_shop.Pipeline).Replace("      region: {", "      city: { type: string }\n      region: {", StringComparison.Ordinal));

        Assert.StartsWith("name,phone,city,region,_reason,_source_file,_row,_run,_table\nBob Smith,22-2222,,South,", _shop.Export("people"), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_WhenThePipelineKeepsNoSilver_ThenDoesNotAskForAReplay()
    {
        _assay.RunSales(AssayProgram.Sample);
        string file = _assay.At("repair.csv");

        ProgramResult result = _assay.Run("quarantine", "export", "sales", "-o", file);

        Assert.EndsWith(
            $" records written to {file}; they cannot be replayed, as the pipeline keeps no silver that repaired rows could go into: mend them in its input and run it again\n",
            result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Export_WhenTheFileIsThere_ThenKeepsWhatMayHaveBeenEdited()
    {
        _shop.Load();
        string file = _shop.Write("mine.csv", "mine");

        ProgramResult result = _shop.Run("quarantine", "export", _shop.Pipeline, "--source", "people", "-o", file);

        Assert.Equal((2, $"error: {file} is there already, and may have been edited; choose another file, or replace it with --force\n"), (result.ExitCode, result.Error));
        Assert.Equal("mine", File.ReadAllText(file));
        File.Delete(file);
        Assert.Equal(
            $"2 records written to {file}; edit it, then: assay quarantine replay {_shop.Pipeline} {file}\n",
            _shop.Run("quarantine", "export", _shop.Pipeline, "--source", "people", "-o", file).Error);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void Show_WhenAPipelineKeepsNoLayers_ThenShowsWhatThePublishedRunSetAside()
    {
        _assay.RunSales(AssayProgram.Sample);
        GoldenFile.Check(Path.Combine("cli", "quarantine-show.txt"), AssayProgram.Masked(Text("quarantine", "show", "sales", "-n", "5")));
        GoldenFile.Check(Path.Combine("cli", "quarantine-show.json"), AssayProgram.Masked(Text("quarantine", "show", "sales", "-n", "2", "--format", "json")));
        _assay.RunSales(AssayProgram.Sample);

        string[] states = [.. Text("quarantine", "list", "sales", "--format", "csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[4])];

        Assert.Equal(["open", "replaced"], states);

        string Text(params string[] arguments)
        {
            ProgramResult result = _assay.Run(arguments);
            Assert.Equal(("", 0), (result.Error, result.ExitCode));
            return result.Text;
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
