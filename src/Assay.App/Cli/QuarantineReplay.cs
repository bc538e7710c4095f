using System.CommandLine;
using Assay.App.Pipelines;
using Assay.App.Reports;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Cli;

/// <summary><c>assay quarantine replay</c>.</summary>
internal static class QuarantineReplay
{
    public static Command Create()
    {
        Argument<string> pipeline = PipelineOptions.Pipeline();
        var file = new Argument<string>("file") { Description = "The edited CSV, as `assay quarantine export` wrote it." };
        Option<string[]> set = PipelineOptions.Set();
        Option<int> threads = PipelineOptions.Threads("How many workers; the results do not depend on it.");
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print nothing but warnings and errors." };
        var command = new Command(
            "replay",
            "Loads repaired records by the rules of today, as a run of its own: what passes goes into silver and the results, what does not is set aside again, "
            + "and the books of the run that set them aside are put right. A row whose _source_file, _row and _run are empty is new. The same file again changes nothing.")
        {
            pipeline, file, set, threads, quiet,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(() => CommandErrors.Guard(() => Run(
            parsed.GetRequiredValue(pipeline),
            PipelineLoader.Load(parsed.GetRequiredValue(pipeline), PipelineSettings.FromProcess(parsed.GetRequiredValue(set))),
            parsed.GetRequiredValue(file),
            new RunOptions { Home = AssayHome.FromEnvironment(), Threads = parsed.GetValue(threads) },
            parsed.GetValue(quiet),
            cancellationToken)), CancellationToken.None));
        return command;
    }

    private static int Run(
        string given, PipelineDefinition pipeline, string file, RunOptions options, bool quiet, CancellationToken cancellationToken)
    {
        if (!pipeline.KeepsSilver)
        {
            Console.Error.WriteLine(
                $"error: `{pipeline.Name}` keeps no silver that repaired rows could go into; mend them in its input and run it again, "
                + "or let it keep what it loads: `layers: [bronze, silver, gold]` in the pipeline, then a run");
            return ExitCodes.Usage;
        }

        SourceDefinition source = ReplaySource.Of(pipeline, file, cancellationToken);
        string? before = LoadedBefore(pipeline, source, file, options.Home, cancellationToken);
        if (before is not null)
        {
            if (!quiet)
            {
                Console.Out.WriteLine($"{file} was replayed before, by run {before}; nothing has changed");
            }

            return ExitCodes.Done;
        }

        var progress = new RunProgress { Notify = Console.Error.WriteLine };
        var run = new PipelineRun(pipeline, options with { Replay = new ReplayOptions(source.Name, file) }, progress);
        RunOutcome outcome = ProgressDisplay.While(progress, quiet, () => run.Execute(cancellationToken));
        TerminalReport.WriteWarnings(progress, outcome, Console.Error);
        if (!quiet)
        {
            TerminalReport.WriteReplay(outcome, given, Console.Out);
        }

        return ExitCodes.Done;
    }

    /// <summary>The run that replayed a file of the same bytes, or null.</summary>
    private static string? LoadedBefore(PipelineDefinition pipeline, SourceDefinition source, string file, AssayHome home, CancellationToken cancellationToken)
    {
        using StateDatabase? state = StateDatabase.OpenToRead(home);
        string sha256 = BronzeStore.Hash(file, null, cancellationToken);
        return state is null ? null : ReplaySource.ReplayedBefore(pipeline, state.LoadedFiles(pipeline.Name, source.Name), sha256, file)?.RunId;
    }
}
