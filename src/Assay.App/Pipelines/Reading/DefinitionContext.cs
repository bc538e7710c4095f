using Assay.Data;
using Assay.Measure;
using Assay.Read.Rest;
using Assay.Refine;

namespace Assay.App.Pipelines;

/// <summary>What the parts of a definition need of each other while they are read.</summary>
/// <param name="Log">Where to say what is wrong.</param>
/// <param name="Variables">What texts are filled in with.</param>
/// <param name="Folder">The folder of the file, a full path.</param>
internal sealed record DefinitionContext(DefinitionLog Log, VariableScope Variables, string Folder)
{
    /// <summary>The aggregates that a program adds to the built-in ones.</summary>
    public AggregateCatalog Aggregates { get; init; } = AggregateCatalog.Empty;

    /// <summary>The cleaning rules that there are.</summary>
    public CleaningRuleCatalog Rules { get; init; } = CleaningRuleCatalog.Default;

    /// <summary>The pipeline's maps by name.</summary>
    public Dictionary<string, IReadOnlyDictionary<string, string>> Maps { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of all maps, those with mistakes included.</summary>
    public List<string> MapNames { get; } = [];

    /// <summary>The names of all sources, those with mistakes included.</summary>
    public List<string> SourceNames { get; } = [];

    /// <summary>What <c>client</c> says of all APIs.</summary>
    public RestSettings Client { get; set; } = new();

    /// <summary>The sources that are APIs by name, those with mistakes included: where they are named, and where their parent is, if they have one.</summary>
    public Dictionary<string, (Place Place, RestParent? Parent, Place ParentPlace)> RestSources { get; } = new(StringComparer.Ordinal);

    /// <summary>All tables by name, those with mistakes included.</summary>
    public Dictionary<string, TableScope> Tables { get; } = new(StringComparer.Ordinal);

    /// <summary>By table, where its schema contract stands, or the table when it has none.</summary>
    public Dictionary<string, Place> Contracts { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether clean rows are kept: only then do rows of one key replace one another.</summary>
    public bool KeepsSilver { get; set; }

    /// <summary>The tables that declare relationships, which may be to tables further down.</summary>
    public List<(string Table, Section Section)> Related { get; } = [];

    /// <summary>Says that a name stands for nothing.</summary>
    /// <param name="what">What it should stand for.</param>
    /// <param name="name">The name.</param>
    /// <param name="known">The names that do.</param>
    public void Unknown(string what, ExpandedText name, IReadOnlyCollection<string> known)
    {
        string? hint = DidYouMean.Hint(name.Value, known)
            ?? (known.Count == 0 ? null : $"there are {string.Join(", ", known.Select(other => $"`{other}`"))}");
        Log.Add(name.Start, $"unknown {what} `{name.Value}`", hint);
    }
}
