namespace Assay.Store;

/// <summary>A rule by which the stored rows of a table were made.</summary>
/// <param name="Table">The table.</param>
/// <param name="Name">The rule's name, which no other of the table has.</param>
/// <param name="Fingerprint">A text that is the same as long as the rule means the same.</param>
public sealed record TableRule(string Table, string Name, string Fingerprint);
