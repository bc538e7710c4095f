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

    /// <summary>How statements are written for it.</summary>
    public SqlDialect Dialect { get; }

    /// <summary>Its name as options give it.</summary>
    public string Name => Dialect.Name;

    private protected EngineOptions Options { get; }

    /// <summary>Opens a session. Sessions that write to the same database take turns: the second waits, and says so.</summary>
    /// <param name="owner">What writes, for example a pipeline: the tables it makes are its own.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The session, which holds the database's turn.</returns>
    /// <exception cref="EngineException">The database cannot be reached.</exception>
    public abstract EngineSession Open(string owner, CancellationToken cancellationToken);

    /// <summary>Lets go of pooled connections.</summary>
    public abstract void Dispose();
}
