using System.Buffers.Text;
using System.Text;
using Assay.Data;

namespace Assay.Sql;

/// <summary>
/// How SQLite 3.37 and later writes statements: placeholders <c>?1</c>, <c>?2</c> … Decimals are whole numbers of units of 10^-scale,
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
    /// <param name="sum">The sum as a query gives it, in UTF-8.</param>
    /// <returns>The sum in units of 10^-scale.</returns>
    /// <exception cref="OverflowException">It left the numbers that SQLite computes with exactly.</exception>
    public static Int128 Sum(ReadOnlySpan<byte> sum)
    {
        int comma = sum.IndexOf((byte)',');
        ReadOnlySpan<byte> rest = sum[(comma + 1)..];
        return comma > 0
            && Utf8Parser.TryParse(sum[..comma], out long high, out int read) && read == comma
            && Utf8Parser.TryParse(rest, out long low, out read) && read == rest.Length
            ? ((Int128)high * SqliteWriter.SumBase) + low
            : throw new OverflowException($"a sum left the 64 bits that SQLite computes with exactly ({Encoding.UTF8.GetString(sum)})");
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
