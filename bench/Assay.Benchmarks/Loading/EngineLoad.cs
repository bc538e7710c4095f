using System.Diagnostics;
using System.Globalization;
using System.Text.Unicode;
using Assay.Data;
using Assay.Sql;
using Assay.Store;

namespace Assay.Benchmarks;

/// <summary>
/// Loads rows like those of the sales pipeline, cleaned already, into a database: what the road into it can do by itself.
/// Arguments: the engine, rows, workers; ASSAY_BENCH_CONNECTION says where.
/// </summary>
internal static class EngineLoad
{
    private static readonly SqlTable Table = new("bench_sales", [
        new SqlColumn("order_id", ColumnType.String),
        new SqlColumn("product_name", ColumnType.String),
        new SqlColumn("category", ColumnType.String),
        new SqlColumn("quantity", ColumnType.Integer, IsRequired: true),
        new SqlColumn("unit_price", ColumnType.Decimal(14, 4), IsRequired: true),
        new SqlColumn("discount_percent", ColumnType.Decimal(5, 4), IsRequired: true),
        new SqlColumn("region", ColumnType.String),
        new SqlColumn("sale_date", ColumnType.Timestamp, IsRequired: true),
        new SqlColumn("revenue", ColumnType.Decimal(38, 8)),
    ]);

    private static readonly string[] Products =
    [
        "Laptop Pro 15", "Smartphone X", "Wireless Headphones", "4K LED TV", "Blender Pro", "Coffee Maker Elite", "Men's T-shirt (Blue)",
        "Running Shoes", "Gaming Mouse", "Office Chair", "Desk Lamp", "Water Bottle", "Yoga Mat", "Backpack", "Sunglasses", "Watch", "Kettle", "Toaster",
    ];

    private static readonly string[] Categories = ["Electronics", "Home Appliance", "Fashion"];

    private static readonly string[] Regions = ["North", "South", "East", "West"];

    public static int Run(string[] arguments)
    {
        int rows = int.Parse(arguments[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        int workers = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        using var engine = Engine.Create(new EngineOptions
        {
            Kind = Enum.Parse<EngineKind>(arguments[0], ignoreCase: true),
            Connection = Environment.GetEnvironmentVariable("ASSAY_BENCH_CONNECTION")
                ?? throw new InvalidOperationException("ASSAY_BENCH_CONNECTION is not set."),
            Notify = Console.Error.WriteLine,
        });

        long started = Stopwatch.GetTimestamp();
        using EngineSession session = engine.Open("bench");
        session.SetUp([Table], []);
        var schema = new Schema([.. Table.Columns.Select(column => new Column(column.Name, column.Type))]);
        TableStage stage = session.Stage(Table, schema);
        double opened = Seconds(started);
        long written = 0;
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, worker =>
        {
            using RowWriter writer = stage.OpenWriter();
            var batch = new RowBatch(schema, new TextPool());
            int end = (int)((long)rows * (worker + 1) / workers);
            for (int row = (int)((long)rows * worker / workers); row < end; row += batch.Count)
            {
                batch.Texts.TrimIfLarge();
                batch.Count = Math.Min(RowBatch.DefaultCapacity, end - row);
                Fill(batch, row);
                writer.Add(batch);
            }

            Interlocked.Add(ref written, writer.Complete());
        });
        double staged = Seconds(started);
        session.InTransaction(() => session.Replace(stage));
        double committed = Seconds(started);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"version": "{{session.Version}}", "rows": {{written}}, "opened": {{opened:0.000}}, "staged": {{staged:0.000}}, "committed": {{committed:0.000}}}"""));
        return 0;
    }

    private static double Seconds(long since) => Stopwatch.GetElapsedTime(since).TotalSeconds;

    /// <summary>Rows of ever new order numbers, of few products and regions, and of random prices, the same each time.</summary>
    private static void Fill(RowBatch batch, int first)
    {
        Span<byte> id = stackalloc byte[32];
        for (int i = 0; i < batch.Count; i++)
        {
            ulong random = (ulong)(first + i) * 0x9E37_79B9_7F4A_7C15;
            random ^= random >> 29;
            int product = (int)(random % 18);
            Utf8.TryWrite(id, CultureInfo.InvariantCulture, $"ORD-{first + i:00000000}-{random % 9000:0000}", out int length);
            long quantity = 1 + (long)(random % 20);
            long price = 200_000 + ((long)(random % 240_000) * 100);
            long discount = (long)(random % 40) * 100;
            Set(batch, 0, i, batch.Texts.Intern(id[..length]));
            Set(batch, 1, i, batch.Texts.Intern(Products[product]));
            Set(batch, 2, i, batch.Texts.Intern(Categories[product % Categories.Length]));
            Set(batch, 3, i, quantity);
            Set(batch, 4, i, price);
            Set(batch, 5, i, discount);
            Set(batch, 6, i, batch.Texts.Intern(Regions[random % 4]));
            Set(batch, 7, i, 1_704_067_200_000_000 + ((long)(random % 31_536_000) * 1_000_000));
            Set(batch, 8, i, quantity * price * (10_000 - discount));
        }
    }

    private static void Set(RowBatch batch, int column, int row, long value) => batch.Columns[column].Values[row] = value;
}
