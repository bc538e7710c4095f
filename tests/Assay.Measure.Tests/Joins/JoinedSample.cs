using Assay.Data;
using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Joins;

/// <summary>Two tables to join with the sample's, one by text and one by number, and the joined rows made one by one.</summary>
internal sealed class JoinedSample
{
    private static readonly string[] Names = ["North", "South", "north", "", "Österreich", "😀 smile", "nowhere", "elsewhere"];
    private static readonly string[] Areas = ["inland", "coast", "", "東"];

    public JoinedSample(Random random)
    {
        int nulls = random.Next(3) * 20;
        object? Maybe(object value) => random.Next(100) < nulls ? null : value;
        Stores = [.. Names.Where(_ => random.Next(4) > 0).Append(null).Select(name => Sample.Of(StoreSchema,
        [
            name,
            Maybe(Areas[random.Next(Areas.Length)]),
            Maybe(Number.Of(random.Next(-500, 500), 2)),
            Maybe(new DateOnly(2020, 1, 1).AddDays(random.Next(2000))),
            Maybe($"shadow {random.Next(3)}"),
        ]))];
        Sizes = [.. Enumerable.Range(-2, random.Next(1, 30)).Where(_ => random.Next(3) > 0).OrderBy(_ => random.Next()).Select(size => Sample.Of(SizeSchema,
        [
            Number.Of(size),
            Maybe($"band {size % 4}"),
            Maybe(random.Next(2) == 0),
            Maybe(Areas[random.Next(Areas.Length)]),
        ]))];
    }

    public static Schema StoreSchema { get; } = new(
    [
        new Column("name", ColumnType.String),
        new Column("area", ColumnType.String),
        new Column("fee", ColumnType.Decimal(9, 2)),
        new Column("opened", ColumnType.Date),
        new Column("product", ColumnType.String),
    ]);

    public static Schema SizeSchema { get; } = new(
    [
        new Column("pieces", ColumnType.Integer),
        new Column("band", ColumnType.String),
        new Column("bulky", ColumnType.Boolean),
        new Column("area", ColumnType.String),
    ]);

    /// <summary>The sample's columns, then those that the joins add: what has a name that is taken is left out.</summary>
    public static Schema WideSchema { get; } = new(
    [
        .. Sample.Schema.Columns,
        .. StoreSchema.Columns.Where(column => column.Name != "product"),
        .. SizeSchema.Columns.Where(column => column.Name != "area"),
    ]);

    public static Dictionary<string, Schema> Joined { get; } = new() { ["stores"] = StoreSchema, ["sizes"] = SizeSchema };

    public static KpiJoin[] Joins { get; } = [new("stores", "region", "name"), new("sizes", "quantity", "pieces")];

    public List<Row> Stores { get; }

    public List<Row> Sizes { get; }

    /// <summary>The rows with the joined columns, each found by looking through the whole table.</summary>
    public List<Row> Widen(IEnumerable<Row> rows) => [.. rows.Select(row =>
    {
        Row? store = row["region"] is string region ? Stores.Find(other => (string?)other["name"] == region) : null;
        Row? size = row["quantity"] is Number quantity ? Sizes.Find(other => other["pieces"]!.Equals(quantity)) : null;
        return Sample.Of(WideSchema, [.. WideSchema.Columns.Select(column =>
            Sample.Schema.IndexOf(column.Name) >= 0 ? row[column.Name]
            : StoreSchema.IndexOf(column.Name) >= 0 ? store?[column.Name]
            : size?[column.Name])]);
    })];

    /// <summary>The lookup tables of what a KPI needs, filled in random parts.</summary>
    public Dictionary<string, LookupTable> Lookups(KpiPlan plan, Random random) => plan.Definition.Joins.ToDictionary(
        join => join.Table,
        join => Lookup(Joined[join.Table], join.Key, plan.JoinedColumns[join.Table], join.Table == "stores" ? Stores : Sizes, random));

    public static LookupTable Lookup(Schema schema, string key, IReadOnlyList<string> columns, IReadOnlyList<Row> rows, Random random)
    {
        LookupTable? whole = null;
        for (int from = 0; from < rows.Count || whole is null;)
        {
            var part = new LookupTable(schema, key, columns);
            for (int batches = random.Next(1, 3); batches > 0; batches--)
            {
                int count = Math.Min(rows.Count - from, random.Next(1, 8));
                var batch = new RowBatch(schema, new TextPool(4), 8);
                Sample.Fill(batch, [.. rows.Skip(from).Take(count)], random);
                part.Add(batch);
                from += count;
            }

            if (whole is null)
            {
                whole = part;
            }
            else
            {
                whole.Merge(part);
            }
        }

        return whole;
    }
}
