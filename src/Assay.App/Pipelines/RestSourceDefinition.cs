using Assay.Read.Rest;

namespace Assay.App.Pipelines;

/// <summary>The REST API that records of a source come from, as a pipeline declares it.</summary>
public sealed record RestSourceDefinition
{
    /// <summary>The address that <see cref="Path"/> is seen from; null when its variables gave none.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>The path below <see cref="BaseUrl"/>, its variables filled in; with a <see cref="Parent"/>, its placeholder stands for a value of the parent's.</summary>
    public required string Path { get; init; }

    /// <summary>The query's parameters, in the order of the file.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>The headers of every request: those of <c>client</c>, and the source's own, which count before them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>How its pages follow one another.</summary>
    public RestPaginator Paginator { get; init; } = RestPaginator.Auto;

    /// <summary>How only what is new is asked for, with the pipeline's <c>initial_value</c>; null asks for everything.</summary>
    public RestIncremental? Incremental { get; init; }

    /// <summary>The source whose records it is asked for once each; null for one that stands alone.</summary>
    public RestParent? Parent { get; init; }

    /// <summary>The fields of the parent's record that each of its records gets, as dotted paths; see <see cref="RestParent.NameOf"/>.</summary>
    public IReadOnlyList<string> IncludeFromParent { get; init; } = [];

    /// <summary>How fast it is asked, and with how much patience.</summary>
    public RestLimits Limits { get; init; } = new();

    /// <summary>How requests say who asks.</summary>
    internal RestCredentials Credentials { get; init; } = RestCredentials.None;
}
