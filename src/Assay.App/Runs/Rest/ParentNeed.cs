using Assay.App.Pipelines;

namespace Assay.App.Runs;

/// <summary>What a source needs of each record of its parent.</summary>
/// <param name="Field">The dotted path of the value that becomes part of its path.</param>
/// <param name="Fields">The fields that go along with it: the names that they get, and their dotted paths.</param>
internal sealed record ParentNeed(string Field, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>Tells needs apart.</summary>
    public string Key => string.Join('\n', Fields.Select(one => one.Value).Prepend(Field));

    /// <summary>The need of a source.</summary>
    /// <param name="rest">The source, which has a parent.</param>
    /// <returns>The need.</returns>
    public static ParentNeed Of(RestSourceDefinition rest) => new(
        rest.Parent!.Field, [.. rest.IncludeFromParent.Select(field => new KeyValuePair<string, string>(rest.Parent.NameOf(field), field))]);
}
