namespace Assay.Sql;

/// <summary>Makes a table.</summary>
/// <param name="Table">The table.</param>
public sealed record CreateTable(SqlTable Table) : SqlStatement
{
    /// <summary>Whether one that is there already is left as it is.</summary>
    public bool IfMissing { get; init; }

    /// <summary>Whether it is for the loading of rows only: without key, references and, where a database has it, log.</summary>
    public bool IsStaging { get; init; }
}
