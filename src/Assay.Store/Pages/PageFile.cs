namespace Assay.Store;

/// <summary>The file of a page.</summary>
/// <param name="BronzePath">Where it is, seen from the home, with slashes.</param>
/// <param name="Sha256">The hash of its bytes, compressed as they are, 64 digits of lower-case hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
public sealed record PageFile(string BronzePath, string Sha256, long Bytes);
