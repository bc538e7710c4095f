namespace Assay.App.Generate;

/// <summary>A generation file is wrong. The message lists every problem on a line of its own.</summary>
public sealed class GenerateDefinitionException(IReadOnlyList<GenerateProblem> problems)
    : Exception(string.Join('\n', problems))
{
    /// <summary>All problems, in the order they stand in the file.</summary>
    public IReadOnlyList<GenerateProblem> Problems { get; } = problems;
}
