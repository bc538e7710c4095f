using System.Globalization;

namespace Assay.App.Cli;

/// <summary>Sizes as people write them: <c>4096</c>, <c>4KiB</c>, <c>1MiB</c>, <c>64MB</c>.</summary>
internal static class ByteSize
{
    private static readonly (string Suffix, long Factor)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1),
    ];

    /// <summary>Reads a size.</summary>
    /// <returns>False when the text is none, or too large.</returns>
    public static bool TryParse(string text, out long bytes)
    {
        string number = text.Trim();
        long factor = 1;
        foreach ((string suffix, long unit) in Units)
        {
            if (number.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                number = number[..^suffix.Length].TrimEnd();
                factor = unit;
                break;
            }
        }

        bool isNumber = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out bytes);
        isNumber = isNumber && bytes <= long.MaxValue / factor;
        bytes = isNumber ? bytes * factor : 0;
        return isNumber;
    }

    /// <summary>Writes a size the way people read it.</summary>
    public static string Format(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} KB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };
}
