namespace Assay.Refine;

/// <summary>A rule that the program registered under a name of its own.</summary>
internal sealed class RegisteredRule : CleaningRule
{
    private readonly string _name;
    private readonly Func<string, CleanText> _clean;

    /// <summary>Makes the rule.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="clean">What it does.</param>
    /// <param name="expectation">What it expects of a value, in words.</param>
    public RegisteredRule(string name, Func<string, CleanText> clean, string expectation)
    {
        _name = name;
        _clean = clean;
        Expectation = expectation;
    }

    /// <summary>What it expects of a value, in words.</summary>
    public string Expectation { get; }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The rule itself failed.</exception>
    public override CleanText Apply(string? value)
    {
        if (value is null)
        {
            return default;
        }

        try
        {
            return _clean(value);
        }
        catch (Exception exception)
        {
            // Without the value, which may be personal.
            throw new InvalidOperationException($"The cleaning rule `{_name}` failed: {exception.GetType().Name}. A rule refuses a value with `CleanText.Refused`.", exception);
        }
    }
}
