using System.Text.Json;
using Assay.Measure;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>The rows of a panel as pages take them: numbers as texts with every digit, so that no browser rounds them.</summary>
internal static class PanelRows
{
    /// <summary>Makes them of a result that was just computed.</summary>
    /// <param name="result">The result.</param>
    /// <returns>An object with <c>rows</c> and <c>totals</c>, in UTF-8.</returns>
    public static byte[] Of(KpiResult result)
    {
        using var published = new MemoryStream();
        JsonTable.Write(result.Table, published);
        return Of(published.GetBuffer().AsMemory(0, (int)published.Length), result.Table.Name, [.. result.Table.Schema.Columns.Select(column => column.Name)]);
    }

    /// <summary>Makes them of a result as it was published.</summary>
    /// <param name="json">The file: the rows, or an object of the rows and the totals.</param>
    /// <param name="kpi">The KPI's name, under which rows are in an object.</param>
    /// <param name="columns">The columns, in order.</param>
    /// <returns>The same as above.</returns>
    /// <exception cref="JsonException">It is no such file.</exception>
    public static byte[] Of(ReadOnlyMemory<byte> json, string kpi, IReadOnlyList<string> columns)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        JsonElement rows = root.ValueKind == JsonValueKind.Array ? root : root.GetProperty(kpi);
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("rows");
            foreach (JsonElement row in rows.EnumerateArray())
            {
                writer.WriteStartArray();
                foreach (string column in columns)
                {
                    Write(writer, row.TryGetProperty(column, out JsonElement cell) ? cell : default);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteStartObject("totals");
            foreach (JsonProperty total in root.ValueKind == JsonValueKind.Object ? root.EnumerateObject().Where(one => one.Name != kpi) : [])
            {
                if (total.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String)
                {
                    writer.WriteStartObject(total.Name);
                    writer.WriteString("type", total.Value.ValueKind == JsonValueKind.String ? "string" : total.Value.GetRawText().Contains('.', StringComparison.Ordinal) ? "decimal" : "integer");
                    writer.WritePropertyName("value");
                    Write(writer, total.Value);
                    writer.WriteEndObject();
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return output.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement cell)
    {
        switch (cell.ValueKind)
        {
            case JsonValueKind.Undefined:
                writer.WriteNullValue();
                break;
            case JsonValueKind.Number:
                writer.WriteStringValue(cell.GetRawText());
                break;
            default:
                cell.WriteTo(writer);
                break;
        }
    }
}
