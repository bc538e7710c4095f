using Assay.Data;

namespace Assay.Read;

/// <summary>Finds the delimiter that makes a file's first records most alike.</summary>
internal static class DelimiterSniffer
{
    private const int MostRecords = 50;

    private static ReadOnlySpan<byte> Candidates => ",;\t|"u8;

    /// <summary>Picks among <c>, ; tab |</c>.</summary>
    /// <param name="sample">The file's first bytes, from the header's first.</param>
    /// <param name="final">Whether the file ends with them.</param>
    /// <param name="fieldLimit">See <see cref="CsvOptions.FieldLimit"/>.</param>
    /// <param name="recordLimit">See <see cref="CsvOptions.RecordLimit"/>.</param>
    /// <returns>The one with which most of the first records have as many fields as the header, earlier ones first;
    /// the comma when the header has none of them.</returns>
    public static byte Sniff(ReadOnlySpan<byte> sample, bool final, int fieldLimit, int recordLimit)
    {
        byte best = Candidates[0];
        double bestShare = 0;
        var ends = new PositionList(64);
        foreach (byte candidate in Candidates)
        {
            double share = Consistency(sample, final, new RecordScanner(candidate, fieldLimit, recordLimit), ends);
            if (share > bestShare)
            {
                best = candidate;
                bestShare = share;
            }
        }

        return best;
    }

    private static double Consistency(ReadOnlySpan<byte> sample, bool final, RecordScanner scanner, PositionList ends)
    {
        int header = 0;
        int records = 0;
        int alike = 0;
        int at = 0;
        while (records < MostRecords)
        {
            ends.Truncate(0);
            ScannedRecord record = scanner.Scan(sample, at, final, ends);
            if (record.Outcome is ScanOutcome.Undecided or ScanOutcome.Unended)
            {
                // A header longer than the sample still shows which delimiters it has.
                return records > 0 ? (double)alike / records : ends.Count > 0 ? 1 : 0;
            }

            at = record.Next;
            if (record.Outcome == ScanOutcome.Blank)
            {
                continue;
            }

            records++;
            if (records == 1)
            {
                header = record.Fields;
                if (header < 2 || record.Fault != FaultCode.None)
                {
                    return 0;
                }
            }

            alike += record.Fields == header ? 1 : 0;
        }

        return (double)alike / records;
    }
}
