namespace Assay.Read.Rest;

/// <summary>A page that was kept before.</summary>
/// <param name="Page">The page.</param>
/// <param name="IsOfThisExtract">Whether the extract that goes on now kept it (before it was interrupted, perhaps): then it is not asked for again.</param>
public sealed record KnownPage(RestPage Page, bool IsOfThisExtract);
