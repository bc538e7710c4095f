using System.Runtime.InteropServices;

namespace Assay.Store;

/// <summary>What a run ran on.</summary>
/// <param name="Assay">Assay's version.</param>
/// <param name="Dotnet">The .NET runtime's version.</param>
/// <param name="Os">The system and processor, such as <c>linux-x64</c>, with the system's version.</param>
public sealed record RunVersions(string Assay, string Dotnet, string Os)
{
    /// <summary>The versions of this process.</summary>
    /// <param name="assay">Assay's version, which the program knows.</param>
    /// <returns>The versions.</returns>
    public static RunVersions Here(string assay) => new(
        assay,
        Environment.Version.ToString(),
        // The system's full description costs several milliseconds of a run.
        $"{RuntimeInformation.RuntimeIdentifier} {Environment.OSVersion.Version}");
}
