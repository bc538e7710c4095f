using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Whose values a <see cref="ValueReader"/> reads.</summary>
internal sealed record ReaderContext
{
    /// <summary>Where steps go.</summary>
    public required PlanBuilder Builder { get; init; }

    /// <summary>The tables to pick from.</summary>
    public required IReadOnlyDictionary<string, PickTable> Tables { get; init; }

    /// <summary>The values and columns by name.</summary>
    public required IReadOnlyDictionary<string, YamlNode> Declared { get; init; }

    /// <summary>The datasets before this one, whose rows can be referred to.</summary>
    public required IReadOnlyList<DatasetDeclaration> Earlier { get; init; }

    /// <summary>What the names of the streams begin with, so that datasets do not share draws.</summary>
    public required string Prefix { get; init; }

    /// <summary>The slot that stands for the row number: of the row referred to, or of the line; -1 for the row itself.</summary>
    public int EntitySlot { get; init; } = -1;

    /// <summary>The values of the row, when these are of its lines.</summary>
    public ValueReader? Parent { get; init; }
}
