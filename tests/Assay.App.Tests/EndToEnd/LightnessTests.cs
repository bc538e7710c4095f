namespace Assay.App.Tests.EndToEnd;

/// <summary>A pipeline that streams carries none of what only pipelines with layers need.</summary>
public sealed class LightnessTests : IDisposable
{
    private readonly AssayProgram _assay = new();

    public void Dispose() => _assay.Dispose();

    [Fact]
    public void Run_WhenThePipelineStreams_ThenLoadsNoDatabaseAndNoCryptography()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The loader of glibc then writes down each library; other systems' loaders write nothing.
        _assay.Environment["LD_DEBUG"] = "files";
        _assay.Environment["LD_DEBUG_OUTPUT"] = _assay.At("loaded");
        _assay.RunSales(AssayProgram.Sample);

        string loaded = string.Concat(Directory.GetFiles(_assay.Folder, "loaded.*").Select(File.ReadAllText));
        if (loaded.Length > 0)
        {
            Assert.Contains("libcoreclr.so", loaded, StringComparison.Ordinal);
            Assert.DoesNotContain("libsqlite3", loaded, StringComparison.Ordinal);
            Assert.DoesNotContain("libduckdb", loaded, StringComparison.Ordinal);
            Assert.DoesNotContain("libSystem.Security.Cryptography.Native", loaded, StringComparison.Ordinal);
        }
    }
}
