using System.Globalization;
using Assay.Data;

namespace Assay.Sql;

/// <summary>How MariaDB 10.11 and MySQL 8 write statements: placeholders <c>@p1</c>, <c>@p2</c> …; text by code point in utf8mb4.</summary>
public sealed class MySqlDialect : SqlDialect
{
    private const int MostNameLetters = 64;

    private MySqlDialect(string title, string collation)
    {
        Title = title;
        Collation = collation;
    }

    /// <summary>MariaDB.</summary>
    public static MySqlDialect MariaDb { get; } = new("MariaDB", "utf8mb4_nopad_bin");

    /// <summary>MySQL, which has no collation that MariaDB has, too, and keeps trailing spaces apart.</summary>
    public static MySqlDialect MySql { get; } = new("MySQL", "utf8mb4_0900_bin");

    /// <inheritdoc/>
    public override string Name => "mysql";

    /// <inheritdoc/>
    public override string Title { get; }

    /// <summary>The collation of all text: by code point, trailing spaces included.</summary>
    public string Collation { get; }

    /// <summary>Constants are compared as columns are; strict, so that a value that does not fit fails instead of being cut;
    /// names of days are English.</summary>
    public override IReadOnlyList<string> SessionStatements =>
    [
        $"SET NAMES utf8mb4 COLLATE {Collation}",
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
        "SET SESSION lc_time_names = 'en_US'",
    ];

    /// <inheritdoc/>
    public override SqlText Render(SqlStatement statement) => new MySqlWriter(this, inlinesValues: false).Statement(statement);

    /// <inheritdoc/>
    public override string Script(SqlStatement statement) => new MySqlWriter(this, inlinesValues: true).Statement(statement).Text;

    /// <inheritdoc/>
    public override string Quote(string name)
    {
        string quoted = SqlLiterals.Quoted(SqlLiterals.Name(name, Title), '`');
        string? why = name.Any(char.IsSurrogate) ? "has a character past U+FFFF"
            : name.EndsWith(' ') ? "ends with a space"
            : name.Length > MostNameLetters ? $"has more than {MostNameLetters} characters"
            : null;
        return why is null ? quoted : throw new SqlException($"{Title} cannot name something `{name}`, which {why}: give it another name");
    }

    /// <summary>An index holds no text of any length: keys are texts of up to 255 characters, of which three fit an index.</summary>
    /// <inheritdoc/>
    public override string TypeName(ColumnType type, bool isKey = false) => type.Kind switch
    {
        ColumnKind.String => $"{(isKey ? "varchar(255)" : "longtext")} CHARACTER SET utf8mb4 COLLATE {Collation}",
        ColumnKind.Integer => "bigint",
        ColumnKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"decimal({type.Precision},{type.Scale})"),
        ColumnKind.Boolean => "boolean",
        ColumnKind.Date => "date",
        _ => "datetime(6)",
    };

    /// <inheritdoc/>
    public override object? Parameter(SqlValue value) =>
        base.Parameter(value) is bool truth ? truth ? 1L : 0L : base.Parameter(value);
}
