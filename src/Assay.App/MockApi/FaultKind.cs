namespace Assay.App.MockApi;

/// <summary>What can go wrong with the answer to a request.</summary>
internal enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is 500 or 503.</summary>
    Fail,

    /// <summary>It is 429.</summary>
    RateLimit,

    /// <summary>The connection is reset before it.</summary>
    Reset,

    /// <summary>Its body breaks off before the length that was declared.</summary>
    Truncate,

    /// <summary>Its body is no JSON, though its status is 200.</summary>
    Malformed,
}
