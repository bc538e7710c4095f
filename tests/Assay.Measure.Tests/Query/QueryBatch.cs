using Assay.Data;

namespace Assay.Measure.Tests.Query;

/// <summary>Fills batches with a query's cells, one by one.</summary>
internal static class QueryBatch
{
    /// <summary>Starts a batch again.</summary>
    public static void Clear(RowBatch batch)
    {
        batch.Count = 0;
        foreach (Vector vector in batch.Columns)
        {
            vector.HasNulls = true;
            vector.IsWide = vector.Type.IsNumeric;
        }
    }

    public static void SetNull(RowBatch batch, int column) => batch.Columns[column].Nulls[batch.Count] = true;

    public static void Set(RowBatch batch, int column, Int128 value)
    {
        Vector vector = batch.Columns[column];
        vector.Nulls[batch.Count] = false;
        if (vector.IsWide)
        {
            vector.Wide[batch.Count] = value;
        }
        else
        {
            vector.Values[batch.Count] = (long)value;
        }
    }

    public static void Set(RowBatch batch, int column, ReadOnlySpan<byte> text) => Set(batch, column, batch.Texts.Intern(text));
}
