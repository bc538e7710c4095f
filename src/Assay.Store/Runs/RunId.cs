using System.Globalization;

namespace Assay.Store;

/// <summary>The names of runs.</summary>
public static class RunId
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static int _counter = -1;

    /// <summary>A name for a run that starts now, such as <c>20260314-092653123-000k7-0</c>: the time in UTC to the
    /// millisecond, then the process and a count of the process's runs, both in base 36, so that two runs of
    /// one machine never share a name. Names sort by time as plain text.</summary>
    /// <param name="time">Tells the time.</param>
    /// <returns>The name; it can be that of a folder.</returns>
    public static string New(TimeProvider time) =>
        Make(time.GetUtcNow(), Environment.ProcessId, Interlocked.Increment(ref _counter));

    internal static string Make(DateTimeOffset now, int process, int count)
    {
        string moment = now.UtcDateTime.ToString("yyyyMMdd-HHmmssfff", CultureInfo.InvariantCulture);
        return $"{moment}-{Base36(process).PadLeft(5, '0')}-{Base36(count)}";
    }

    private static string Base36(int number)
    {
        Span<char> text = stackalloc char[8];
        int start = text.Length;
        uint rest = (uint)number;
        do
        {
            text[--start] = Digits[(int)(rest % 36)];
            rest /= 36;
        }
        while (rest > 0);
        return text[start..].ToString();
    }
}
