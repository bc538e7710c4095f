using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads <c>errors</c>: how many rows, or lines, are made bad, and in which ways.</summary>
internal static class ErrorReader
{
    /// <summary>Reads the kinds and adds their steps.</summary>
    /// <param name="values">The values that the kinds can refer to.</param>
    /// <param name="node">The description, or null when the file has none.</param>
    /// <param name="columns">The columns that a kind can set, each with its place in the record.</param>
    /// <param name="asField">What writes a value as a field of the record.</param>
    public static ErrorPlan Read(
        ValueReader values, YamlNode? node, IReadOnlyDictionary<string, int> columns, Func<FieldWriter, FieldWriter> asField)
    {
        if (node is null)
        {
            return ErrorPlan.None;
        }

        var map = new YamlMap(values.Source, node, "`errors`", "rate", "kinds", "afterwards");
        double rate = map.Required("rate") is { } share ? values.Source.Share(share, "`rate`") ?? 0 : 0;
        List<ErrorKind> kinds = KindsOf(values, map["kinds"], columns, asField, weighted: true);
        List<ErrorKind> afterwards = KindsOf(values, map["afterwards"], columns, asField, weighted: false);
        if (kinds.Count + afterwards.Count is 0 or > ErrorStep.MostKinds)
        {
            values.Source.Add(node, $"`errors` needs 1 to {ErrorStep.MostKinds} kinds");
            return new ErrorPlan(rate, -1, []);
        }

        ValueScope scope = values.Scope("errors");
        int slot = values.Builder.Add(new ErrorStep(kinds, afterwards)
        {
            Slot = values.Builder.NewSlot(),
            RowDraws = values.Builder.NewStream(scope, "row"),
            KindDraws = values.Builder.NewStream(scope, "kind"),
            ProbabilityDraws = values.Builder.NewStream(scope, "probability"),
            AfterwardsDraws = [.. afterwards.Select(kind => values.Builder.NewStream(scope, $"afterwards {kind.Name}"))],
        });
        return new ErrorPlan(rate, slot, [.. kinds, .. afterwards]);
    }

    private static List<ErrorKind> KindsOf(
        ValueReader values,
        YamlNode? node,
        IReadOnlyDictionary<string, int> columns,
        Func<FieldWriter, FieldWriter> asField,
        bool weighted)
    {
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = node is null ? [] : values.Source.Entries(node, "the kinds of error");
        return [.. entries.Select(entry => Kind(values, entry.Key.Text, entry.Value, columns, asField, weighted))];
    }

    private static ErrorKind Kind(
        ValueReader values,
        string name,
        YamlNode node,
        IReadOnlyDictionary<string, int> columns,
        Func<FieldWriter, FieldWriter> asField,
        bool weighted)
    {
        string[] keys = weighted ? ["weight", "probability", "twice", "set"] : ["probability", "twice", "set"];
        var map = new YamlMap(values.Source, node, $"error `{name}`", keys);
        double weight = weighted ? ChoiceReader.Weight(values.Source, map["weight"]) : 1;
        double probability = map["probability"] is { } share ? values.Source.Share(share, "`probability`") ?? 1 : 1;
        bool isTwice = values.Source.Flag(map["twice"], "`twice`");
        YamlNode? body = isTwice ? map["set"] : map.Required("set");
        if (body is YamlMapping { Entries.Count: 0 } empty)
        {
            values.Source.Add(empty, "`set` needs at least one column");
        }

        var changes = new List<(int Column, FieldWriter Writer)>();
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> set = body is null ? [] : values.Source.Entries(body, "`set`");
        foreach ((YamlScalar column, YamlNode description) in set)
        {
            if (!columns.TryGetValue(column.Text, out int place))
            {
                values.Source.Unknown(column, "column", column.Text, columns.Keys);
                continue;
            }

            ValueScope scope = values.Scope($"errors/{name}/{column.Text}");
            if (values.Read(description, scope, $"`{column.Text}`")?.Writer is { } writer)
            {
                changes.Add((place, asField(writer)));
            }
        }

        return new ErrorKind(name, weight, probability, isTwice, [.. changes]);
    }
}
