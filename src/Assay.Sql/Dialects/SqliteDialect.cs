using Assay.Data;

namespace Assay.Sql;

/// <summary>
/// How SQLite 3.37 and later writes statements: placeholders <c>$p1</c>, <c>$p2</c> … Decimals are whole numbers of units of 10^-scale,
/// booleans 0 and 1, dates and timestamps text (<c>2024-01-31</c>, <c>2024-01-31 18:30:00.5</c>, without trailing zeros), whose order is
/// that of time. A sum is a text of two numbers: <c>7,-3</c> is 7 · 10^9 − 3 units.
/// </summary>
public sealed class SqliteDialect : SqlDialect
{
    private SqliteDialect()
    {
    }

    /// <summary>The dialect.</summary>
    public static SqliteDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "sqlite";

    /// <inheritdoc/>
    public override string Title => "SQLite";

    /// <inheritdoc/>
    public override SqlText Render(SqlStatement statement) => new SqliteWriter(this, inlinesValues: false).Statement(statement);

    /// <inheritdoc/>
    public override string Script(SqlStatement statement) => new SqliteWriter(this, inlinesValues: true).Statement(statement).Text;

    /// <inheritdoc/>
    public override string Quote(string name) => SqlLiterals.Quoted(SqlLiterals.Name(name, Title), '"');

    /// <inheritdoc/>
    public override string TypeName(ColumnType type, bool isKey = false) => type.Kind switch
    {
        ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Boolean => "INTEGER",
        _ => "TEXT",
    };

    /// <summary>The two numbers of a sum as one.</summary>
    /// <param name="sum">The sum as a query gives it.</param>
    /// <returns>The sum in units of 10^-scale.</returns>
    /// <exception cref="OverflowException">It left the numbers that SQLite computes with exactly.</exception>
    public static Int128 Sum(string sum)
    {
        int comma = sum.IndexOf(',', StringComparison.Ordinal);
        return comma > 0
            && long.TryParse(sum.AsSpan(0, comma), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long high)
            && long.TryParse(sum.AsSpan(comma + 1), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long low)
            ? ((Int128)high * SqliteWriter.SumBase) + low
            : throw new OverflowException($"a sum left the 64 bits that SQLite computes with exactly ({sum})");
    }

    /// <inheritdoc/>
    /// <exception cref="SqlException">It is a number past 64 bits.</exception>
    public override object? Parameter(SqlValue value)
    {
        if (value.IsNull || value.Type.Kind is ColumnKind.String or ColumnKind.Date or ColumnKind.Timestamp)
        {
            return base.Parameter(value);
        }

        return value.Units == (long)value.Units
            ? (long)value.Units
            : throw new SqlException($"{Title} cannot hold the number {SqlLiterals.Plain(value)}, which needs more than 64 bits");
    }
}
