using Assay.Data;

namespace Assay.Store;

/// <summary>The rows of a query.</summary>
public abstract class EngineReader : IDisposable
{
    /// <summary>Reads the next rows.</summary>
    /// <param name="into">Takes them; it has the query's columns and the pool that the reader was given.</param>
    /// <returns>False when there are no more.</returns>
    /// <exception cref="EngineException">The database fails, or a value does not fit.</exception>
    public abstract bool Read(RowBatch into);

    /// <summary>Ends the query.</summary>
    public abstract void Dispose();
}
