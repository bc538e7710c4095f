using System.CommandLine;
using Assay.App.Engines;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Data;
using Assay.Measure;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Cli;

/// <summary><c>assay sql</c>: what a database is asked for a KPI.</summary>
internal static class SqlCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "A KPI, of whichever pipeline has it; or a pipeline, for all of its KPIs." };
        var kpi = new Argument<string?>("kpi") { Description = "The KPI, when the first name is a pipeline's.", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> set = PipelineOptions.Set();
        Option<string?> engine = PipelineOptions.Database();
        var explain = new Option<bool>("--explain") { Description = "Ask the database how it would run the statements. Its tables must be there: run the pipeline with --engine first." };
        var command = new Command("sql", "Prints the SQL that a KPI is computed with. What a database cannot do exactly, Assay does with the rows that come back.")
        {
            name, kpi, set, engine, explain,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(() => CommandErrors.Guard(() =>
        {
            var settings = PipelineSettings.FromProcess(parsed.GetRequiredValue(set));
            (PipelineDefinition pipeline, IReadOnlyList<KpiDefinition> kpis) = Find(parsed.GetRequiredValue(name), parsed.GetValue(kpi), settings);
            var connections = new EngineConnections(pipeline, settings, AssayHome.FromEnvironment());
            EngineChoice choice = connections.ChooseDatabase(parsed.GetValue(engine));
            var plans = pipeline.Tables.ToDictionary(table => table.Name, table => CleaningPlan.Create(table, pipeline.TimeZone), StringComparer.Ordinal);
            var tables = new EngineTables(pipeline, plans);
            var measure = new DatabaseMeasure(tables, new RunProgress());
            KpiQuery[] queries = [.. kpis.Select(one => measure.Prepare(one, choice.Dialect, asOf: null))];
            if (!parsed.GetValue(explain))
            {
                Console.Out.WriteLine(string.Join("\n\n", queries.Select(query => SqlListing.Of(query, choice.Dialect))));
                return ExitCodes.Done;
            }

            using Engine opened = connections.Create(choice, Console.Error.WriteLine, TimeProvider.System);
            using EngineSession session = opened.OpenForReading(cancellationToken);
            string[] there = [.. EngineSchema.ListTables(session, cancellationToken).Where(table => table.Owner == pipeline.Name).Select(table => table.Name)];
            if (tables.All.FirstOrDefault(table => !there.Contains(table.Name)) is { } missing)
            {
                throw new RunException($"{session.Version} has no table `{missing.Name}` of `{pipeline.Name}` yet; run the pipeline there first: assay run {pipeline.Name} --engine {choice.Name}");
            }

            foreach (KpiQuery query in queries)
            {
                Explain(session, query, cancellationToken);
            }

            return ExitCodes.Done;
        }), CancellationToken.None));
        return command;
    }

    private static (PipelineDefinition Pipeline, IReadOnlyList<KpiDefinition> Kpis) Find(string name, string? kpi, PipelineSettings settings)
    {
        IReadOnlyList<string> pipelines = PipelineLoader.List(settings.WorkingDirectory);
        bool isPipeline = kpi is not null || pipelines.Contains(name) || name.Contains('/', StringComparison.Ordinal) || name.EndsWith(".yaml", StringComparison.Ordinal);
        if (isPipeline)
        {
            PipelineDefinition pipeline = PipelineLoader.Load(name, settings);
            return kpi is null ? (pipeline, pipeline.Kpis)
                : pipeline.Kpis.FirstOrDefault(one => one.Name == kpi) is { } found ? (pipeline, [found])
                : throw new UsageException($"`{pipeline.Name}` has no KPI `{kpi}`; it has {string.Join(", ", pipeline.Kpis.Select(one => one.Name))}");
        }

        List<(PipelineDefinition Pipeline, KpiDefinition Kpi)> all =
            [.. pipelines.Select(one => PipelineLoader.Load(one, settings)).SelectMany(one => one.Kpis.Select(found => (one, found)))];
        List<(PipelineDefinition Pipeline, KpiDefinition Kpi)> named = [.. all.Where(one => one.Kpi.Name == name)];
        return named.Count switch
        {
            1 => (named[0].Pipeline, [named[0].Kpi]),
            0 => throw new UsageException(
                $"there is no KPI `{name}`{(DidYouMean.Hint(name, all.Select(one => one.Kpi.Name).Concat(pipelines)) is { } hint ? $", {hint}" : "")}; "
                + $"the KPIs are {string.Join(", ", all.Select(one => one.Kpi.Name))}"),
            _ => throw new UsageException($"several pipelines have a KPI `{name}`: {string.Join(", ", named.Select(one => $"assay sql {one.Pipeline.Name} {name}"))}"),
        };
    }

    /// <summary>Explains each statement when those before it have been run, as it needs their values.</summary>
    private static void Explain(EngineSession session, KpiQuery query, CancellationToken cancellationToken)
    {
        int step = 0;
        while (query.Next is { } statement)
        {
            Console.Out.WriteLine($"-- {query.Plan.Definition.Name}, statement {++step}");
            foreach (string line in session.Explain(statement, cancellationToken))
            {
                Console.Out.WriteLine(line);
            }

            var texts = new TextPool();
            var rows = new RowBatch(statement.Result, texts);
            using EngineReader reader = session.Query(statement, texts, cancellationToken);
            while (reader.Read(rows))
            {
                query.Add(rows);
            }

            query.End();
        }
    }
}
