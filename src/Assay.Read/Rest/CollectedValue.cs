namespace Assay.Read.Rest;

/// <summary>A value of a record that another resource needs.</summary>
/// <param name="Value">The value, as text.</param>
/// <param name="Members">What goes along with it, as the members of a JSON object, without braces; empty for nothing.</param>
internal readonly record struct CollectedValue(string Value, string Members);
