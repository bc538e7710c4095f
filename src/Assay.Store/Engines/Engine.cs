using System.Runtime.CompilerServices;
using Assay.Sql;

namespace Assay.Store;

/// <summary>A database that rows are loaded into and KPIs are asked of.</summary>
public abstract class Engine : IDisposable
{
    private protected Engine(EngineOptions options, SqlDialect dialect)
    {
        Options = options;
        Dialect = dialect;
    }

    /// <summary>Makes an engine; its driver is loaded, and the database reached, when a session is opened.</summary>
    /// <param name="options">Which database, and how it is used.</param>
    /// <returns>The engine.</returns>
    public static Engine Create(EngineOptions options) => options.Kind switch
    {
        EngineKind.DuckDb => MakeDuckDb(options),
        EngineKind.Sqlite => MakeSqlite(options),
        EngineKind.Postgres => MakePostgres(options),
        EngineKind.MySql => MakeMySql(options),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, "There is no such engine."),
    };

    /// <summary>How statements are written for it.</summary>
    public SqlDialect Dialect { get; }

    /// <summary>Its name as options give it.</summary>
    public string Name => Dialect.Name;

    private protected EngineOptions Options { get; }

    /// <summary>Opens a session. Sessions that write to the same database take turns: the second waits, and says so.
    /// What a session that was killed left in staging is removed.</summary>
    /// <param name="owner">What writes, for example a pipeline: the tables it makes are its own.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The session, which holds the database's turn.</returns>
    /// <exception cref="EngineException">The database cannot be reached.</exception>
    public EngineSession Open(string owner, CancellationToken cancellationToken = default) =>
        EngineRetry.Run(Options, () => OpenOnce(owner, cancellationToken), cancellationToken);

    /// <summary>Opens a session that only reads. It takes no turn and waits for no run: what it sees is what was committed last.
    /// A DuckDB file that another program has open cannot be read, which is an error at once.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The session; the database refuses what it is asked to change.</returns>
    /// <exception cref="EngineException">The database cannot be reached, or its file is missing.</exception>
    public EngineSession OpenForReading(CancellationToken cancellationToken = default) =>
        EngineRetry.Run(Options, () => ConnectForReading(cancellationToken), cancellationToken);

    /// <summary>Lets go of pooled connections.</summary>
    public abstract void Dispose();

    /// <summary>Connects, and takes the turn.</summary>
    private protected abstract EngineSession Connect(string owner, CancellationToken cancellationToken);

    /// <summary>Connects without taking the turn.</summary>
    private protected abstract EngineSession ConnectForReading(CancellationToken cancellationToken);

    // Each in a method of its own: what an engine needs is loaded when that engine is asked for.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DuckDbEngine MakeDuckDb(EngineOptions options) => new(options);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SqliteEngine MakeSqlite(EngineOptions options) => new(options);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PostgresEngine MakePostgres(EngineOptions options) => new(options);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MySqlEngine MakeMySql(EngineOptions options) => new(options);

    private EngineSession OpenOnce(string owner, CancellationToken cancellationToken)
    {
        EngineSession session = Connect(owner, cancellationToken);
        try
        {
            EngineSchema.RemoveStaging(session, cancellationToken);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
