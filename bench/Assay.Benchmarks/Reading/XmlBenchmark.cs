using System.Text;
using System.Xml;
using Assay.Data;
using Assay.Read;
using BenchmarkDotNet.Attributes;

namespace Assay.Benchmarks.Reading;

/// <summary>
/// An XML document to the places of its fields, on one thread, per record of six fields (about 270 bytes): the reader,
/// and a bare loop over the framework's that looks at each name and each text and keeps none.
/// </summary>
public class XmlBenchmark
{
    private const int Records = 50_000;

    private static readonly string[] Columns =
        ["order_id", "mobile_number", "order_date_time", "sku_id", "sku_count", "total_amount"];

    private readonly FieldBatch _batch = new(Columns.Length);
    private byte[] _xml = [];

    /// <summary>How the fields are written.</summary>
    public enum Writing
    {
        /// <summary>Each an element on a line of its own.</summary>
        Elements,

        /// <summary>Each an attribute of the record.</summary>
        Attributes,

        /// <summary>Elements, two of six with a reference in the text, one with an attribute.</summary>
        References,
    }

    [Params(Writing.Elements, Writing.Attributes, Writing.References)]
    public Writing Fields { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        string[] dates = SampleFields.Dates("yyyy-MM-ddTHH:mm:ss");
        string[] prices = SampleFields.Prices();
        StringBuilder xml = new StringBuilder(Records * 280).Append("<?xml version='1.0' encoding='utf-8'?>\n<feed>\n");
        for (int record = 0; record < Records; record++)
        {
            int row = record % SampleFields.Rows;
            string[] values = [$"ORD-2025-{record:D7}", $"9{record:D9}", dates[row], "SKU-4004", "1", prices[row]];
            if (Fields == Writing.Attributes)
            {
                xml.Append("  <order");
                for (int i = 0; i < Columns.Length; i++)
                {
                    xml.Append(' ').Append(Columns[i]).Append("=\"").Append(values[i]).Append('"');
                }

                xml.Append("/>\n");
                continue;
            }

            xml.Append("  <order>\n");
            for (int i = 0; i < Columns.Length; i++)
            {
                bool odd = Fields == Writing.References && i % 3 == 0;
                xml.Append("    <").Append(Columns[i]).Append(odd && i > 0 ? " unit=\"x\">" : ">").Append(values[i])
                    .Append(odd ? "&amp;" : "").Append("</").Append(Columns[i]).Append(">\n");
            }

            xml.Append("  </order>\n");
        }

        _xml = Encoding.UTF8.GetBytes(xml.Append("</feed>\n").ToString());
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public long Framework()
    {
        long characters = 0;
        using var reader = XmlReader.Create(new MemoryStream(_xml));
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Text)
            {
                characters += reader.Value.Length;
            }
            else if (reader.NodeType == XmlNodeType.Element)
            {
                characters += reader.LocalName.Length;
                while (reader.MoveToNextAttribute())
                {
                    characters += reader.LocalName.Length + reader.Value.Length;
                }
            }
        }

        return characters;
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public int Reader()
    {
        int fields = 0;
        using var source = XmlSource.Open(new MemoryStream(_xml), "sample", Columns, new XmlOptions { Record = "order" }, "sample");
        XmlCursor cursor = source.OpenCursor();
        while (cursor.ReadBlock(CancellationToken.None))
        {
            while (cursor.ReadBatch(_batch))
            {
                fields += _batch.Count * Columns.Length;
            }
        }

        return fields;
    }
}
