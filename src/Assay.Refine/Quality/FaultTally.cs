using Assay.Data;

namespace Assay.Refine.Quality;

/// <summary>How often each fault occurred, and the first few distinct values that had it.</summary>
internal sealed class FaultTally
{
    private const int ExamplesKept = 3;

    private static readonly FaultCode[] Codes = Enum.GetValues<FaultCode>();

    private readonly long[] _counts = new long[Codes.Length];
    private readonly List<FaultExample>?[] _examples = new List<FaultExample>?[Codes.Length];
    private readonly List<byte[]>?[] _seen = new List<byte[]>?[Codes.Length];

    /// <summary>The codes that occurred, with how often and for example where.</summary>
    public IEnumerable<(FaultCode Code, long Rows, IReadOnlyList<FaultExample> Examples)> Counts
    {
        get
        {
            foreach (FaultCode code in Codes)
            {
                if (_counts[(int)code] > 0)
                {
                    yield return (code, _counts[(int)code], _examples[(int)code] ?? []);
                }
            }
        }
    }

    /// <summary>Counts a fault.</summary>
    /// <param name="code">The fault.</param>
    /// <param name="raw">The bytes that had it.</param>
    /// <returns>Whether an example of it is still wanted, and these bytes are none yet. Most faults of a column are one value over and over.</returns>
    public bool Count(FaultCode code, ReadOnlySpan<byte> raw)
    {
        _counts[(int)code]++;
        List<byte[]> seen = _seen[(int)code] ??= new List<byte[]>(ExamplesKept);
        foreach (byte[] known in seen)
        {
            if (raw.SequenceEqual(known))
            {
                return false;
            }
        }

        return seen.Count < ExamplesKept;
    }

    /// <summary>Adds an example that is wanted, unless its value, which may be masked or cut short, is there.</summary>
    public void AddExample(FaultCode code, FaultExample example, ReadOnlySpan<byte> raw)
    {
        if (AddExample(_examples[(int)code] ??= new List<FaultExample>(ExamplesKept), example))
        {
            _seen[(int)code]?.Add(raw.ToArray());
        }
    }

    public void Merge(FaultTally other)
    {
        foreach ((FaultCode code, long rows, IReadOnlyList<FaultExample> theirs) in other.Counts)
        {
            _counts[(int)code] += rows;
            List<FaultExample> ours = _examples[(int)code] ?? [];
            var merged = new List<FaultExample>(ExamplesKept);

            // Each worker kept the first distinct values it met; the first of all are among them.
            foreach (FaultExample example in ours.Concat(theirs).OrderBy(e => e.File).ThenBy(e => e.Row))
            {
                if (merged.Count < ExamplesKept)
                {
                    AddExample(merged, example);
                }
            }

            _examples[(int)code] = merged;
        }
    }

    private static bool AddExample(List<FaultExample> examples, FaultExample example)
    {
        foreach (FaultExample known in examples)
        {
            if (known.Value == example.Value)
            {
                return false;
            }
        }

        examples.Add(example);
        return true;
    }
}
