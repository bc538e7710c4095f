namespace Assay.Browser.Tests;

/// <summary>A fact that is skipped, and says so, where there is no browser; where CI is set it runs, and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (ChromiumProgram.Find() is null && Environment.GetEnvironmentVariable("CI") is not { Length: > 0 })
        {
            Skip = ChromiumProgram.Missing;
        }
    }
}
