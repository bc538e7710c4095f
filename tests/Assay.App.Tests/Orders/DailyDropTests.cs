using System.Text;
using System.Xml.Linq;
using Assay.App.Runs;

namespace Assay.App.Tests.Orders;

/// <summary>
/// The dirty sample in ten daily drops. However they are loaded, silver and gold are, byte for byte, what one load of
/// everything makes.
/// </summary>
public sealed class DailyDropTests : IClassFixture<DailyDropTests.Drops>
{
    /// <summary>One drop alone may have more rejects than the pipeline lets pass, while all together have not.</summary>
    private static readonly string Yaml = LateCorrectionTests.Tolerant;
    private readonly Drops _drops;

    public DailyDropTests(Drops drops) => _drops = drops;

    [Fact]
    public void Sample_WhenGenerated_ThenHasEnoughDirtToTellWaysApart()
    {
        Assert.Equal(10, _drops.Files.Count);
        RunOutcome whole = _drops.WholeOutcome;
        Assert.All(whole.Tables, table => Assert.True(table.Books.Quarantined > 0, table.Quality.Table));
        Assert.All(whole.Tables, table => Assert.True(table.Books.Deduplicated > 0, table.Quality.Table));
        Assert.InRange(whole.ResultScore.Value, 1, 99);
    }

    [Fact]
    public void Gold_WhenDropsComeDayByDayAndAreThenRebuilt_ThenIsThatOfOneLoad()
    {
        using OrdersHome home = new();
        foreach (string drop in _drops.Files)
        {
            home.Run(_drops.Customers, drop, yaml: Yaml);
        }

        Check(home);
        home.Run(options: options => options with { FullRefresh = true, Threads = 1, BlockSize = 64 }, yaml: Yaml);
        Check(home);
    }

    [Fact]
    public void Gold_WhenDropsAreShuffledAndEachComesTwice_ThenIsThatOfOneLoad()
    {
        using OrdersHome home = new();
        string[] shuffled = [.. _drops.Files];
        new Random(7).Shuffle(shuffled);
        foreach (string drop in shuffled)
        {
            home.Run(_drops.Customers, drop, options => options with { Until = Layer.Silver }, Yaml);
            RunOutcome again = home.Run(_drops.Customers, drop, options => options with { Until = Layer.Silver }, Yaml);
            Assert.Equal(0, again.Books.Read);
            Assert.All(again.Given, file => Assert.True(file.IsSeen));
        }

        home.Run(yaml: Yaml);
        Check(home);
        home.Run(options: options => options with { FullRefresh = true }, yaml: Yaml);
        Check(home);
    }

    [Fact]
    public void Gold_WhenAllDropsComeInOneRun_ThenIsThatOfOneLoad()
    {
        using OrdersHome home = new();
        string pattern = Path.Combine(Path.GetDirectoryName(_drops.Files[0])!, "*.xml");
        Assert.Equal(10, home.Run(_drops.Customers, pattern, yaml: Yaml).Given.Count(file => file.Source == "orders"));
        Check(home);
    }

    [Fact]
    public void Gold_WhenCustomersComeLast_ThenIsThatOfOneLoad()
    {
        using OrdersHome home = new();
        string nobody = home.Customers();
        foreach (string drop in _drops.Files)
        {
            home.Run(nobody, drop, options => options with { Until = Layer.Silver }, yaml: Yaml);
        }

        Assert.Empty(home.Gold);
        home.Run(_drops.Customers, yaml: Yaml);
        Check(home);
    }

    private void Check(OrdersHome home)
    {
        Assert.Equal(_drops.WholeSilver, home.Silver);
        Assert.Equal(_drops.WholeSummary, home.Published("summary.json"));
        Assert.Equal(_drops.WholeGold, home.Gold);
    }

    /// <summary>The sample, whole and in drops, and what one load makes of it.</summary>
    public sealed class Drops : IDisposable
    {
        private readonly OrdersHome _whole = new();

        public Drops()
        {
            WholeOutcome = _whole.Run(yaml: Yaml);
            (WholeGold, WholeSilver, WholeSummary) = (_whole.Gold, _whole.Silver, _whole.Published("summary.json"));
            Customers = Raw("customers", "*.csv");
            Files = Split(XDocument.Load(Raw("orders", "*.xml"), LoadOptions.PreserveWhitespace), 10);
        }

        internal RunOutcome WholeOutcome { get; }

        internal SortedDictionary<string, string> WholeGold { get; }

        internal SortedDictionary<string, string> WholeSilver { get; }

        internal string WholeSummary { get; }

        internal string Customers { get; }

        internal IReadOnlyList<string> Files { get; }

        public void Dispose() => _whole.Dispose();

        private string Raw(string source, string pattern) =>
            Directory.GetFiles(_whole.Home.Bronze(source), pattern, SearchOption.AllDirectories).Single();

        /// <summary>By the day of an order's first line; an order stays whole.</summary>
        private List<string> Split(XDocument document, int count)
        {
            var orders = document.Root!.Elements().GroupBy(line => (string)line.Element("order_id")!).Select(lines => lines.ToArray())
                .OrderBy(lines => (string)lines[0].Element("order_date_time")!, StringComparer.Ordinal).ToArray();
            var files = new List<string>();
            foreach (XElement[][] drop in orders.Chunk((orders.Length + count - 1) / count))
            {
                var text = new StringBuilder("<orders>\n");
                foreach (XElement line in drop.SelectMany(lines => lines))
                {
                    text.Append(line).Append('\n');
                }

                files.Add(_whole.Write($"drops/orders-{files.Count + 1:00}.xml", text.Append("</orders>\n").ToString()));
            }

            return files;
        }
    }
}
