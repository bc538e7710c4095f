using System.Numerics;

namespace Assay.Data.Tests;

/// <summary>Makes random batches of one schema, and reads their rows back as plain values.</summary>
internal sealed class RandomBatches(Random random)
{
    public static Schema Schema { get; } = new(
    [
        new Column("quantity", ColumnType.Integer),
        new Column("count", ColumnType.Integer),
        new Column("price", ColumnType.Decimal(14, 4)),
        new Column("amount", ColumnType.Decimal(14, 2)),
        new Column("rate", ColumnType.Decimal(18, 9)),
        new Column("whole", ColumnType.Decimal(5, 0)),
        new Column("region", ColumnType.String),
        new Column("a \"name\"", ColumnType.String),
        new Column("flag", ColumnType.Boolean),
        new Column("day of", ColumnType.Date),
        new Column("sold", ColumnType.Timestamp),
    ]);

    /// <summary>Fills a batch again; the cells of null rows hold any value that a reader may leave there.</summary>
    public void Fill(RowBatch batch, int count)
    {
        var values = new RandomValues(random);
        batch.Texts.TrimIfLarge();
        batch.Count = count;
        int nulls = random.Next(3) switch { 0 => 0, 1 => 10, _ => 60 };
        bool small = random.Next(2) == 0;
        foreach (Vector column in batch.Columns)
        {
            column.IsWide = column.Type.IsNumeric && random.Next(6) == 0;
            column.HasNulls = random.Next(3) > 0;
            for (int row = 0; row < count; row++)
            {
                // A stale flag must not be read when the vector has no nulls.
                column.Nulls[row] = random.Next(100) < nulls;
                Int128 cell = column.Type.Kind switch
                {
                    ColumnKind.String => batch.Texts.Intern(values.Text()),
                    ColumnKind.Boolean => random.Next(2),
                    ColumnKind.Date => values.Day(),
                    ColumnKind.Timestamp => values.Microsecond(),
                    _ => small ? random.Next(-1000, 100_000) : values.Integer(column.IsWide && random.Next(3) == 0),
                };
                if (column.HasNulls && column.Nulls[row] && column.Type.Kind != ColumnKind.String)
                {
                    cell = random.Next(3) switch { 0 => long.MinValue, 1 => long.MaxValue, _ => cell };
                }

                if (column.IsWide)
                {
                    column.Wide[row] = cell;
                    column.Values[row] = random.NextInt64();
                }
                else
                {
                    column.Values[row] = (long)cell;
                }
            }
        }
    }

    public static object? Value(Vector vector, ColumnType type, int row, TextPool texts)
    {
        if (vector.IsNull(row))
        {
            return null;
        }

        return type.Kind switch
        {
            ColumnKind.String => texts.GetString((int)vector.Values[row]),
            ColumnKind.Boolean => vector.Values[row] switch { 0 => false, 1 => true, var other => throw new InvalidOperationException($"{other} is no boolean") },
            ColumnKind.Date => DateTime.UnixEpoch.AddDays(vector.Values[row]),
            ColumnKind.Timestamp => DateTime.UnixEpoch.AddTicks(vector.Values[row] * 10),
            _ => (BigInteger)vector.Get(row),
        };
    }

    public static object?[] Row(RowBatch batch, int row) =>
        [.. batch.Columns.Select((column, i) => Value(column, batch.Schema.Columns[i].Type, row, batch.Texts))];
}
