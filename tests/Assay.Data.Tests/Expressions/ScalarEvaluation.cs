using System.Text;

namespace Assay.Data.Tests;

/// <summary>Evaluates an expression over one row given as literals, and writes the value as text.</summary>
internal static class ScalarEvaluation
{
    /// <summary>The value of an expression over the columns of one row, as text; <c>null</c> and <c>overflow</c> as such.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="columns">Columns as (name, type, value): the value is a literal expression, or null.</param>
    public static string Of(string text, params (string Name, ColumnType Type, string? Value)[] columns)
    {
        var schema = new Schema([.. columns.Select(column => new Column(column.Name, column.Type))]);
        var texts = new TextPool();
        var batch = new RowBatch(schema, texts, capacity: 1) { Count = 1 };
        for (int i = 0; i < columns.Length; i++)
        {
            Set(batch.Columns[i], columns[i].Type, columns[i].Value, texts);
        }

        BoundExpression bound = ExpressionBinder.Bind(ExpressionParser.Parse(text), schema);
        var evaluator = new VectorEvaluator(texts, capacity: 1);
        Vector result = evaluator.Evaluate(bound, batch);
        if (evaluator.HasOverflow && evaluator.Overflow[0])
        {
            Assert.True(result.IsNull(0));
            return "overflow";
        }

        return result.IsNull(0) ? "null" : Write(bound.Type, result, texts);
    }

    private static void Set(Vector column, ColumnType type, string? value, TextPool texts)
    {
        if (value is null)
        {
            column.HasNulls = true;
            column.Nulls[0] = true;
            return;
        }

        var literal = (LiteralExpression)ExpressionParser.Parse(value);
        if (literal.Text is not null)
        {
            column.Values[0] = texts.Intern(literal.Text);
            return;
        }

        Int128 units = type.IsNumeric ? Decimals.Rescale(literal.Units, literal.Type!.Value.Scale, type.Scale) : literal.Units;
        if (units == (long)units)
        {
            column.Values[0] = (long)units;
        }
        else
        {
            column.IsWide = true;
            column.Wide[0] = units;
        }
    }

    private static string Write(ColumnType type, Vector result, TextPool texts) => type.Kind switch
    {
        ColumnKind.String => Encoding.UTF8.GetString(texts[(int)result.Values[0]]),
        ColumnKind.Boolean => result.Values[0] == 0 ? "false" : "true",
        ColumnKind.Date => Calendar.DateText(result.Values[0]),
        ColumnKind.Timestamp => Calendar.TimestampText(result.Values[0]),
        _ => Decimals.Format(result.Get(0), type.Scale),
    };
}
