using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests;

/// <summary>Random rows of one table.</summary>
internal static class Sample
{
    private static readonly string[] Regions = ["North", "South", "north", "", "Österreich", "\uFFFD", "😀 smile", "東京", "a", "ab"];

    public static Schema Schema { get; } = new(
    [
        new Column("id", ColumnType.Integer),
        new Column("region", ColumnType.String),
        new Column("product", ColumnType.String),
        new Column("quantity", ColumnType.Integer),
        new Column("price", ColumnType.Decimal(12, 2)),
        new Column("rate", ColumnType.Decimal(9, 4)),
        new Column("big", ColumnType.Decimal(17, 0)),
        new Column("flag", ColumnType.Boolean),
        new Column("day", ColumnType.Date),
        new Column("sold", ColumnType.Timestamp),
    ]);

    public static List<Row> Rows(Random random, int count)
    {
        int nulls = random.Next(4) switch { 0 => 0, 1 => 50, _ => 12 };
        int spread = random.Next(3) switch { 0 => 3, 1 => 20, _ => 1000 };
        var rows = new List<Row>();
        for (int i = 0; i < count; i++)
        {
            object? Maybe(object value) => random.Next(100) < nulls ? null : value;
            var day = new DateOnly(2023, 11, 1);
            rows.Add(Of(
                Number.Of(i),
                Maybe(Regions[random.Next(Regions.Length)]),
                Maybe($"p{random.Next(spread)}"),
                Maybe(Number.Of(random.Next(-2, spread))),
                Maybe(Number.Of(random.Next(-100, spread * 1000), 2)),
                Maybe(Number.Of(random.Next(0, 10_000), 4)),
                Maybe(Number.Of(random.Next(4) == 0 ? random.NextInt64(-99_999_999_999_999_999, 99_999_999_999_999_999) : random.Next(3))),
                Maybe(random.Next(2) == 0),
                Maybe(day.AddDays(random.Next(spread))),
                Maybe(day.ToDateTime(TimeOnly.MinValue).AddSeconds(random.Next(spread * 10_000)))));
        }

        return rows;
    }

    public static Row Of(params object?[] cells) => Of(Schema, cells);

    /// <summary>A row of any table.</summary>
    public static Row Of(Schema schema, IReadOnlyList<object?> cells) =>
        new(schema.Columns.Select((column, i) => (column.Name, cells[i])).ToDictionary(pair => pair.Name, pair => pair.Item2));

    /// <summary>A row of which most columns do not matter.</summary>
    public static Row Of(int id, string? region = null, long? quantity = null, long? cents = null, long? rate = null, long? big = null, bool? flag = null, DateOnly? day = null) => Of(
        Number.Of(id), region, null, One(quantity, 0), One(cents, 2), One(rate, 4), One(big, 0), flag, day, null);

    /// <summary>Fills a batch with rows, in one of the ways that batches may come in.</summary>
    public static void Fill(RowBatch batch, IReadOnlyList<Row> rows, Random random)
    {
        batch.Texts.TrimIfLarge();
        batch.Count = rows.Count;
        var raw = new List<byte>();
        for (int i = 0; i < batch.Columns.Length; i++)
        {
            Column column = batch.Schema.Columns[i];
            Vector vector = batch.Columns[i];
            vector.Type = column.Type;
            vector.IsRaw = column.Type.Kind == ColumnKind.String && random.Next(5) == 0;
            vector.IsWide = column.Type.IsNumeric && random.Next(6) == 0;
            vector.HasNulls = rows.Any(row => row[column.Name] is null) || random.Next(3) == 0;
            for (int at = 0; at < rows.Count; at++)
            {
                object? value = rows[at][column.Name];
                vector.Nulls[at] = vector.HasNulls ? value is null : random.Next(2) == 0;
                long cell = value switch
                {
                    null => random.NextInt64(0, 2),
                    string text when vector.IsRaw => Raw(raw, text),
                    string text => batch.Texts.Intern(text),
                    Number number => (long)number.Units,
                    bool truth => truth ? 1 : 0,
                    DateOnly day => day.DayNumber - new DateOnly(1970, 1, 1).DayNumber,
                    DateTime time => (time - DateTime.UnixEpoch).Ticks / 10,
                    _ => throw new InvalidOperationException(value.GetType().Name),
                };
                if (vector.IsWide)
                {
                    vector.Wide[at] = cell;
                    vector.Values[at] = random.NextInt64();
                }
                else
                {
                    vector.Values[at] = value is null && column.Type.Kind == ColumnKind.String ? 0 : cell;
                }
            }
        }

        batch.RawBytes = [.. raw];
    }

    private static long Raw(List<byte> raw, string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        raw.AddRange(bytes);
        return Vector.PackRaw(raw.Count - bytes.Length, bytes.Length);
    }

    private static object? One(long? units, int scale) => units is null ? null : new Number(units.Value, scale);
}
