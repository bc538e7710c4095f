using System.IO.Compression;
using Assay.App.Tests.House;

namespace Assay.App.Tests.EndToEnd;

/// <summary>Inputs of the sales pipeline, and forms of them.</summary>
internal static class SalesInput
{
    public static readonly string[] Kpis =
        ["monthly_sales_summary", "top_products", "region_wise_performance", "category_discount_map", "anomaly_records"];

    /// <summary>Everything that a run publishes but for the quality report, whose timings differ.</summary>
    public static readonly string[] Files = [.. Kpis.Select(kpi => kpi + ".csv"), .. Kpis.Select(kpi => kpi + ".json"), "summary.json"];

    public const string Header = "order_id,product_name,category,quantity,unit_price,discount_percent,region,sale_date,customer_email\n";

    /// <summary>The sample beside the pipeline.</summary>
    public static byte[] Sample { get; } = File.ReadAllBytes(Path.Combine(Repository.Root, AssayProgram.Sample));

    public static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    /// <summary>The header, then the records from the last to the first. Each record begins with "ORD-" at the start of a line, and no other line does.</summary>
    public static byte[] Reversed(byte[] bytes)
    {
        var starts = new List<int>();
        for (int at = 0; at >= 0 && at < bytes.Length;)
        {
            if (bytes.AsSpan(at).StartsWith("ORD-"u8))
            {
                starts.Add(at);
            }

            int end = bytes.AsSpan(at).IndexOf((byte)'\n');
            at = end < 0 ? -1 : at + end + 1;
        }

        using var target = new MemoryStream();
        target.Write(bytes.AsSpan(0, starts[0]));
        for (int i = starts.Count - 1; i >= 0; i--)
        {
            ReadOnlySpan<byte> record = bytes.AsSpan(starts[i]..(i + 1 < starts.Count ? starts[i + 1] : bytes.Length));
            target.Write(record);
            if (record[^1] != '\n')
            {
                target.WriteByte((byte)'\n');
            }
        }

        return target.ToArray();
    }
}
