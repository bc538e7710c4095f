using Assay.Data;

namespace Assay.Refine;

/// <summary>How one column of a table is read, cleaned and checked, as a pipeline declares it.</summary>
public sealed record ColumnDefinition
{
    /// <summary>The column's name in the table.</summary>
    public required string Name { get; init; }

    /// <summary>The type its values become.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>The field of the source it is read from; the column's own name unless declared.</summary>
    public required string Field { get; init; }

    /// <summary>The cleaning rules, applied to the raw text in this order before it is typed.</summary>
    public IReadOnlyList<CleaningRule> Clean { get; init; } = [];

    /// <summary>The same rules as texts, one for each: two texts are equal when the rules do the same.</summary>
    public IReadOnlyList<string> CleanTexts { get; init; } = [];

    /// <summary>For dates and timestamps: the formats tried in order; the first that matches the whole text wins.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>Whether a missing value is a fault.</summary>
    public bool Required { get; init; }

    /// <summary>Whether a value that is wrong becomes a missing one, and its row goes on; else the row is set aside. Does not go with <see cref="Required"/>.</summary>
    public bool InvalidIsNull { get; init; }

    /// <summary>A regular expression that text must match, or null.</summary>
    public string? Matches { get; init; }

    /// <summary>The least value allowed, as written in the pipeline, or null.</summary>
    public string? Minimum { get; init; }

    /// <summary>The greatest value allowed, as written in the pipeline, or null.</summary>
    public string? Maximum { get; init; }

    /// <summary>The only values allowed, or null.</summary>
    public IReadOnlyList<string>? AcceptedValues { get; init; }

    /// <summary>A condition that must hold, over <c>value</c> (this column) and the table's other columns, or null.</summary>
    public Expression? Check { get; init; }

    /// <summary>The check as the pipeline writes it, for the expectation in reports.</summary>
    public string? CheckText { get; init; }

    /// <summary>What kind of personal data the column holds (<c>name</c>, <c>email</c>, <c>phone</c>, …), or null; such values are masked in reports.</summary>
    public string? Pii { get; init; }
}
