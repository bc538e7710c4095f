using System.Globalization;
using Assay.Data;
using Assay.Refine.Quality;

namespace Assay.Refine.Tests.Refining;

/// <summary>Makes tables' definitions, and writes what refining gives as plain text.</summary>
internal static class Tables
{
    public static TableDefinition Table(params ColumnDefinition[] columns) => new() { Name = "t", From = "s", Columns = columns };

    public static ColumnDefinition Column(string name, string type) => ColumnType.TryParse(type, out ColumnType parsed)
        ? new ColumnDefinition { Name = name, Field = name, Type = parsed, Clean = [Rules.CleaningRuleTests.Rule("trim")] }
        : throw new ArgumentException(type);

    public static ColumnDefinition WithCheck(this ColumnDefinition column, string check) =>
        column with { Check = ExpressionParser.Parse(check), CheckText = check };

    public static TableDefinition WithDerived(this TableDefinition table, string name, string value) =>
        table with { Derive = [.. table.Derive, new DerivedColumn(name, ExpressionParser.Parse(value))] };

    public static TableDefinition WithWhere(this TableDefinition table, string where) => table with { Where = ExpressionParser.Parse(where) };

    public static Refiner Refiner(this TableDefinition table, TextPool? texts = null, int capacity = RowBatch.DefaultCapacity) =>
        new(CleaningPlan.Create(table), texts ?? new TextPool(), capacity);

    /// <summary>The clean rows, cells joined by bars.</summary>
    public static string[] Clean(RefinedBatch refined)
    {
        RowBatch rows = refined.Rows;
        var texts = new string[rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            texts[row] = string.Join('|', Enumerable.Range(0, rows.Columns.Length).Select(column => Cell(rows, column, row)));
        }

        return texts;
    }

    /// <summary>What is wrong with the faulty rows: number, then the record's fault or column and code of each.</summary>
    public static string[] Faulty(RefinedBatch refined, Refiner refiner)
    {
        var texts = new List<string>();
        for (int i = 0; i < refined.FaultyCount; i++)
        {
            int row = refined.FaultyRows[i];
            var codes = new List<string>();
            if (refined.RecordFault(row) != FaultCode.None)
            {
                codes.Add(refined.RecordFault(row).Name());
            }

            for (int column = 0; column < refiner.Quality.Columns.Count; column++)
            {
                if (codes.Count == 0 || codes[0].Contains('.', StringComparison.Ordinal))
                {
                    FaultCode code = refined.ColumnFault(column, row);
                    codes.AddRange(code == FaultCode.None ? [] : [$"{refiner.Quality.Columns[column].Name}.{code.Name()}"]);
                }
            }

            texts.Add($"{row}: {string.Join(' ', codes)}");
        }

        return [.. texts];
    }

    /// <summary>All figures of a table, line by line.</summary>
    public static string Figures(TableQuality quality)
    {
        var lines = new List<string>
        {
            $"read {quality.Read} accepted {quality.Accepted} quarantined {quality.Quarantined} filtered {quality.Filtered} balances {quality.Balances}",
            "records " + string.Join(", ", quality.RecordFaults.Select(fault => $"{fault.Code.Name()} {fault.Rows}")),
            "derived " + string.Join(", ", quality.DerivedFaults),
        };
        foreach (ColumnQuality column in quality.Columns)
        {
            lines.Add($"{column.Name}: nulls {column.Nulls} ambiguous {column.Ambiguous} distinct {column.Distinct?.ToString(CultureInfo.InvariantCulture) ?? "-"}");
            lines.AddRange(column.Faults.Select(fault =>
                $"  {fault.Code.Name()} {fault.Rows}: {string.Join(", ", fault.Examples.Select(example => $"{example.File}/{example.Row} '{example.Value}'"))}"));
        }

        return string.Join('\n', lines);
    }

    private static string Cell(RowBatch rows, int column, int row)
    {
        Vector vector = rows.Column(column);
        return vector.IsNull(row) ? "null"
            : vector.Type.Kind == ColumnKind.String ? rows.Texts.GetString((int)vector.Values[row])
            : Decimals.Format(vector.Get(row), vector.Type.Scale);
    }
}
