using System.Text;
using Assay.App.Tests.House;

namespace Assay.App.Tests.EndToEnd;

/// <summary>
/// Expected output kept in a file, under <c>tests/Assay.App.Tests/Golden</c>. With ASSAY_UPDATE_GOLDEN=1 in the
/// environment the files are written anew instead of compared: look at the difference before it is committed.
/// </summary>
internal static class GoldenFile
{
    public static bool Updating { get; } = Environment.GetEnvironmentVariable("ASSAY_UPDATE_GOLDEN") == "1";

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Assay.App.Tests", "Golden");

    /// <summary>Compares a text, then its bytes.</summary>
    public static void Check(string name, string text) => Check(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Compares bytes; a difference is shown as text.</summary>
    public static void Check(string name, byte[] bytes)
    {
        string path = Path.Combine(Folder, name);
        if (Updating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
            return;
        }

        byte[] expected = File.ReadAllBytes(path);
        Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(bytes));
        Assert.Equal(expected, bytes);
    }
}
