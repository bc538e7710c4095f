using System.Globalization;
using Assay.Data;
using Assay.Measure;

namespace Assay.App.Pipelines;

/// <summary>Reads which rows a KPI is computed from: the tables it joins and its window of time.</summary>
internal sealed class KpiRowsReading(DefinitionContext context, Section section, string from, TableScope? table)
{
    private const string LastHint = "for example `30 days of sold_at`";
    private const int LongestWindow = 1_000_000;

    private static readonly Dictionary<string, LastUnit> Units = new(StringComparer.Ordinal)
    {
        ["hour"] = LastUnit.Hour,
        ["hours"] = LastUnit.Hour,
        ["day"] = LastUnit.Day,
        ["days"] = LastUnit.Day,
        ["week"] = LastUnit.Week,
        ["weeks"] = LastUnit.Week,
        ["month"] = LastUnit.Month,
        ["months"] = LastUnit.Month,
    };

    private DefinitionLog Log => context.Log;

    /// <summary>The tables that are joined; those with mistakes are left out.</summary>
    public List<KpiJoin> Joins()
    {
        const string Hint = "for example `{ buyers: buyer_id }`: a table, and the column that its key is looked up by";
        var joins = new List<KpiJoin>();
        RequireSilver("join");
        foreach ((YamlScalar name, YamlNode value) in section.Entries("join", Hint))
        {
            if (!context.Tables.TryGetValue(name.Text, out TableScope? other))
            {
                Log.Add(name.Start, $"unknown table `{name.Text}`", DidYouMean.Hint(name.Text, context.Tables.Keys) ?? $"there are {string.Join(", ", context.Tables.Keys.Select(known => $"`{known}`"))}");
            }
            else if (name.Text == from)
            {
                Log.Add(name.Start, "a table is not joined with itself");
            }
            else if (value is not YamlScalar { IsNull: false } scalar)
            {
                Section.WrongKind(Log, name.Text, value, "a column", Hint);
            }
            else if (other.Key.Count != 1)
            {
                string key = other.Key.Count == 0 ? "it has no `key`" : $"its `key` is of {other.Key.Count} columns";
                Log.Add(name.Start, $"`{name.Text}` cannot be joined: {key}, so a row could match several of it", "a joined table has a `key` of one column");
            }
            else if (context.Variables.Expand(scalar) is { } column && Find(column, joins) is { } type && IsComparable(column, type, name.Text, other))
            {
                joins.Add(new KpiJoin(name.Text, column.Value, other.Key[0]));
            }
        }

        return joins;
    }

    /// <summary>Rows that stream by once can neither be looked up nor be the newest before the last one came.</summary>
    private void RequireSilver(string key)
    {
        if (section.Node(key) is { } node && !context.KeepsSilver)
        {
            Log.Add(node.Start, $"`{key}` needs the silver layer", "write `layers: [bronze, silver, gold]` at the top of the file");
        }
    }

    /// <summary>The window of time, or null when there is none or it is wrong.</summary>
    public LastWindow? Last()
    {
        if (section.Text("last") is not { } text)
        {
            return null;
        }

        RequireSilver("last");
        string[] words = text.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isRight = words is [_, _, "of", _] && Units.ContainsKey(words[1])
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= LongestWindow;
        if (!isRight)
        {
            Log.Add(text.Start, $"`{text.Value}` is no window of time", $"{LastHint}; the units are hours, days, weeks and months");
            return null;
        }

        var last = new LastWindow(int.Parse(words[0], CultureInfo.InvariantCulture), Units[words[1]], words[3]);
        if (table is not { IsKnown: true } || table.Broken.Contains(last.Column))
        {
            return null;
        }

        int ordinal = table.Schema.IndexOf(last.Column);
        if (ordinal < 0)
        {
            Log.Add(text.Start, $"`{from}` has no column `{last.Column}`", DidYouMean.Hint(last.Column, table.Schema.Columns.Select(column => column.Name)));
            return null;
        }

        ColumnType type = table.Schema.Columns[ordinal].Type;
        if (type.Kind == ColumnKind.Timestamp || (type.Kind == ColumnKind.Date && last.Unit != LastUnit.Hour))
        {
            return last;
        }

        Log.Add(text.Start, $"a window of {words[1]} is not of `{last.Column}`, which is {type}", "it is of a timestamp, or of a date in days, weeks or months");
        return null;
    }

    /// <summary>The type of the column that a join is looked up by: one of the KPI's table or, when it has none of that name, of
    /// a table joined before; null when there is none, or it has a mistake, which is told there.</summary>
    private ColumnType? Find(ExpandedText column, List<KpiJoin> joins)
    {
        TableScope?[] scopes = [table, .. joins.Select(join => context.Tables[join.Table])];
        foreach (TableScope? scope in scopes)
        {
            if (scope is not { IsKnown: true } || scope.Broken.Contains(column.Value))
            {
                return null;
            }

            if (scope.Schema.IndexOf(column.Value) is >= 0 and int ordinal)
            {
                return scope.Schema.Columns[ordinal].Type;
            }
        }

        string none = joins.Count == 0 ? $"`{from}` has no column" : $"neither `{from}` nor {string.Join(" nor ", joins.Select(join => $"`{join.Table}`"))}, joined before, has a column";
        Log.Add(column.Start, $"{none} `{column.Value}`", DidYouMean.Hint(column.Value, scopes.SelectMany(scope => scope!.Schema.Columns).Select(known => known.Name)));
        return null;
    }

    private bool IsComparable(ExpandedText column, ColumnType mine, string name, TableScope other)
    {
        int key = other.Schema.IndexOf(other.Key[0]);
        if (key < 0)
        {
            // The key's declaration has a mistake, which is told there.
            return false;
        }

        ColumnType theirs = other.Schema.Columns[key].Type;
        if (KpiJoin.AreComparable(mine, theirs))
        {
            return true;
        }

        Log.Add(column.Start, $"`{column.Value}` is {mine}, and the key `{other.Key[0]}` of `{name}` is {theirs}", "both must be of one type");
        return false;
    }
}
