using System.CommandLine;
using System.Runtime.CompilerServices;
using Assay.App.Engines;
using Assay.App.MockApi;
using Assay.App.Pipelines;
using Assay.App.Reports;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Cli;

/// <summary><c>assay run</c>.</summary>
internal static class RunCommand
{
    private const int LargestBlock = 64 << 20;

    public static Command Create()
    {
        Argument<string> pipeline = PipelineOptions.Pipeline();
        Option<string[]> set = PipelineOptions.Set();
        Option<int> threads = PipelineOptions.Threads("How many workers; the results do not depend on it.");
        var blockSize = new Option<string?>("--block-size")
        {
            Description = "The bytes a worker reads at a time, such as 4KiB or 1MiB; the results do not depend on it.",
            HelpName = "SIZE",
        };
        blockSize.Validators.Add(result =>
        {
            string? text = result.GetValueOrDefault<string?>();
            if (text is not null && (!ByteSize.TryParse(text, out long bytes) || bytes is < 1 or > LargestBlock))
            {
                result.AddError($"--block-size takes a size from 1 to 64MiB, such as 256KiB; `{text}` is none");
            }
        });
        var dryRun = new Option<bool>("--dry-run") { Description = "Read, check and compute, but write nothing." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print nothing but warnings and errors." };
        Option<string?> engine = PipelineOptions.Engine();
        LayerOptions layers = new();
        var simulate = new Option<bool>("--simulate") { Description = "Ask a made-up API instead of the real ones, as `assay mock-api` serves it; the options from --records on say what goes wrong with it." };
        var mock = new MockApiOptions();
        var command = new Command("run", "Runs a pipeline: reads its sources, sets bad rows aside, computes and publishes its KPIs.")
        {
            pipeline, set, engine, threads, blockSize, dryRun, quiet,
        };
        layers.AddTo(command);
        command.Add(simulate);
        mock.AddTo(command, simulate);
        // On a thread of its own, so that Ctrl-C ends the process also when a read never comes back.
        command.SetAction((parsed, cancellationToken) => Task.Run(() => CommandErrors.Guard(() =>
        {
            var settings = PipelineSettings.FromProcess(parsed.GetRequiredValue(set));
            PipelineDefinition definition = PipelineLoader.Load(parsed.GetRequiredValue(pipeline), settings);
            AssayHome home = AssayHome.FromEnvironment();
            var connections = new EngineConnections(definition, settings, home);
            RunOptions options = layers.Apply(parsed, definition, new RunOptions
            {
                Home = home,
                Engine = connections.Choose(parsed.GetValue(engine)),
                Connections = connections,
                Threads = parsed.GetValue(threads),
                BlockSize = parsed.GetValue(blockSize) is { } size && ByteSize.TryParse(size, out long bytes) ? (int)bytes : null,
                DryRun = parsed.GetValue(dryRun),
            });
            if (parsed.GetValue(engine) is not null && options.Engine.Kind is not null && options.Until != Layer.Gold)
            {
                throw new UsageException($"--until {options.Until.ToString().ToLowerInvariant()} computes no KPI, so {options.Engine.Title} is given nothing; leave --engine out");
            }

            using IDisposable? api = parsed.GetValue(simulate) ? Simulate(definition, mock.Read(parsed), ref options, cancellationToken) : null;
            bool isQuiet = parsed.GetValue(quiet);
            var progress = new RunProgress { Notify = Console.Error.WriteLine };
            var run = new PipelineRun(definition, options, progress);
            RunOutcome outcome;
            try
            {
                outcome = ProgressDisplay.While(progress, isQuiet, () => run.Execute(cancellationToken));
            }
            catch (OperationCanceledException) when (definition.Sources.Any(source => source.Rest is not null))
            {
                Console.Error.WriteLine("cancelled; nothing was published. Pages that were fetched are kept: the same command goes on from there");
                return ExitCodes.Failed;
            }

            TerminalReport.WriteWarnings(progress, outcome, Console.Error);
            foreach (TableOutcome table in outcome.Tables.Where(table => table.Quality.Accepted == 0 && (table.Quality.Read > 0 || !definition.KeepsSilver)))
            {
                Console.Error.WriteLine(
                    $"warning: no row of `{table.Quality.Table}` was accepted, of {table.Quality.Read} read; is it the right file? "
                    + $"A check such as `accepted > 0` keeps such a run from being published");
            }

            if (!isQuiet)
            {
                TerminalReport.Write(outcome, Console.Out);
            }

            return ExitCodes.Done;
        }), CancellationToken.None));
        return command;
    }

    /// <summary>Serves the made-up API while the run asks it. In a method of its own: the web server is loaded only then.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ServedApi Simulate(PipelineDefinition pipeline, MockApiSettings settings, ref RunOptions options, CancellationToken cancellationToken)
    {
        MockApiServer server = Simulation.StartAsync(pipeline, settings, options.Time, cancellationToken).GetAwaiter().GetResult();
        options = options with { SimulatedApi = new SimulatedApi(server.Address) };
        return new ServedApi(server);
    }

    /// <summary>Ends the server with the run, which is synchronous.</summary>
    private sealed class ServedApi(MockApiServer server) : IDisposable
    {
        public void Dispose() => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
