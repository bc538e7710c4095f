using Assay.Data;

namespace Assay.Refine.Quality;

/// <summary>How often each fault occurred, and the first few distinct values that had it.</summary>
internal sealed class FaultTally
{
    private const int ExamplesKept = 3;

    private static readonly FaultCode[] Codes = Enum.GetValues<FaultCode>();

    private readonly long[] _counts = new long[Codes.Length];
    private readonly Dictionary<FaultCode, List<FaultExample>> _examples = [];

    /// <summary>The codes that occurred, with how often and for example where.</summary>
    public IEnumerable<(FaultCode Code, long Rows, IReadOnlyList<FaultExample> Examples)> Counts =>
        Codes.Where(code => _counts[(int)code] > 0).Select(code => (code, _counts[(int)code], (IReadOnlyList<FaultExample>)_examples[code]));

    /// <summary>Counts a fault.</summary>
    /// <param name="code">The fault.</param>
    /// <returns>Whether an example of it is still wanted.</returns>
    public bool Count(FaultCode code)
    {
        _counts[(int)code]++;
        if (!_examples.TryGetValue(code, out List<FaultExample>? examples))
        {
            _examples[code] = examples = new List<FaultExample>(ExamplesKept);
        }

        return examples.Count < ExamplesKept;
    }

    /// <summary>Adds an example that is wanted, unless its value is there.</summary>
    public void AddExample(FaultCode code, FaultExample example) => AddExample(_examples[code], example);

    public void Merge(FaultTally other)
    {
        foreach ((FaultCode code, long rows, IReadOnlyList<FaultExample> theirs) in other.Counts)
        {
            _counts[(int)code] += rows;
            List<FaultExample> ours = _examples.GetValueOrDefault(code, []);
            var merged = new List<FaultExample>(ExamplesKept);

            // Each worker kept the first distinct values it met; the first of all are among them.
            foreach (FaultExample example in ours.Concat(theirs).OrderBy(e => e.File).ThenBy(e => e.Row))
            {
                if (merged.Count < ExamplesKept)
                {
                    AddExample(merged, example);
                }
            }

            _examples[code] = merged;
        }
    }

    private static void AddExample(List<FaultExample> examples, FaultExample example)
    {
        if (examples.TrueForAll(known => known.Value != example.Value))
        {
            examples.Add(example);
        }
    }
}
