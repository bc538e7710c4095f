using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Assay.App.Runs;
using Spectre.Console;

namespace Assay.App.Reports;

/// <summary>Shows how far a run has come on standard error: a bar on a terminal, a line every few seconds elsewhere, nothing for a run that is over at once.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    /// <summary>Does work, and shows its progress meanwhile.</summary>
    public static T While<T>(RunProgress progress, bool quiet, Func<T> work)
    {
        if (quiet)
        {
            return work();
        }

        Task<T> running = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (!Wait(running, Patience))
        {
            if (Console.IsErrorRedirected)
            {
                WriteLines(progress, running);
            }
            else
            {
                DrawBar(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }), progress, running);
            }
        }

        if (running.Exception?.InnerException is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return running.GetAwaiter().GetResult();
    }

    private static bool Wait(Task task, TimeSpan most) => Task.WaitAny([task], most) == 0;

    private static void WriteLines(RunProgress progress, Task running)
    {
        while (!Wait(running, LineEvery))
        {
            Console.Error.WriteLine(Line(progress));
        }
    }

    /// <summary>How far a run has come, on one line.</summary>
    internal static string Line(RunProgress progress)
    {
        if (progress.Pages is { } pages)
        {
            return $"{progress.Stage}: {Describe(pages(), progress.Rows)}";
        }

        (long done, long? total) = progress.Bytes();
        string share = total is > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * done / total:0} %, ") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Stage}: {share}{progress.Rows:N0} rows, {progress.Rejected:N0} rejected");
    }

    /// <summary>Draws the bar until the work is over, then takes it away again.</summary>
    internal static void DrawBar(IAnsiConsole console, RunProgress progress, Task running) => console.Progress()
        .AutoClear(true)
        .AutoRefresh(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new KnownShareColumn(new PercentageColumn()), new KnownShareColumn(new RemainingTimeColumn()))
        .Start(context =>
        {
            string stage = progress.Stage;
            long started = Stopwatch.GetTimestamp();
            ProgressTask task = context.AddTask(Describe(progress, null));
            do
            {
                if (progress.Stage != stage)
                {
                    stage = progress.Stage;
                    started = Stopwatch.GetTimestamp();
                }

                (long done, long? total) = progress.Pages?.Invoke() ?? progress.Bytes();
                task.IsIndeterminate = total is null;
                task.MaxValue = Math.Max(total ?? 1, 1);
                task.Value = total is null ? 0 : Math.Min(done, task.MaxValue);
                // What reads no file, such as an engine that computes, has no speed in bytes.
                double? speed = total is null ? null : done / 1e6 / Math.Max(Stopwatch.GetElapsedTime(started).TotalSeconds, 1e-3);
                task.Description = Describe(progress, speed);
                context.Refresh();
            }
            while (!Wait(running, Refresh));
        });

    private static string Describe(RunProgress progress, double? megabytesPerSecond)
    {
        string stage = $"[bold]{Markup.Escape(progress.Stage)}[/]";
        return progress.Pages is { } pages
            ? $"{stage}  {Describe(pages(), progress.Rows)}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{stage}  {progress.Rows:N0} rows{(megabytesPerSecond is { } speed ? $"  {speed:N0} MB/s" : "")}  [yellow]{progress.Rejected:N0} rejected[/]");
    }

    private static string Describe((long Done, long? Total) pages, long records) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pages.Done:N0}{(pages.Total is { } total ? $" of {TerminalReport.Number(total)}" : "")} {((pages.Total ?? pages.Done) == 1 ? "page" : "pages")}, {records:N0} {(records == 1 ? "record" : "records")}");
}
