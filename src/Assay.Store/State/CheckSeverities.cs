namespace Assay.Store;

/// <summary>The stable names of check severities.</summary>
public static class CheckSeverities
{
    /// <summary>The name of a severity, as manifests, the state and the command line write it.</summary>
    /// <param name="severity">The severity.</param>
    /// <returns><c>warn</c> or <c>error</c>.</returns>
    public static string Name(this CheckSeverity severity) => severity == CheckSeverity.Error ? "error" : "warn";
}
