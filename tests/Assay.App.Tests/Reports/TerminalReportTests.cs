using Assay.App.Reports;
using Assay.App.Tests.Plans;

namespace Assay.App.Tests.Reports;

public sealed class TerminalReportTests : IDisposable
{
    private readonly ShopPipeline _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Report_WhenAPipelineWithLayersHasOneTable_ThenTellsWhatIsNewAndReplaced()
    {
        _shop.Run(_shop.Write("day1.csv", ShopPipeline.Day1));
        using var output = new StringWriter();

        TerminalReport.Write(_shop.Run(_shop.Write("day2.csv", ShopPipeline.Day2)), output);

        Assert.Contains(
            "The shop: 2 rows read = 2 accepted + 0 quarantined + 0 deduplicated + 0 filtered; 3 in silver, 1 of them new, 1 replaced\n",
            output.ToString(),
            StringComparison.Ordinal);
    }
}
