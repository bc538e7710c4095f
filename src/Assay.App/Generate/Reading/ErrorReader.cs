using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads <c>errors</c>: how many rows are made bad, and in which ways.</summary>
internal sealed class ErrorReader
{
    private ErrorReader(double rate, int slot, IReadOnlyList<ErrorKind> kinds)
    {
        Rate = rate;
        Slot = slot;
        Kinds = kinds;
    }

    /// <summary>The share of rows that are made bad.</summary>
    public double Rate { get; }

    /// <summary>The slot with a bit per kind, or -1 when there is none.</summary>
    public int Slot { get; }

    /// <summary>The kinds by bit.</summary>
    public IReadOnlyList<ErrorKind> Kinds { get; }

    /// <summary>Reads the kinds and adds their steps.</summary>
    /// <param name="values">The values that the kinds can refer to.</param>
    /// <param name="node">The description, or null when the file has none.</param>
    /// <param name="columns">The columns' names.</param>
    public static ErrorReader Read(ValueReader values, YamlNode? node, string[] columns)
    {
        if (node is null)
        {
            return new ErrorReader(0, -1, []);
        }

        var map = new YamlMap(values.Source, node, "`errors`", "rate", "kinds", "afterwards");
        double rate = map.Required("rate") is { } share ? values.Source.Share(share, "`rate`") ?? 0 : 0;
        List<ErrorKind> kinds = KindsOf(values, map["kinds"], columns, weighted: true);
        List<ErrorKind> afterwards = KindsOf(values, map["afterwards"], columns, weighted: false);
        if (kinds.Count + afterwards.Count is 0 or > ErrorStep.MostKinds)
        {
            values.Source.Add(node, $"`errors` needs 1 to {ErrorStep.MostKinds} kinds");
            return new ErrorReader(rate, -1, []);
        }

        var scope = new ValueScope("errors", -1);
        int slot = values.Builder.Add(new ErrorStep(kinds, afterwards)
        {
            Slot = values.Builder.NewSlot(),
            RowDraws = values.Builder.NewStream(scope, "row"),
            KindDraws = values.Builder.NewStream(scope, "kind"),
            ProbabilityDraws = values.Builder.NewStream(scope, "probability"),
            AfterwardsDraws = [.. afterwards.Select(kind => values.Builder.NewStream(scope, $"afterwards {kind.Name}"))],
        });
        return new ErrorReader(rate, slot, [.. kinds, .. afterwards]);
    }

    private static List<ErrorKind> KindsOf(ValueReader values, YamlNode? node, string[] columns, bool weighted)
    {
        var kinds = new List<ErrorKind>();
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = node is null ? [] : values.Source.Entries(node, "the kinds of error");
        string[] keys = weighted ? ["weight", "probability", "set"] : ["probability", "set"];
        foreach ((YamlScalar key, YamlNode value) in entries)
        {
            var map = new YamlMap(values.Source, value, $"error `{key.Text}`", keys);
            double weight = weighted ? ChoiceReader.Weight(values.Source, map["weight"]) : 1;
            double probability = map["probability"] is { } share ? values.Source.Share(share, "`probability`") ?? 1 : 1;
            var changes = new List<(int Column, FieldWriter Writer)>();
            IReadOnlyList<(YamlScalar Key, YamlNode Value)> set = map.Required("set") is { } body ? values.Source.Entries(body, "`set`") : [];
            if (map["set"] is YamlMapping { Entries.Count: 0 } empty)
            {
                values.Source.Add(empty, "`set` needs at least one column");
            }

            foreach ((YamlScalar column, YamlNode description) in set)
            {
                int place = Array.IndexOf(columns, column.Text);
                if (place < 0)
                {
                    values.Source.Unknown(column, "column", column.Text, columns);
                    continue;
                }

                var scope = new ValueScope($"errors/{key.Text}/{column.Text}", -1);
                if (values.Read(description, scope, $"`{column.Text}`")?.Writer is { } writer)
                {
                    changes.Add((place, values.Builder.Field(writer)));
                }
            }

            kinds.Add(new ErrorKind(key.Text, weight, probability, [.. changes]));
        }

        return kinds;
    }
}
