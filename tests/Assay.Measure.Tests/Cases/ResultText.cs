using System.Globalization;
using Assay.Data;

namespace Assay.Measure.Tests.Cases;

/// <summary>A KPI's result as text, every digit of it, so that equal texts are equal results.</summary>
public static class ResultText
{
    public static string Of(KpiResult result)
    {
        IEnumerable<string> columns = result.Table.Schema.Columns.Select(column => $"{column.Name} {column.Type}");
        IEnumerable<string> rows = result.Table.Rows.Select(row => string.Join(" | ", row.Select((cell, i) => Of(cell, result.Table.Schema.Columns[i].Type))));
        return string.Join("\n", [string.Join(" | ", columns), .. rows, Of(result.Totals), Of(result.Table.Totals)]);
    }

    private static string Of(IEnumerable<ResultTotal> totals) => string.Join(", ", totals.Select(total => total.Members is { } members
        ? $"{total.Name} {{{Of(members)}}}"
        : $"{total.Name} {total.Type} {Of(total.Value, total.Type)}"));

    private static string Of(object? cell, ColumnType type) => cell switch
    {
        null => "null",
        Int128 units => Decimals.Format(units, type.Scale),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        _ => $"'{(string)cell}'",
    };
}
