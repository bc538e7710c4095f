using Assay.Read.Rest;

namespace Assay.App.Pipelines;

/// <summary>How requests say who asks. A secret without a value is told to those only who ask.</summary>
/// <param name="Authentication">It, with its secrets; null when one of them has no value.</param>
/// <param name="Problem">What is wrong with it; null when nothing is.</param>
internal sealed record RestCredentials(RestAuthentication? Authentication, string? Problem)
{
    /// <summary>Requests say nothing of it.</summary>
    public static RestCredentials None { get; } = new(RestAuthentication.None, null);

    /// <summary>Makes them ready to be used.</summary>
    /// <param name="otherwise">What else may be done when a secret has no value; empty when there is nothing else.</param>
    /// <returns>They, with their secrets.</returns>
    /// <exception cref="UsageException">A secret has no value.</exception>
    public RestAuthentication Require(string otherwise) => Authentication ?? throw new UsageException(Problem + otherwise);

    /// <summary>Keeps secrets out of messages and logs.</summary>
    /// <returns>Nothing of them.</returns>
    public override string ToString() => Problem ?? "credentials";
}
