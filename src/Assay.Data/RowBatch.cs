namespace Assay.Data;

/// <summary>
/// Typed rows, column by column. A batch belongs to one room at a time and is filled again and again:
/// whoever needs a value past the next fill copies it.
/// </summary>
public sealed class RowBatch
{
    /// <summary>The rows a batch holds at most: 1,024 rows of 8 bytes let three columns share the first-level cache, and the hundred or so columns that the steps of a pipeline keep take a megabyte a worker.</summary>
    public const int DefaultCapacity = 1024;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="schema">Its columns.</param>
    /// <param name="texts">The pool that the codes of its text columns belong to.</param>
    /// <param name="capacity">The most rows it can hold.</param>
    public RowBatch(Schema schema, TextPool texts, int capacity = DefaultCapacity)
    {
        Schema = schema;
        Texts = texts;
        Columns = new Vector[schema.Columns.Count];
        for (int i = 0; i < Columns.Length; i++)
        {
            Columns[i] = new Vector(capacity) { Type = schema.Columns[i].Type };
        }
    }

    /// <summary>Makes a batch over vectors that there are already, such as those of another batch and some more.</summary>
    /// <param name="schema">Its columns.</param>
    /// <param name="texts">The pool that the codes of its text columns belong to.</param>
    /// <param name="columns">A vector a column; it is kept, so that single vectors can be exchanged.</param>
    public RowBatch(Schema schema, TextPool texts, Vector[] columns)
    {
        Schema = schema;
        Texts = texts;
        Columns = columns;
    }

    /// <summary>The columns' names and types.</summary>
    public Schema Schema { get; }

    /// <summary>The pool of the text columns.</summary>
    public TextPool Texts { get; }

    /// <summary>The columns' values, in the order of the schema.</summary>
    public Vector[] Columns { get; }

    /// <summary>The bytes that raw text columns lie in.</summary>
    public byte[] RawBytes { get; set; } = [];

    /// <summary>How many rows are filled.</summary>
    public int Count { get; set; }

    /// <summary>A column's values, with raw text turned into codes of <see cref="Texts"/>.</summary>
    /// <param name="ordinal">The column's place in the schema.</param>
    /// <returns>The values.</returns>
    public Vector Column(int ordinal)
    {
        Vector column = Columns[ordinal];
        if (column.IsRaw)
        {
            for (int row = 0; row < Count; row++)
            {
                column.Values[row] = column.IsNull(row) ? 0 : Texts.Intern(column.Raw(RawBytes, row));
            }

            column.IsRaw = false;
        }

        return column;
    }

    /// <summary>Keeps only some rows, in their order.</summary>
    /// <param name="rows">The rows to keep, ascending.</param>
    public void Keep(ReadOnlySpan<int> rows)
    {
        foreach (Vector column in Columns)
        {
            column.Keep(rows);
        }

        Count = rows.Length;
    }
}
