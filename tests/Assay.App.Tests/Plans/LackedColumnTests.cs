using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;
using Assay.Read;

namespace Assay.App.Tests.Plans;

/// <summary>Columns that came later: a rebuild reads files of before that lack them.</summary>
public sealed class LackedColumnTests : IDisposable
{
    private const string Amount = """      amount: { type: "decimal(12,2)", required: true }""";
    private const string Note = Amount + "\n      note: { type: string }";
    private const string WithNote = "id,sold_at,amount,note\n7,2025-02-10,5.50,gift\n";

    private readonly ShopPipeline _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Rebuild_WhenAColumnCameLater_ThenIsMissingInTheFilesBeforeAndSaysInWhich()
    {
        _shop.Run(_shop.Write("day1.csv", ShopPipeline.Day1));
        string second = _shop.Write("day2.csv", WithNote);
        _shop.Run(second);
        _shop.Change(Amount, Note);

        (RunOutcome outcome, string warning) = Refresh(second);

        Assert.Matches("^files of `sales` that were loaded before lack columns, which are missing values there: `note` in bronze/sales/[^,;]+-day1.csv$", warning);
        Assert.Equal((4L, 3L), (outcome.Books.Read, outcome.Books.Accepted));
        Assert.Equal(3, outcome.Tables[0].Quality.Columns.Single(column => column.Name == "note").Nulls);
        SortedDictionary<string, string> silver = Silver();
        Refresh(second);
        Assert.Equal(silver, Silver());
    }

    [Fact]
    public void Rebuild_WhenANewFileLacksAColumn_ThenItIsRefusedAsEver()
    {
        _shop.Run(_shop.Write("day1.csv", WithNote));
        _shop.Change(Amount, Note);

        ReadException error = Assert.Throws<ReadException>(() => Refresh(_shop.Write("day2.csv", ShopPipeline.Day2)));

        Assert.Equal((ReadErrorKind.MissingColumn, "note"), (error.Kind, error.Column));
    }

    [Fact]
    public void Rebuild_WhenNoFileHasAColumn_ThenIsRefusedWithWhatItMayBe()
    {
        string first = _shop.Write("day1.csv", WithNote);
        _shop.Run(first);
        _shop.Change(Amount, Amount + "\n      noto: { type: string }");

        ReadException error = Assert.Throws<ReadException>(() => Refresh(first));

        Assert.Equal(
            "no file of source `sales` has the column 'noto' (did you mean 'note'?); give a file that has it along with --full-refresh, or take the column out of the pipeline",
            error.Message);
        Assert.Equal(ExitCodes.Usage, ExitCodes.Of(error));
    }

    [Fact]
    public void Rebuild_WhenTheColumnIsRequired_ThenFilesThatLackItAreRefused()
    {
        _shop.Run(_shop.Write("day1.csv", ShopPipeline.Day1));
        _shop.Change(Amount, Amount + "\n      note: { type: string, required: true }");

        ReadException error = Assert.Throws<ReadException>(() => Refresh(_shop.Write("day2.csv", WithNote)));

        Assert.Contains("-day1.csv: missing column 'note'", error.Message, StringComparison.Ordinal);
    }

    private (RunOutcome Outcome, string Warning) Refresh(string file)
    {
        var progress = new RunProgress();
        RunOutcome outcome = new PipelineRun(_shop.Load(file), _shop.Options() with { FullRefresh = true }, progress).Execute(CancellationToken.None);
        return (outcome, Assert.Single(progress.Warnings));
    }

    private SortedDictionary<string, string> Silver() => AssayProgram.Snapshot(Path.Combine(_shop.Home.Root, "silver"));
}
