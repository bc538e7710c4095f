namespace Assay.Refine;

/// <summary>What is wrong with a cleaning rule as a pipeline writes it.</summary>
/// <param name="Message">What is wrong, naming the rule.</param>
/// <param name="Hint">What to write instead, or null.</param>
/// <param name="Entry">The name of the argument's entry that is wrong, or null when it is the rule as a whole.</param>
public sealed record RuleProblem(string Message, string? Hint = null, string? Entry = null);
