namespace Assay.App.Generate;

/// <summary>Reads <c>pick</c>: a row of a table, drawn by weight, or <c>in_turn</c>, or <c>distinct</c> among the
/// lines of a row.</summary>
internal static class PickReader
{
    /// <summary>Reads a pick.</summary>
    /// <returns>The value, or null after a problem.</returns>
    public static BoundValue? Read(
        ValueReader values, IReadOnlyDictionary<string, PickTable> tables, YamlMap map, ValueScope scope)
    {
        if (values.Source.Text(map["pick"]!, "`pick`") is not { } name)
        {
            return null;
        }

        if (!tables.TryGetValue(name, out PickTable? table))
        {
            values.Source.Unknown(map["pick"]!, "table", name, tables.Keys);
            return null;
        }

        bool inTurn = values.Source.Flag(map["in_turn"], "`in_turn`");
        bool distinct = values.Source.Flag(map["distinct"], "`distinct`");
        if (inTurn && distinct)
        {
            values.Source.Add(map["distinct"]!, "a row is picked either `in_turn` or `distinct`");
        }
        else if (distinct && !(values.IsOfLines && values.IsOwn(scope)))
        {
            values.Source.Add(map["distinct"]!, "`distinct` is among the lines of a row; it can only be used for each line");
        }
        else if (distinct && table.Weights.Count < values.Builder.MostLines)
        {
            values.Source.Add(
                map["distinct"]!,
                $"a row can have {values.Builder.MostLines} lines, and table {table.Name} has only {table.Weights.Count} rows to tell them apart");
        }
        else
        {
            int slot = inTurn ? InTurn(values, scope, table)
                : distinct ? Distinct(values, scope, table)
                : values.Builder.AddWeighted(scope, "pick", table.Weights);
            return new BoundValue { Table = table, EntrySlot = slot };
        }

        return null;
    }

    private static int InTurn(ValueReader values, ValueScope scope, PickTable table) => values.Builder.Add(new InTurnStep
    {
        Slot = values.Builder.NewSlot(),
        EntitySlot = values.IsOfLines && values.IsOwn(scope) ? LineSlots.Line : scope.EntitySlot,
        Count = table.Weights.Count,
    });

    private static int Distinct(ValueReader values, ValueScope scope, PickTable table) => values.Builder.Add(new DistinctStep
    {
        Slot = values.Builder.NewSlot(),
        Draws = values.Builder.NewStream(scope, "pick"),
        Weights = new AliasTable(table.Weights),
    });
}
