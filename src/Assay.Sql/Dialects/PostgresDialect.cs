using System.Globalization;
using System.Text;
using Assay.Data;

namespace Assay.Sql;

/// <summary>How PostgreSQL 15 writes statements: placeholders <c>$1</c>, <c>$2</c> …; numbers past 64 bits as <c>numeric</c>, text by code point.</summary>
public sealed class PostgresDialect : SqlDialect
{
    /// <summary>Longer names are cut off there (its manual, 4.1.1), so that two could become one.</summary>
    private const int MostNameBytes = 63;

    private PostgresDialect()
    {
    }

    /// <summary>The dialect.</summary>
    public static PostgresDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "postgres";

    /// <inheritdoc/>
    public override string Title => "PostgreSQL";

    /// <inheritdoc/>
    public override SqlText Render(SqlStatement statement) => new PostgresWriter(this, inlinesValues: false).Statement(statement);

    /// <inheritdoc/>
    public override string Script(SqlStatement statement) => new PostgresWriter(this, inlinesValues: true).Statement(statement).Text;

    /// <inheritdoc/>
    public override string Quote(string name)
    {
        string quoted = SqlLiterals.Quoted(SqlLiterals.Name(name, Title), '"');
        return Encoding.UTF8.GetByteCount(name) <= MostNameBytes
            ? quoted
            : throw new SqlException($"{Title} cuts names off after {MostNameBytes} bytes, and `{name}` is longer: give it a shorter one");
    }

    /// <inheritdoc/>
    public override string TypeName(ColumnType type, bool isKey = false) => type.Kind switch
    {
        ColumnKind.String => "text COLLATE \"C\"",
        ColumnKind.Integer => "bigint",
        ColumnKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"numeric({type.Precision},{type.Scale})"),
        ColumnKind.Boolean => "boolean",
        ColumnKind.Date => "date",
        _ => "timestamp(6)",
    };
}
