namespace Assay.Read.Rest;

/// <summary>Where an API's key goes.</summary>
public enum ApiKeyLocation
{
    /// <summary>A header.</summary>
    Header,

    /// <summary>A parameter of the query.</summary>
    Query,

    /// <summary>A cookie.</summary>
    Cookie,
}
