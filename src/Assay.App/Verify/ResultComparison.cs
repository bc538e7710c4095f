using System.Globalization;
using Assay.Data;
using Assay.Store;

namespace Assay.App.Verify;

/// <summary>Compares two results of a KPI: their columns, every cell of every row, and every total, as they are published.</summary>
internal static class ResultComparison
{
    /// <summary>So many differences tell what is wrong; more tell nothing new.</summary>
    private const int MostDifferences = 5;

    private const string Missing = "(no such row)";
    private const string Null = "null";

    /// <summary>The number of values that a result holds.</summary>
    /// <param name="table">The result.</param>
    /// <returns>Its cells and totals.</returns>
    public static long Values(ResultTable table) => ((long)table.Rows.Count * table.Schema.Columns.Count) + Flat("", table.Totals).Count();

    /// <summary>Compares results.</summary>
    /// <param name="engine">The engine that is compared with the first.</param>
    /// <param name="expected">The first engine's result.</param>
    /// <param name="found">The other's.</param>
    /// <returns>The first differences; none when they agree.</returns>
    public static IReadOnlyList<CellDifference> Compare(string engine, ResultTable expected, ResultTable found) =>
        [.. All(expected, found).Take(MostDifferences).Select(one => new CellDifference(expected.Name, engine, one.Place, one.Expected, one.Found))];

    private static IEnumerable<(string Place, string Expected, string Found)> All(ResultTable expected, ResultTable found)
    {
        string columns = Names(expected);
        if (columns != Names(found))
        {
            yield return ("columns", columns, Names(found));
            yield break;
        }

        if (expected.Rows.Count != found.Rows.Count)
        {
            yield return ("number of rows", Number(expected.Rows.Count), Number(found.Rows.Count));
        }

        for (int row = 0; row < Math.Max(expected.Rows.Count, found.Rows.Count); row++)
        {
            for (int i = 0; i < expected.Schema.Columns.Count; i++)
            {
                ColumnType type = expected.Schema.Columns[i].Type;
                string left = row < expected.Rows.Count ? Text(expected.Rows[row][i], type) : Missing;
                string right = row < found.Rows.Count ? Text(found.Rows[row][i], type) : Missing;
                if (left != right)
                {
                    yield return ($"row {Number(row + 1)}, {expected.Schema.Columns[i].Name}", left, right);
                }
            }
        }

        var totals = Flat("", found.Totals).ToDictionary(total => total.Name, total => total.Value, StringComparer.Ordinal);
        foreach ((string name, string value) in Flat("", expected.Totals))
        {
            string other = totals.GetValueOrDefault(name, "(none)");
            totals.Remove(name);
            if (value != other)
            {
                yield return (name, value, other);
            }
        }

        foreach ((string name, string value) in totals)
        {
            yield return (name, "(none)", value);
        }
    }

    private static IEnumerable<(string Name, string Value)> Flat(string path, IReadOnlyList<ResultTotal> totals) => totals.SelectMany(total =>
        total.Members is null ? [(path + total.Name, Text(total.Value, total.Type))] : Flat($"{path}{total.Name}.", total.Members));

    private static string Names(ResultTable table) => string.Join(", ", table.Schema.Columns.Select(column => $"{column.Name} {column.Type}"));

    private static string Text(object? cell, ColumnType type) => cell is null ? Null
        : type.Kind == ColumnKind.String ? $"'{CellText.Of(cell, type)}'"
        : CellText.Of(cell, type);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
