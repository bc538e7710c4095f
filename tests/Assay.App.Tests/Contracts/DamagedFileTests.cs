using Assay.App.Runs;

namespace Assay.App.Tests.Contracts;

/// <summary>
/// A document that breaks off or is malformed ends the run and changes nothing, whichever way it is read: streamed or
/// kept in layers, on every engine, with any number of workers.
/// </summary>
public sealed class DamagedFileTests
{
    private const string Advice = "; nothing was published. Repair the file, or take what comes before that with --allow-partial";

    /// <summary>What is wrong, the whole first record before it, and what is said of it.</summary>
    public static TheoryData<string, string, string> Damages => new()
    {
        { "json", """[{"id":1},""", "1:11: the file ends where a record should be" },
        { "json", """[{"id":1},{"id":2},{"i""", "1:23: the file ends where a closing quote should be" },
        { "json", """[{"id":1}] trailing""", "1:12: something follows the document; if the file has one object a line, its format is JSON lines" },
        { "json", "{\"id\":1}\n{\"id\":2}", "2:1: something follows the document; if the file has one object a line, its format is JSON lines" },
        { "json", """[{"id":1},{"id":NaN}]""", "1:17: a value is expected, not `N`" },
        { "json", """[{"id":1},,{"id":2}]""", "1:11: a value is expected, not `,`" },
        { "xml", "<orders><order><id>1</id></order><order><id>2</i", "1:49: the file ends inside `id`" },
        { "xml", "<orders><order><id>1</id></order>\n<order><id>2</idd></order></orders>", "2:15: the end tag `idd` closes `id`" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Run_WhenAFileIsDamaged_ThenTellsWhereAndWhatIsPublishedStays(string format, string text, string fault)
    {
        foreach ((string engine, int threads) in DropHome.Ways)
        {
            using var home = new DropHome(format, engine, threads);
            home.Run(home.Write($"good.{format}", Good(format, 7)));
            SortedDictionary<string, string> gold = home.Gold;
            string file = home.Write($"bad.{format}", text);
            RunException failure = Assert.Throws<RunException>(() => home.Run(file));

            Assert.Equal($"{engine} {threads}: {file}:{fault}{Advice}", $"{engine} {threads}: {failure.Message}");
            Assert.Equal(3, ExitCodes.Of(failure));
            Assert.NotEmpty(gold);
            Assert.Equal(gold, home.Gold);
        }
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Run_WhenAPartMayBeTaken_ThenTakesWhatComesBeforeAndWarns(string format, string text, string fault)
    {
        foreach ((string engine, int threads) in DropHome.Ways.Where(way => way.Threads == 2))
        {
            using var home = new DropHome(format, engine, threads);
            string file = home.Write($"bad.{format}", text);
            RunOutcome outcome = home.Run(file, options => options with { AllowPartial = true });

            Assert.Equal([$"{file}:{fault}; only what comes before was taken"], home.Warnings);
            Assert.Equal(text.Contains("},{\"i", StringComparison.Ordinal) && !text.Contains("NaN", StringComparison.Ordinal) ? 2 : 1, outcome.Books.Accepted);
            Assert.NotEmpty(home.Gold);
        }
    }

    [Theory]
    [InlineData("json", "json")]
    [InlineData("xml", "xml")]
    [InlineData("json", "json.gz")]
    [InlineData("xml", "xml.gz")]
    public void Run_WhenOneOfSeveralFilesIsDamaged_ThenNamesItAndTakesNone(string format, string end)
    {
        foreach ((string engine, int threads) in DropHome.Ways)
        {
            using var home = new DropHome(format, engine, threads);
            home.Write($"drop-1.{end}", Good(format, 100));
            string bad = home.Write($"drop-2.{end}", Good(format, 100)[..^20]);
            string last = home.Write($"drop-3.{end}", Good(format, 70));
            string pattern = last.Replace("drop-3", "drop-*", StringComparison.Ordinal);
            RunException failure = Assert.Throws<RunException>(() => home.Run(pattern));

            Assert.StartsWith($"{bad}:1:", failure.Message, StringComparison.Ordinal);
            Assert.EndsWith(Advice, failure.Message, StringComparison.Ordinal);
            Assert.Empty(home.Gold);

            home.Write($"drop-2.{end}", Good(format, 50));
            Assert.Equal(220, home.Run(pattern).Books.Accepted);
        }
    }

    [Fact]
    public void Run_WhenADryRunMeetsADamagedFile_ThenFailsToo()
    {
        using var home = new DropHome("json", "memory", 2);
        string file = home.Write("bad.json", """[{"id":1},""");
        Assert.StartsWith($"{file}:1:11: ", Assert.Throws<RunException>(() => home.Run(file, options => options with { DryRun = true })).Message, StringComparison.Ordinal);
    }

    private static string Good(string format, int records) => format == "xml"
        ? $"<orders>{string.Concat(Enumerable.Range(1, records).Select(i => $"<order><id>{i}</id></order>"))}</orders>"
        : $"[{string.Join(',', Enumerable.Range(1, records).Select(i => $"{{\"id\":{i}}}"))}]";
}
