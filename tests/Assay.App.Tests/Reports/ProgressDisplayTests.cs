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
