using System.Globalization;
using Assay.Data;

namespace Assay.Sql;

/// <summary>How DuckDB 1.5 writes statements: placeholders <c>$1</c>, <c>$2</c> …; numbers of up to 38 digits, past which it fails.</summary>
public sealed class DuckDbDialect : SqlDialect
{
    private DuckDbDialect()
    {
    }

    /// <summary>The dialect.</summary>
    public static DuckDbDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "duckdb";

    /// <inheritdoc/>
    public override string Title => "DuckDB";

    /// <inheritdoc/>
    public override SqlText Render(SqlStatement statement) => new DuckDbWriter(this, inlinesValues: false).Statement(statement);

    /// <inheritdoc/>
    public override string Script(SqlStatement statement) => new DuckDbWriter(this, inlinesValues: true).Statement(statement).Text;

    /// <inheritdoc/>
    public override string Quote(string name) => SqlLiterals.Quoted(SqlLiterals.Name(name, Title), '"');

    /// <inheritdoc/>
    public override string TypeName(ColumnType type, bool isKey = false) => type.Kind switch
    {
        ColumnKind.String => "VARCHAR",
        ColumnKind.Integer => "BIGINT",
        ColumnKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({type.Precision},{type.Scale})"),
        ColumnKind.Boolean => "BOOLEAN",
        ColumnKind.Date => "DATE",
        _ => "TIMESTAMP",
    };
}
