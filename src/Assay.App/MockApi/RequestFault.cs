namespace Assay.App.MockApi;

/// <summary>What goes wrong with the answer to a request.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="IsOther">Which of the kind's two forms it takes, such as 500 and 503.</param>
internal readonly record struct RequestFault(FaultKind Kind, bool IsOther);
