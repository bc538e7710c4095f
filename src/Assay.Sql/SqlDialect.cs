using Assay.Data;

namespace Assay.Sql;

/// <summary>How one database writes statements: a quoter, a map of types and what it says in its own way.</summary>
public abstract class SqlDialect
{
    /// <summary>The database's name as options give it, such as <c>postgres</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The database's name as people write it, such as <c>PostgreSQL</c>.</summary>
    public abstract string Title { get; }

    /// <summary>Writes a statement with its values as parameters, on several lines where it is long.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>What to send.</returns>
    /// <exception cref="SqlException">The dialect cannot say it exactly.</exception>
    public abstract SqlText Render(SqlStatement statement);

    /// <summary>Writes a statement with its values in it, for people to read and run by hand.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>The text, without a closing semicolon.</returns>
    /// <exception cref="SqlException">The dialect cannot say it exactly.</exception>
    public abstract string Script(SqlStatement statement);

    /// <summary>Quotes a name.</summary>
    /// <param name="name">The name, of any characters but NUL.</param>
    /// <returns>It, quoted, with quotes in it doubled.</returns>
    public abstract string Quote(string name);

    /// <summary>The type that a column is declared with.</summary>
    /// <param name="type">The type of its values.</param>
    /// <param name="isKey">Whether it is part of a key or index, which some databases give a greatest length.</param>
    /// <returns>The type's name, with a collation where text has one.</returns>
    public abstract string TypeName(ColumnType type, bool isKey = false);

    /// <summary>What a session runs before all else, so that its results do not depend on how the server is set up.</summary>
    public virtual IReadOnlyList<string> SessionStatements => [];

    /// <summary>A parameter's value as every driver takes it: null, a <see cref="string"/>, a <see cref="long"/> or a
    /// <see cref="bool"/>. Where a text stands for something else, the statement casts it.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value to bind.</returns>
    /// <exception cref="SqlException">The database cannot hold it.</exception>
    public virtual object? Parameter(SqlValue value)
    {
        if (value.IsNull)
        {
            return null;
        }

        return value.Type.Kind switch
        {
            ColumnKind.String => value.Text,
            ColumnKind.Boolean => value.Units != 0,
            ColumnKind.Integer when value.Units == (long)value.Units => (long)value.Units,
            _ => SqlLiterals.Plain(value),
        };
    }
}
