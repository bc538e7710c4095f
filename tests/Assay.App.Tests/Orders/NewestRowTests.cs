using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Tests.Orders;

/// <summary>A derived column tells which of several rows of one key counts.</summary>
public sealed class NewestRowTests : IDisposable
{
    private const string Shop =
        """
        pipeline: shop
        layers: [bronze, silver, gold]
        sources: { bids: { format: csv, path: bids.csv } }
        tables:
          bids:
            from: bids
            key: [id]
            newest: worth
            columns:
              id: { type: integer, required: true }
              price: { type: "decimal(18,2)" }
              pieces: { type: "decimal(18,2)" }
            derive: { worth: price * pieces }
        kpis:
          bids: { from: bids, measures: { worth: { value: sum(worth), scale: 2 } } }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-newest-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Row_WhenAnEarlierOneHasTheGreaterValue_ThenThatCounts()
    {
        Run("id,price,pieces\n1,2.50,3\n1,2.40,3\n");
        Assert.Equal("worth\n7.50\n", File.ReadAllText(Path.Combine(Home.CurrentGold("shop")!, "bids.csv")));
    }

    [Fact]
    public void Row_WhenItsValueNeedsMoreThan64Bits_ThenSaysWhichColumnAndWhatToDo() => Assert.Equal(
        "`worth`, by which `bids` tells the newest row, has a value of more than 64 bits; divide or round it under `derive`",
        Assert.Throws<RunException>(() => Run("id,price,pieces\n1,9999999999999.50,99999999999993\n")).Message);

    private AssayHome Home => new(Path.Combine(_folder.FullName, "data"));

    private void Run(string bids)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "bids.csv"), bids);
        var settings = new PipelineSettings { WorkingDirectory = _folder.FullName };
        string yaml = Shop.Replace("path: bids.csv", $"path: \"{_folder.FullName}/bids.csv\"", StringComparison.Ordinal);
        new PipelineRun(PipelineLoader.Parse(yaml, "pipeline.yaml", settings), new RunOptions { Home = Home, Threads = 2 }, new RunProgress())
            .Execute(CancellationToken.None);
    }
}
