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
            (long done, long? total) = progress.Bytes();
            string share = total is > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * done / total:0} %, ") : "";
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{progress.Stage}{progress.Detail}: {share}{progress.Rows:N0} rows, {progress.Rejected:N0} rejected"));
        }
    }

    /// <summary>Draws the bar until the work is over, then takes it away again.</summary>
    internal static void DrawBar(IAnsiConsole console, RunProgress progress, Task running) => console.Progress()
        .AutoClear(true)
        .AutoRefresh(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context =>
        {
            string stage = progress.Stage;
            long started = Stopwatch.GetTimestamp();
            ProgressTask task = context.AddTask(Describe(progress, 0));
            do
            {
                if (progress.Stage != stage)
                {
                    stage = progress.Stage;
                    started = Stopwatch.GetTimestamp();
                }

                (long done, long? total) = progress.Bytes();
                task.IsIndeterminate = total is null;
                task.MaxValue = Math.Max(total ?? 1, 1);
                task.Value = Math.Min(done, task.MaxValue);
                task.Description = Describe(progress, done / 1e6 / Math.Max(Stopwatch.GetElapsedTime(started).TotalSeconds, 1e-3));
                context.Refresh();
            }
            while (!Wait(running, Refresh));
        });

    private static string Describe(RunProgress progress, double megabytesPerSecond) => string.Create(
        CultureInfo.InvariantCulture,
        $"[bold]{Markup.Escape(progress.Stage)}[/]{Markup.Escape(progress.Detail)}  {progress.Rows:N0} rows  {megabytesPerSecond:N0} MB/s  [yellow]{progress.Rejected:N0} rejected[/]");
}
