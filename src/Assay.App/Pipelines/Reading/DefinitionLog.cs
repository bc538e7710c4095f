namespace Assay.App.Pipelines;

/// <summary>Collects what is wrong with one file while it is read.</summary>
internal sealed class DefinitionLog
{
    // What comes after a hundred errors helps nobody, and a hostile file could have a million.
    private const int Most = 100;

    private readonly List<DefinitionError> _errors = [];

    /// <summary>Makes an empty log.</summary>
    /// <param name="file">The file's name in messages.</param>
    public DefinitionLog(string file) => File = file;

    /// <summary>The file's name in messages.</summary>
    public string File { get; }

    /// <summary>How often something was said to be wrong, so that a reader can tell whether its part is right.</summary>
    public int Count { get; private set; }

    /// <summary>What was said first to be wrong, with its place; null when nothing was.</summary>
    public string? First => _errors.Count > 0 ? _errors[0].ToString() : null;

    /// <summary>Adds an error of the file.</summary>
    /// <param name="place">Where.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="hint">What to do about it, or null.</param>
    public void Add(Place place, string message, string? hint = null) =>
        Add(new DefinitionError(File, place.Line, place.Column, message, hint));

    /// <summary>Adds an error; the same one only once.</summary>
    /// <param name="error">The error.</param>
    public void Add(DefinitionError error)
    {
        Count++;
        if (_errors.Count < Most && !_errors.Contains(error))
        {
            _errors.Add(error);
        }
    }

    /// <summary>Throws when there are errors.</summary>
    /// <exception cref="DefinitionException">There are; it holds them by place.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw new DefinitionException([.. _errors
                .OrderBy(error => error.File == File ? 1 : 0)
                .ThenBy(error => error.Line)
                .ThenBy(error => error.Column)]);
        }
    }
}
