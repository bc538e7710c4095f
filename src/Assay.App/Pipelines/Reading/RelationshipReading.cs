using System.Diagnostics.CodeAnalysis;
using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>Reads the relationships of tables: which columns have their values from a column of another table.</summary>
internal static class RelationshipReading
{
    public const string Hint = "for example `customer_id: customers.customer_id`";

    private const string NamePrefix = "relationships_";

    /// <summary>Reads the relationships that a table declares; each becomes a check that warns.</summary>
    /// <param name="context">The definition, all tables known.</param>
    /// <param name="table">The table.</param>
    /// <param name="section">How it is declared.</param>
    /// <returns>The checks that could be read.</returns>
    public static IEnumerable<RelationshipCheck> ReadAll(DefinitionContext context, string table, Section section) =>
        section.Entries("relationships", Hint).Select(entry => Read(context, table, entry.Key, entry.Value)).OfType<RelationshipCheck>();

    /// <summary>Reads one relationship.</summary>
    /// <param name="context">The definition, all tables known.</param>
    /// <param name="table">The table that has the column.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="target">The other table and its column.</param>
    /// <returns>A check that warns, named after the column, or null when something is wrong.</returns>
    public static RelationshipCheck? Read(DefinitionContext context, string table, YamlScalar column, YamlNode target)
    {
        int errors = context.Log.Count;
        if (target is not YamlScalar { IsNull: false } scalar)
        {
            Section.WrongKind(context.Log, column.Text, target, "a text", Hint);
            return null;
        }

        if (context.Variables.Expand(scalar) is not { } text)
        {
            return null;
        }

        ColumnType? own = null;
        if (context.Tables.TryGetValue(table, out TableScope? scope))
        {
            Find(context.Log, new ExpandedText(column, column.Text), scope, out own);
        }

        int dot = text.Value.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            context.Log.Add(text.Start, $"`{text.Value}` names no column of another table", Hint);
            return null;
        }

        (string toTable, string toColumn) = (text.Value[..dot], text.Value[(dot + 1)..]);
        if (!context.Tables.TryGetValue(toTable, out TableScope? other))
        {
            context.Unknown("table", new ExpandedText(scalar, toTable), context.Tables.Keys);
        }
        else if (Find(context.Log, new ExpandedText(scalar, toColumn), other, out ColumnType? theirs) && own is { } mine && !AreComparable(mine, theirs.Value))
        {
            context.Log.Add(text.Start, $"`{column.Text}` is of type {mine}, and `{text.Value}` of type {theirs}", "values are related when they are of one type");
        }

        return context.Log.Count > errors ? null : new RelationshipCheck
        {
            Table = table,
            Name = NamePrefix + column.Text,
            IsWarning = true,
            Column = column.Text,
            ToTable = toTable,
            ToColumn = toColumn,
        };
    }

    /// <summary>Finds a column of a table; says so when there is none.</summary>
    /// <param name="log">Where to say it.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="scope">The table.</param>
    /// <param name="type">Its type.</param>
    /// <returns>False when it is not there, or its declaration has a mistake.</returns>
    public static bool Find(DefinitionLog log, ExpandedText column, TableScope scope, [NotNullWhen(true)] out ColumnType? type)
    {
        int ordinal = scope.Schema.IndexOf(column.Value);
        type = ordinal < 0 ? null : scope.Schema.Columns[ordinal].Type;
        if (type is null && scope.IsKnown && !scope.Broken.Contains(column.Value))
        {
            log.Add(column.Start, $"there is no column `{column.Value}`", DidYouMean.Hint(column.Value, scope.Schema.Columns.Select(known => known.Name)));
        }

        return type is not null;
    }

    /// <summary>Whether equal values of both types are held in the same way.</summary>
    private static bool AreComparable(ColumnType one, ColumnType other) =>
        one.IsNumeric ? other.IsNumeric && one.Scale == other.Scale : one.Kind == other.Kind;
}
