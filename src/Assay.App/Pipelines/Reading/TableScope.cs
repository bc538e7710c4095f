using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>What expressions may say of a table.</summary>
/// <param name="Schema">Its columns whose types are known.</param>
/// <param name="Broken">The names of the columns whose declaration has a mistake: what is said of them is not looked at.</param>
/// <param name="IsKnown">Whether its columns are known at all; false when the table has none that could be read.</param>
internal sealed record TableScope(Schema Schema, IReadOnlySet<string> Broken, bool IsKnown = true)
{
    /// <summary>The columns that tell its rows apart; none when it has no key.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>The columns that hold personal data.</summary>
    public IReadOnlySet<string> Personal { get; init; } = new HashSet<string>();
}
