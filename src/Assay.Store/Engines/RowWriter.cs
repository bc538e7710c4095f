using Assay.Data;

namespace Assay.Store;

/// <summary>Writes one worker's rows to a staging table, by the fastest road the database has.</summary>
public abstract class RowWriter : IDisposable
{
    /// <summary>Writes rows.</summary>
    /// <param name="rows">Rows with the stage's columns; they are not kept.</param>
    /// <exception cref="EngineException">The database refuses, or cannot hold a value; the message names the column.</exception>
    public abstract void Add(RowBatch rows);

    /// <summary>Says that these were all rows.</summary>
    /// <returns>How many rows were written.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public abstract long Complete();

    /// <summary>Ends the writer; rows that were not completed do not count.</summary>
    public abstract void Dispose();
}
