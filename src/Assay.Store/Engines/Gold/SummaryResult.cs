using System.Text;
using System.Text.Json;
using Assay.Data;

namespace Assay.Store;

/// <summary>
/// A result as <c>kpi_summary</c> has it: the JSON of its file, as long as it has no more than <see cref="MostRows"/> rows.
/// A larger one has its totals there, and says where its rows are, as
/// <c>{"rows_in": "kpi_segments", "row_count": 44571, …}</c>: servers take no values of any size, nor do people read them.
/// </summary>
internal static class SummaryResult
{
    /// <summary>The most rows that stand in the summary.</summary>
    public const int MostRows = 1000;

    /// <summary>Writes a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="table">The table that has its rows.</param>
    /// <returns>JSON.</returns>
    /// <exception cref="ArgumentException">A cell is not what its column's type calls for.</exception>
    public static string Of(ResultTable result, string table)
    {
        using var json = new MemoryStream();
        if (result.Rows.Count <= MostRows)
        {
            JsonTable.Write(result, json);
        }
        else
        {
            WriteTotals(result, table, json);
        }

        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }

    private static void WriteTotals(ResultTable result, string table, MemoryStream output)
    {
        using (var writer = new Utf8JsonWriter(output, JsonTable.Layout))
        {
            writer.WriteStartObject();
            writer.WriteString(Free("rows_in", result), table);
            writer.WriteNumber(Free("row_count", result), result.Rows.Count);
            JsonTable.WriteTotals(result.Totals, writer);
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>A member's name that no total has.</summary>
    private static string Free(string name, ResultTable result)
    {
        while (result.Totals.Any(total => total.Name == name))
        {
            name += "_";
        }

        return name;
    }
}
