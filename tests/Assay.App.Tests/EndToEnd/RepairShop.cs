using System.Text;
using System.Text.RegularExpressions;

namespace Assay.App.Tests.EndToEnd;

/// <summary>A small pipeline that keeps layers, of people and of receipts with their items, and its two input files.</summary>
internal sealed class RepairShop : IDisposable
{
    public const string People =
        """
        name,phone,region
        Ann Miller,111111,North
        Bob Smith,22-2222,South
        Cleo Park,333333,West
        Dan Ono,444444,South

        """;

    /// <summary>R1: two lines disagree in the total. R2: one line has too many pieces. R3: date and total are wrong. R4 is good.</summary>
    public static readonly string Tills = Day(
        "r1|2026-01-05T10:00:00|111111|10.00|a|1",
        "R1|2026-01-05T10:00:00|111111|12.00|b|2",
        "R2|2026-01-06T10:00:00|222222|20.00|a|500",
        "R2|2026-01-06T10:00:00|222222|20.00|b|3",
        "R3|2026-13-06T10:00:00|333333|-5|c|4",
        "R4|2026-02-06T10:00:00|444444|40|c|5");

    private const string Definition =
        """
        pipeline: shop
        layers: [bronze, silver, gold]
        variables: { people: "none.csv", tills: "none.xml" }
        sources:
          people: { format: csv, path: "${people}" }
          tills: { format: xml, path: "${tills}", record: sale }
        tables:
          people:
            from: people
            key: [phone]
            columns:
              name: { type: string, clean: [trim], required: true, pii: name }
              phone: { type: string, clean: [trim], required: true, matches: "^[0-9]{6}$", pii: phone }
              region: { type: string, clean: [trim], accepted_values: [North, South] }
          receipts:
            from: tills
            key: [receipt]
            partition_by: { column: at, grain: month }
            lines: { table: items, key: [receipt, article], columns: [article, pieces], with: [at], partition_by: { column: at, grain: month } }
            columns:
              receipt: { type: string, clean: [trim, upper], required: true }
              at: { type: timestamp, required: true }
              phone: { type: string, clean: [trim], pii: phone }
              total: { type: "decimal(14,2)", required: true, check: value > 0 }
              article: { type: string, required: true }
              pieces: { type: integer, required: true, between: [1, 100] }
        kpis:
          by_region:
            from: receipts
            join: { people: phone }
            group_by: { region: "coalesce(region, 'Unknown')" }
            measures: { revenue: { value: sum(total), scale: 2 }, receipts: count(*) }
            order_by: [region]
          by_article:
            from: items
            group_by: [article]
            measures: { pieces: sum(pieces), receipts: count(distinct receipt) }
            order_by: [article]
        checks:
          - { table: people, name: most_people, rule: "rejected_rate <= 0.5", severity: error }
        """;

    private readonly AssayProgram _assay = new();

    public RepairShop()
    {
        Directory.CreateDirectory(_assay.At("shop"));
        Pipeline = _assay.At("shop/pipeline.yaml");
        File.WriteAllText(Pipeline, Definition);
    }

    /// <summary>The pipeline's file.</summary>
    public string Pipeline { get; }

    public string Home => _assay.Home;

    /// <summary>The records of a day; cells are parted by bars, and an empty one has no element.</summary>
    public static string Day(params IEnumerable<string> records)
    {
        string[] names = ["receipt", "at", "phone", "total", "article", "pieces"];
        IEnumerable<string> sales = records.Select(record => "<sale>" + string.Concat(
            names.Zip(record.Split('|')).Where(cell => cell.Second.Length > 0).Select(cell => $"<{cell.First}>{cell.Second}</{cell.First}>")) + "</sale>\n");
        return $"<day>\n{string.Concat(sales)}</day>\n";
    }

    public void Dispose() => _assay.Dispose();

    public string At(string name) => _assay.At(name);

    public string Write(string name, string text) => _assay.Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Loads two files.</summary>
    public void Load(string people = People, string? tills = null, params string[] more)
    {
        Write("people.csv", people);
        Write("tills.xml", tills ?? Tills);
        Done(["run", Pipeline, "--set", $"people={At("people.csv")}", "--set", $"tills={At("tills.xml")}", "--quiet", .. more]);
    }

    /// <summary>Runs the program, and asserts that it went well and said nothing on standard error.</summary>
    public string Done(params string[] arguments)
    {
        ProgramResult result = _assay.Run(arguments);
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        return result.Text;
    }

    public ProgramResult Run(params string[] arguments) => _assay.Run(arguments);

    /// <summary>Exports records, and gives the text to edit.</summary>
    public string Export(string source, params string[] more)
    {
        string file = At("export.csv");
        ProgramResult result = _assay.Run(["quarantine", "export", Pipeline, "--source", source, "-o", file, "--force", .. more]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(" records written to ", result.Error, StringComparison.Ordinal);
        return File.ReadAllText(file);
    }

    /// <summary>Replays a text.</summary>
    public ProgramResult Replay(string text, string name = "repaired.csv") => _assay.Run("quarantine", "replay", Pipeline, Write(name, text));

    /// <summary>Replays a text, and asserts that it went well.</summary>
    public void Replayed(string text, string name = "repaired.csv")
    {
        ProgramResult result = Replay(text, name);
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
    }

    /// <summary>What is published, by file, but for what is of one run.</summary>
    public SortedDictionary<string, string> Gold()
    {
        string root = Path.Combine(Home, "gold", "shop");
        return AssayProgram.Snapshot(Path.Combine(root, new DirectoryInfo(Path.Combine(root, "current")).LinkTarget!));
    }

    /// <summary>The stored rows, by file.</summary>
    public SortedDictionary<string, string> Silver() => AssayProgram.Snapshot(Path.Combine(Home, "silver"));

    /// <summary>The runs, oldest first.</summary>
    public string[] Runs() => [.. Directory.GetDirectories(Path.Combine(Home, "runs")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>The same, with tables drawn as narrow as can be, as run ids are wider than their numbers.</summary>
    public string Tight(string text) => Regex.Replace(Regex.Replace(Plain(text), " +", " "), "─+", "─");

    /// <summary>A text with the runs numbered and the scratch folder named.</summary>
    public string Plain(string text)
    {
        string[] runs = Runs();
        for (int i = 0; i < runs.Length; i++)
        {
            text = text.Replace(runs[i], $"RUN-{i + 1}", StringComparison.Ordinal);
        }

        return Regex.Replace(text.Replace(_assay.Folder + "/", "", StringComparison.Ordinal), @"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?(?=,(open|resolved|replaced|unpublished))", "TIME");
    }
}
