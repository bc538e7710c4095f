using Assay.App.Reports;
using Assay.App.Runs;
using Spectre.Console;

namespace Assay.App.Tests.Reports;

public sealed class ProgressDisplayTests
{
    [Fact]
    public async Task DrawBar_WhenTheTerminalIsReal_ThenItShowsStageRowsSpeedAndRejects()
    {
        var progress = new RunProgress();
        progress.Begin("orders", () => (750, 1000));
        progress.Add(12_345, 67);

        string drawn = await DrawAsync(progress);

        Assert.Contains("orders", drawn, StringComparison.Ordinal);
        Assert.Contains("12,345 rows", drawn, StringComparison.Ordinal);
        Assert.Contains("MB/s", drawn, StringComparison.Ordinal);
        Assert.Contains("67 rejected", drawn, StringComparison.Ordinal);
        Assert.Contains("75%", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DrawBar_WhenNoStageHasBegun_ThenTheRunGoesOn()
    {
        string drawn = await DrawAsync(new RunProgress());

        Assert.Contains("0 rows", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DrawBar_WhenPagesAreFetched_ThenTheShareIsOfPages()
    {
        var progress = new RunProgress();
        progress.BeginFetch("fetching people", () => (81, 200));
        progress.Add(486, 0);
        progress.AddBytes(10_000);

        string drawn = await DrawAsync(progress);

        Assert.Contains("81 of 200 pages, 486 records", drawn, StringComparison.Ordinal);
        Assert.Contains("40%", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("rejected", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DrawBar_WhenNobodyKnowsHowManyPagesThereAre_ThenItDoesNotSayThatAllAreThere()
    {
        var progress = new RunProgress();
        progress.BeginFetch("fetching people", () => (81, null));
        progress.AddBytes(10_000);

        string drawn = await DrawAsync(progress);

        Assert.Contains("81 pages, 0 records", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("%", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("00:00:00", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_WhenPagesAreFetched_ThenCountsPagesAndRecords()
    {
        var progress = new RunProgress();
        progress.BeginFetch("fetching people", () => (1, 1));
        progress.Add(1, 0);
        Assert.Equal("fetching people: 1 of 1 page, 1 record", ProgressDisplay.Line(progress));

        progress.Begin("loading people", () => (50, 200));
        Assert.Equal("loading people: 25 %, 0 rows, 0 rejected", ProgressDisplay.Line(progress));
    }

    private static async Task<string> DrawAsync(RunProgress progress)
    {
        using var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 160;
        var work = new TaskCompletionSource();
        Task drawing = Task.Run(() => ProgressDisplay.DrawBar(console, progress, work.Task));
        await Task.Delay(350);
        work.SetResult();
        await drawing;
        return output.ToString();
    }
}
