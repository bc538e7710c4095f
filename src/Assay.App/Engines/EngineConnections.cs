using System.Runtime.CompilerServices;
using Assay.App.Pipelines;
using Assay.Store;

namespace Assay.App.Engines;

/// <summary>
/// Finds how a database is reached: <c>ASSAY__ENGINES__POSTGRES</c> in the environment counts before the same in
/// <c>.env</c>, and that before <c>engines.postgres</c> of the pipeline. DuckDB and SQLite have files of their own otherwise.
/// </summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="settings">The environment.</param>
/// <param name="home">Where files lie when nothing else is said.</param>
internal sealed class EngineConnections(PipelineDefinition pipeline, PipelineSettings settings, AssayHome home)
{
    /// <summary>The engine to use.</summary>
    /// <param name="asked">What the command line names; null takes the pipeline's own.</param>
    /// <returns>The engine.</returns>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public EngineChoice Choose(string? asked) => EngineChoice.TryParse(asked ?? pipeline.Engine, out EngineChoice engine)
        ? engine
        : throw new UsageException(EngineChoice.Unknown(asked ?? pipeline.Engine));

    /// <summary>The database to use: the pipeline's own, or DuckDB's embedded one, when none is named.</summary>
    /// <param name="asked">What the command line names, or null.</param>
    /// <returns>A database.</returns>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public EngineChoice ChooseDatabase(string? asked)
    {
        EngineChoice engine = Choose(asked ?? (pipeline.Engine == EngineChoice.Memory.Name ? "duckdb" : null));
        return engine.Kind is not null
            ? engine
            : throw new UsageException($"`{engine.Name}` is Assay itself, which keeps no tables and takes no SQL; name a database, such as --engine postgres");
    }

    /// <summary>Whether an engine's connection is known.</summary>
    /// <param name="engine">The engine.</param>
    /// <returns>True for those that need none to be told.</returns>
    public bool IsKnown(EngineChoice engine) =>
        engine.Kind is null or EngineKind.DuckDb or EngineKind.Sqlite || Outside(engine) is not null || pipeline.Engines.ContainsKey(engine.Name);

    /// <summary>Makes the engine ready to be opened; nothing is reached yet.</summary>
    /// <param name="engine">A database.</param>
    /// <param name="notify">Is told what a person should know while it is used.</param>
    /// <param name="time">Tells the time.</param>
    /// <param name="retries">How often a step is tried again; the engine's own number when left out.</param>
    /// <returns>The engine.</returns>
    /// <exception cref="UsageException">Nothing says how it is reached, or a variable of it has no value.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Engine Create(EngineChoice engine, Action<string> notify, TimeProvider time, int? retries = null)
    {
        var options = new EngineOptions
        {
            Kind = engine.Kind ?? throw new UsageException("`memory` is no database"),
            Connection = Connection(engine),
            Notify = notify,
            Time = time,
        };
        return Engine.Create(retries is { } often ? options with { Retries = often } : options);
    }

    private string Connection(EngineChoice engine)
    {
        string? given = Outside(engine);
        if (given is null && pipeline.Engines.TryGetValue(engine.Name, out EngineConnection? declared))
        {
            given = declared.Text ?? throw new UsageException(declared.Problem!);
        }

        return engine.Kind switch
        {
            EngineKind.DuckDb => Path.GetFullPath(given ?? Path.Combine(home.Root, "assay.duckdb"), settings.WorkingDirectory),
            EngineKind.Sqlite => Path.GetFullPath(given ?? Path.Combine(home.Root, "assay.sqlite"), settings.WorkingDirectory),
            _ when given is not null => ConnectionUrl.ToConnectionString(given, engine.Kind!.Value),
            _ => throw new UsageException(
                $"nothing says how {engine.Title} is reached; give {Variable(engine)} in the environment or in .env, such as {Example(engine)}, "
                + $"or `engines: {{ {engine.Name}: … }}` in {pipeline.File}"),
        };
    }

    private string? Outside(EngineChoice engine) =>
        Given(settings.Environment, engine) ?? Given(settings.DotEnv, engine);

    private static string? Given(IReadOnlyDictionary<string, string> values, EngineChoice engine) =>
        values.TryGetValue(Variable(engine), out string? value) && value.Length > 0 ? value : null;

    private static string Variable(EngineChoice engine) => $"ASSAY__ENGINES__{engine.Name.ToUpperInvariant()}";

    private static string Example(EngineChoice engine) =>
        $"{engine.Name}://user:password@localhost:{(engine.Kind == EngineKind.Postgres ? 5432 : 3306)}/database";
}
