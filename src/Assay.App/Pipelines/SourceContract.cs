using Assay.Read;

namespace Assay.App.Pipelines;

/// <summary>What the tables of a source do with fields that are not known.</summary>
/// <param name="Known">The fields that columns read or <c>known_fields</c> names.</param>
/// <param name="Unknown">What becomes of records with others, where the format has them by record.</param>
internal sealed record SourceContract(IReadOnlyList<string> Known, UnknownFields Unknown)
{
    /// <summary>Nothing is known, and nothing done.</summary>
    public static SourceContract None { get; } = new([], UnknownFields.Tell);
}
