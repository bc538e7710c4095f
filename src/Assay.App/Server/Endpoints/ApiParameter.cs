namespace Assay.App.Server;

/// <summary>A value that an endpoint takes in its query, for the description of the API.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means.</param>
internal sealed record ApiParameter(string Name, string Description)
{
    /// <summary>The least it may be, of a whole number.</summary>
    public long? Least { get; init; }

    /// <summary>The most it may be, of a whole number.</summary>
    public long? Most { get; init; }

    /// <summary>Whether it is yes or no.</summary>
    public bool IsFlag { get; init; }
}

/// <summary>What an endpoint takes in its query.</summary>
/// <param name="All">The values.</param>
internal sealed record ApiParameters(IReadOnlyList<ApiParameter> All);
