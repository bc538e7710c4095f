using Assay.Data;

namespace Assay.Store;

/// <summary>A table of the silver layer.</summary>
/// <param name="Name">Its name, which is its folder's.</param>
/// <param name="Schema">Its columns, in the order they are written in.</param>
public sealed record SilverTable(string Name, Schema Schema)
{
    /// <summary>DuckDB's own columns of a Parquet file, which a table's may not hide.</summary>
    private static readonly string[] Reserved = ["filename", "file_row_number", "file_index"];

    /// <summary>The columns that tell a row: a row replaces the one of the same key. Empty: rows are only added.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>The column by which the newer of two rows of one key is known, or null: then the later load wins.</summary>
    public string? Newest { get; init; }

    /// <summary>The date or timestamp column by which the table is cut into files, or null for one file.</summary>
    public string? PartitionColumn { get; init; }

    /// <summary>How much time one of these files holds.</summary>
    public SilverGrain Grain { get; init; }

    /// <summary>Checks that the columns it names are there, and that files can hold them.</summary>
    /// <exception cref="ArgumentException">They are not; the pipeline's check should have found it.</exception>
    internal void Check()
    {
        foreach (string column in Key.Concat(Newest is null ? [] : [Newest]).Concat(PartitionColumn is null ? [] : [PartitionColumn]))
        {
            if (Schema.IndexOf(column) < 0)
            {
                throw new ArgumentException($"Table '{Name}' has no column '{column}'.");
            }
        }

        if (PartitionColumn is not null
            && Schema.Columns[Schema.IndexOf(PartitionColumn)].Type.Kind is not (ColumnKind.Date or ColumnKind.Timestamp))
        {
            throw new ArgumentException($"Table '{Name}' is partitioned by '{PartitionColumn}', which is no date or timestamp.");
        }

        var names = new HashSet<string>(Reserved, StringComparer.OrdinalIgnoreCase);
        foreach (Column column in Schema.Columns)
        {
            if (column.Name.Length == 0 || !names.Add(column.Name))
            {
                throw new ArgumentException(
                    $"Column '{column.Name}' of table '{Name}' cannot be stored: another has that name but for its case, or the name is reserved.");
            }
        }
    }
}
