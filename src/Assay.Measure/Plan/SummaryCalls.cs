using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>
/// Takes out the calls that only a summary may have: <c>first(x)</c> and <c>last(x)</c> of the ordered rows, and
/// <c>count(table)</c> of a table's rows, where no column has that name.
/// </summary>
internal sealed class SummaryCalls(Schema rows)
{
    private readonly List<(BoundExpression Value, bool IsLast)> _edges = [];
    private readonly List<string> _tables = [];

    /// <summary>The values taken of the first or last row.</summary>
    public IReadOnlyList<(BoundExpression Value, bool IsLast)> Edges => _edges;

    /// <summary>The tables whose rows are counted.</summary>
    public IReadOnlyList<string> Tables => _tables;

    public static string EdgeName(int edge) => $"\u0001edge {edge}";

    public static string TableName(int table) => $"\u0001rows {table}";

    /// <summary>Gives the column that stands in for a call, or null when it is none of these.</summary>
    /// <exception cref="ExpressionException">The call has the wrong arguments, or they do not bind.</exception>
    public Expression? Replace(CallExpression call)
    {
        if (ExpressionFunctions.IsEdge(call.Name))
        {
            if (call.Arguments.Count != 1 || call.IsStar || call.IsDistinct)
            {
                throw new ExpressionException($"`{call.Name}` takes one argument", call.Position);
            }

            _edges.Add((ExpressionBinder.Bind(call.Arguments[0], rows), call.Name == "last"));
            return new ColumnExpression(call.Position, EdgeName(_edges.Count - 1));
        }

        bool isTable = call is { Name: "count", IsDistinct: false, Arguments: [ColumnExpression column] } && rows.IndexOf(column.Name) < 0;
        if (!isTable)
        {
            return null;
        }

        string table = ((ColumnExpression)call.Arguments[0]).Name;
        if (!_tables.Contains(table))
        {
            _tables.Add(table);
        }

        return new ColumnExpression(call.Position, TableName(_tables.IndexOf(table)));
    }
}
