using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>Makes the expressions of which the engines' own statements consist.</summary>
internal static class SqlTerms
{
    /// <summary>A table's column.</summary>
    /// <param name="table">The table.</param>
    /// <param name="name">The column's name.</param>
    /// <param name="from">The name of the table that is read, when it needs saying.</param>
    public static SqlExpression Column(SqlTable table, string name, string? from = null) =>
        new SqlColumnReference(from, name, table.Columns.Single(column => column.Name == name).Type);

    public static SqlExpression Equal(SqlExpression left, SqlExpression right) => Truth(SqlOperation.Equal, left, right);

    public static SqlExpression NotEqual(SqlExpression left, SqlExpression right) => Truth(SqlOperation.NotEqual, left, right);

    public static SqlExpression Not(SqlExpression argument) => Truth(SqlOperation.Not, argument);

    public static SqlExpression IsNull(SqlExpression argument) => Truth(SqlOperation.IsNull, argument);

    public static SqlExpression IsNotNull(SqlExpression argument) => Truth(SqlOperation.IsNotNull, argument);

    /// <summary>All of some conditions, at least one.</summary>
    public static SqlExpression All(IEnumerable<SqlExpression> conditions) => Joined(SqlOperation.And, [.. conditions]);

    /// <summary>Any of some conditions, at least one.</summary>
    public static SqlExpression Any(IEnumerable<SqlExpression> conditions) => Joined(SqlOperation.Or, [.. conditions]);

    private static SqlExpression Joined(SqlOperation operation, IReadOnlyList<SqlExpression> conditions) =>
        conditions.Count == 1 ? conditions[0] : new SqlCall(ColumnType.Boolean, operation, conditions);

    private static SqlCall Truth(SqlOperation operation, params IReadOnlyList<SqlExpression> arguments) =>
        new(ColumnType.Boolean, operation, arguments);
}
