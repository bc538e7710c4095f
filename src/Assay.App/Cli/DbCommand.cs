using System.CommandLine;
using Assay.App.Engines;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Cli;

/// <summary><c>assay db</c>: a pipeline's tables in a database.</summary>
internal static class DbCommand
{
    public static Command Create() => new("db", "Makes or removes a pipeline's tables in a database.") { Setup(), Drop() };

    private static Command Setup()
    {
        (Argument<string> pipeline, Option<string[]> set, Option<string?> engine) = Shared();
        var command = new Command("setup", "Makes the tables and indexes that are missing, and brings older ones up to date. Drops no data; can be repeated.")
        {
            pipeline, set, engine,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(() => CommandErrors.Guard(() =>
        {
            (PipelineDefinition definition, EngineChoice choice, EngineConnections connections) = Find(parsed, pipeline, set, engine);
            var options = new RunOptions { Home = AssayHome.FromEnvironment(), Connections = connections, Engine = choice };
            var progress = new RunProgress { Notify = Console.Error.WriteLine };
            var plans = definition.Tables.ToDictionary(table => table.Name, table => CleaningPlan.Create(table, definition.TimeZone), StringComparer.Ordinal);
            using DatabaseRun database = DatabaseRun.Open(choice, definition, plans, options, progress, runId: "", DateTimeOffset.UnixEpoch, cancellationToken);
            Console.Out.WriteLine($"{database.Notes.Version}: {string.Join(", ", database.TableNames(cancellationToken))}: ready");
            return ExitCodes.Done;
        }), CancellationToken.None));
        return command;
    }

    private static Command Drop()
    {
        (Argument<string> pipeline, Option<string[]> set, Option<string?> engine) = Shared();
        var yes = new Option<bool>("--yes") { Description = "Really remove them; without it, they are only named." };
        var command = new Command("drop", "Removes a pipeline's tables and results from a database. Files under ASSAY_HOME stay, so that the next run can fill them again.")
        {
            pipeline, set, engine, yes,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(() => CommandErrors.Guard(() =>
        {
            (PipelineDefinition definition, EngineChoice choice, EngineConnections connections) = Find(parsed, pipeline, set, engine);
            using Engine opened = connections.Create(choice, Console.Error.WriteLine, TimeProvider.System);
            using EngineSession session = opened.Open(definition.Name, cancellationToken);
            IReadOnlyList<string> tables =
                [.. EngineSchema.ListTables(session, cancellationToken).Where(table => table.Owner == definition.Name).Select(table => table.Name)];
            if (tables.Count == 0)
            {
                Console.Out.WriteLine($"{session.Version} has no tables of `{definition.Name}`");
                return ExitCodes.Done;
            }

            if (!parsed.GetValue(yes))
            {
                throw new UsageException($"this would remove {string.Join(", ", tables)} from {choice.Title}; add --yes to do it");
            }

            EngineSchema.Drop(session, cancellationToken);
            Console.Out.WriteLine($"{session.Version}: removed {string.Join(", ", tables)}");
            return ExitCodes.Done;
        }), CancellationToken.None));
        return command;
    }

    private static (Argument<string> Pipeline, Option<string[]> Set, Option<string?> Engine) Shared() =>
        (PipelineOptions.Pipeline(), PipelineOptions.Set(), PipelineOptions.Database());

    private static (PipelineDefinition Pipeline, EngineChoice Engine, EngineConnections Connections) Find(
        ParseResult parsed, Argument<string> pipeline, Option<string[]> set, Option<string?> engine)
    {
        var settings = PipelineSettings.FromProcess(parsed.GetRequiredValue(set));
        PipelineDefinition definition = PipelineLoader.Load(parsed.GetRequiredValue(pipeline), settings);
        var connections = new EngineConnections(definition, settings, AssayHome.FromEnvironment());
        EngineChoice choice = connections.ChooseDatabase(parsed.GetValue(engine));
        return (definition, choice, connections);
    }
}
