using System.Globalization;
using System.Text;
using Assay.Data;

namespace Assay.Benchmarks;

/// <summary>Fields like those of the sales pipeline, drawn from a seed, so that every benchmark sees the same.</summary>
internal static class SampleFields
{
    public const int Rows = RowBatch.DefaultCapacity;

    private static readonly string[] Products =
    [
        "laptop pro", "Laptop Pro 15", "smartfone x", "smart-phone x", "wirless headphones", "Wireless headphones",
        "4k led tv", "4KTV", "blender pro", "blenderpro", "cofee maker elite", "Mens t-shirt (blue)",
        "T-shirt (Blue)", "running shoes", "Running Shoes", "gaming mouse", "Gaming Mouse", "office chair",
    ];

    public static string[] ProductNames() => Draw(next => Products[next % (uint)Products.Length]);

    public static string[] OrderIds() => Draw((row, next) => string.Create(CultureInfo.InvariantCulture, $"ORD-{row:00000000}-{1000 + (next % 9000)}"));

    public static string[] Quantities() => Draw(next => (1 + (next % 20)).ToString(CultureInfo.InvariantCulture));

    public static string[] Prices() => Draw(next => (20 + (next % 240_000 / 100m)).ToString("0.##", CultureInfo.InvariantCulture));

    public static string[] Dates(string format)
    {
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return Draw(next => start.AddMinutes(next % 527_040).ToString(format, CultureInfo.InvariantCulture));
    }

    /// <summary>The texts as a reader hands them on: one column, the fields end to end with a comma between.</summary>
    public static FieldBatch Batch(params string[][] columns)
    {
        var batch = new FieldBatch(columns.Length) { Count = Rows, FirstRow = 1 };
        var bytes = new List<byte>();
        for (int row = 0; row < Rows; row++)
        {
            batch.RecordStarts[row] = bytes.Count;
            for (int column = 0; column < columns.Length; column++)
            {
                byte[] field = Encoding.UTF8.GetBytes(columns[column][row]);
                batch.Starts[column][row] = bytes.Count;
                batch.Lengths[column][row] = field.Length;
                bytes.AddRange(field);
                bytes.Add((byte)',');
            }

            batch.RecordLengths[row] = bytes.Count - batch.RecordStarts[row];
        }

        // Vector loads may read a little past a field.
        bytes.AddRange(new byte[64]);
        batch.Bytes = [.. bytes];
        return batch;
    }

    private static string[] Draw(Func<uint, string> make) => Draw((_, next) => make(next));

    private static string[] Draw(Func<int, uint, string> make)
    {
        uint state = 42;
        string[] drawn = new string[Rows];
        for (int row = 0; row < Rows; row++)
        {
            // Numerical Recipes' linear congruential generator; its high bits are good enough for samples.
            state = (state * 1664525) + 1013904223;
            drawn[row] = make(row, state >> 8);
        }

        return drawn;
    }
}
