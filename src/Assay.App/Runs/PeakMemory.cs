using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Assay.App.Runs;

/// <summary>The most memory the process had resident at once.</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status";

    /// <summary>The peak so far, in bytes.</summary>
    public static long Bytes()
    {
        // Linux tells it in a line; the library that tells it elsewhere is itself half a megabyte.
        if (File.Exists(Status))
        {
            foreach (string line in File.ReadLines(Status))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal)
                    && long.TryParse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes))
                {
                    return kilobytes * 1024;
                }
            }
        }

        return Ask();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Ask()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
