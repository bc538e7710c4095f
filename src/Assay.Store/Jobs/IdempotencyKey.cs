namespace Assay.Store;

/// <summary>A name that a client gives to a request, so that asking again does not do it again.</summary>
/// <param name="Key">The name, with that of the client before it: clients do not know each other's.</param>
/// <param name="Request">What tells the request from others.</param>
public sealed record IdempotencyKey(string Key, string Request);
