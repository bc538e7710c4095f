namespace Assay.Browser.Tests;

/// <summary>The browser that tests drive: <c>eng/browser</c> installs it.</summary>
internal static class ChromiumProgram
{
    public const string Missing = "needs a Chromium browser: run eng/browser, or set ASSAY_TEST_BROWSER to the program";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>The program; null when there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ASSAY_TEST_BROWSER") is { Length: > 0 } given)
        {
            return given;
        }

        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
