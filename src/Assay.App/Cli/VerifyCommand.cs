using System.CommandLine;
using Assay.App.Engines;
using Assay.App.Pipelines;
using Assay.App.Reports;
using Assay.App.Runs;
using Assay.App.Verify;
using Assay.Store;

namespace Assay.App.Cli;

/// <summary><c>assay verify</c>: proves that engines say the same.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        Argument<string> pipeline = PipelineOptions.Pipeline();
        Option<string[]> set = PipelineOptions.Set();
        var engines = new Option<string[]>("--engines")
        {
            Description = "The engines to compare, separated by commas; all whose connection is known, unless given.",
            HelpName = "memory,duckdb,…",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int> threads = PipelineOptions.Threads("How many workers; the results do not depend on it.");
        var format = new Option<string>("--format") { Description = "How to print it.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "markdown");
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print nothing but errors; the exit code tells." };
        LayerOptions layers = new();
        var command = new Command(
            "verify",
            "Proves that engines agree: computes every KPI on each of them from the same rows, compares every value, and keeps a certificate. Ends with 1 when they do not agree.")
        {
            pipeline, set, engines, threads, format, quiet,
        };
        layers.AddAsOfTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(() => CommandErrors.Guard(() =>
        {
            var settings = PipelineSettings.FromProcess(parsed.GetRequiredValue(set));
            PipelineDefinition definition = PipelineLoader.Load(parsed.GetRequiredValue(pipeline), settings);
            AssayHome home = AssayHome.FromEnvironment();
            var connections = new EngineConnections(definition, settings, home);
            var options = new RunOptions
            {
                Home = home,
                Threads = parsed.GetValue(threads),
                Connections = connections,
                AsOf = layers.AsOf(parsed, definition),
            };
            IReadOnlyList<EngineChoice> chosen = Choose(parsed.GetValue(engines) ?? [], connections);
            bool isQuiet = parsed.GetValue(quiet);
            var progress = new RunProgress { Notify = Console.Error.WriteLine };
            (Certificate certificate, string folder) = ProgressDisplay.While(
                progress, isQuiet, () => new VerifyRun(definition, options, progress).Execute(chosen, cancellationToken));
            if (!isQuiet)
            {
                Print(certificate, folder, parsed.GetRequiredValue(format));
            }

            return certificate.Agrees ? ExitCodes.Done : ExitCodes.CheckFailed;
        }), CancellationToken.None));
        return command;
    }

    private static List<EngineChoice> Choose(string[] asked, EngineConnections connections)
    {
        string[] names = [.. asked.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        List<EngineChoice> chosen = names.Length == 0
            ? [.. EngineChoice.All.Where(connections.IsKnown)]
            : [.. names.Select(connections.Choose).Distinct()];
        return chosen.Count >= 2
            ? chosen
            : throw new UsageException("it takes two engines to agree; name another, such as --engines memory,duckdb");
    }

    private static void Print(Certificate certificate, string folder, string format)
    {
        if (format == "table")
        {
            CertificateDisplay.Write(ReportConsole.Create(Console.Out), certificate);
            string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder);
            Console.Out.WriteLine($"certificate {(relative.StartsWith("..", StringComparison.Ordinal) ? folder : relative)}/certificate.md, .json");
            return;
        }

        using Stream output = Console.OpenStandardOutput();
        if (format == "json")
        {
            CertificateJson.Write(certificate, output);
        }
        else
        {
            CertificateMarkdown.Write(certificate, output);
        }
    }
}
