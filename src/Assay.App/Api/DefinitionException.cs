namespace Assay;

/// <summary>A pipeline cannot be run as it is defined. It holds everything that is wrong, not only what was met first.</summary>
public sealed class DefinitionException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="errors">What is wrong, in the order of the file; one at least.</param>
    public DefinitionException(IReadOnlyList<DefinitionError> errors)
        : base(string.Join('\n', errors))
    {
        Errors = errors;
    }

    /// <summary>What is wrong, sorted by file, line and column.</summary>
    public IReadOnlyList<DefinitionError> Errors { get; }
}
