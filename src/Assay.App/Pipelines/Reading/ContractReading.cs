using Assay.Read;
using Assay.Refine;

namespace Assay.App.Pipelines;

/// <summary>Reads what is to become of fields that are not known.</summary>
internal static class ContractReading
{
    private static readonly SchemaContract[] Contracts =
        [SchemaContract.Evolve, SchemaContract.Freeze, SchemaContract.DiscardRow, SchemaContract.DiscardValue];

    /// <summary>Reads a table's <c>schema_contract</c>.</summary>
    /// <param name="context">The definition; it is told where the contract stands.</param>
    /// <param name="table">The table.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The contract; the fields may come and go when there is none.</returns>
    public static SchemaContract Read(DefinitionContext context, Section table, string name)
    {
        context.Contracts[name] = table.Node("schema_contract")?.Start ?? table.Place;
        return table.Choice("schema_contract", PipelineKeys.SchemaContracts) is { } word
            ? Contracts[PipelineKeys.SchemaContracts.ToList().IndexOf(word)]
            : SchemaContract.Evolve;
    }

    /// <summary>Reads a source's <c>known_fields</c>.</summary>
    /// <param name="source">The source.</param>
    /// <param name="format">Its format, when it has one.</param>
    /// <returns>The names.</returns>
    public static IReadOnlyList<string> KnownFields(Section source, string? format)
    {
        IReadOnlyList<ExpandedText> fields = source.Texts("known_fields", "for example `known_fields: [avatar]`");
        foreach (ExpandedText field in fields)
        {
            if (field.Value.Length == 0 || (IsJson(format) && field.Value.IndexOfAny(['.', '"']) >= 0))
            {
                source.Log.Add(field.Start, $"`{field.Value}` cannot be a known field", "they are names at the top level of the records, without a path");
            }
        }

        return [.. fields.Select(field => field.Value).Where(name => name.Length > 0)];
    }

    /// <summary>Tells each source what its tables do with fields that are not known.</summary>
    /// <param name="context">The definition.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="tables">The tables.</param>
    /// <returns>The sources, in their order.</returns>
    public static List<SourceDefinition> Apply(DefinitionContext context, IEnumerable<SourceDefinition> sources, IReadOnlyList<TableDefinition> tables) =>
        [.. sources.Select(source => source with { Contract = Contract(context, source, [.. tables.Where(table => table.From == source.Name)]) })];

    private static SourceContract Contract(DefinitionContext context, SourceDefinition source, IReadOnlyList<TableDefinition> tables)
    {
        TableDefinition? refusing = tables.FirstOrDefault(table => table.SchemaContract == SchemaContract.DiscardRow);
        if (refusing is not null)
        {
            Check(context, source, tables, refusing);
        }

        return new SourceContract(
            [.. source.KnownFields.Concat(tables.SelectMany(table => table.Columns).Select(column => column.Field)).Distinct(StringComparer.Ordinal)],
            refusing is not null ? UnknownFields.Refuse
                : tables.Any(table => table.SchemaContract == SchemaContract.DiscardValue) ? UnknownFields.Count
                : UnknownFields.Tell);
    }

    private static void Check(DefinitionContext context, SourceDefinition source, IReadOnlyList<TableDefinition> tables, TableDefinition refusing)
    {
        if (!IsJson(source.Format))
        {
            context.Log.Add(
                context.Contracts[refusing.Name],
                $"`discard_row` is for JSON, whose records each say which fields they have; source `{source.Name}` is `{source.Format}`",
                "write `freeze` or `discard_value`");
        }

        foreach (TableDefinition table in tables.Where(table => table.Parent is null && table.SchemaContract != SchemaContract.DiscardRow))
        {
            context.Log.Add(
                context.Contracts[table.Name],
                $"`{table.Name}` reads the source of `{refusing.Name}`, which sets records with unknown fields aside, and they are set aside for both",
                "write `schema_contract: discard_row` here, too");
        }
    }

    private static bool IsJson(string? format) => format is "json" or "jsonl" or RestReading.Format;
}
