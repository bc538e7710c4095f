namespace Assay.App.Runs;

/// <summary>What the records of a parent gave.</summary>
/// <param name="Values">The values, each once, in reading order.</param>
/// <param name="Fields">By value, what goes along with it.</param>
internal sealed record ParentValues(IReadOnlyList<string> Values, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Those of a source without a parent.</summary>
    public static ParentValues None { get; } = new([], new Dictionary<string, string>());
}
