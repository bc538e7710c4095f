namespace Assay.Read.Rest;

/// <summary>A page of a walk, and what the extract needs of it beyond what the ledger keeps.</summary>
/// <param name="Page">The page.</param>
/// <param name="DeclaredRecords">How many records there are in all; null when it does not tell.</param>
/// <param name="Collected">The collected values, in order.</param>
internal sealed record WalkedPage(RestPage Page, long? DeclaredRecords, IReadOnlyList<CollectedValue> Collected);
