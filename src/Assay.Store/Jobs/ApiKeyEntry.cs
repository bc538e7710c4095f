namespace Assay.Store;

/// <summary>An API key as it is kept: the key itself is known to its holder alone.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Role">What it allows.</param>
/// <param name="CreatedAt">Since when.</param>
public sealed record ApiKeyEntry(string Name, ApiRole Role, DateTimeOffset CreatedAt);
