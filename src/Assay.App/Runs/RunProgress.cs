using System.Collections.Concurrent;
using System.Diagnostics;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>How far a run has come; workers add to it, the terminal reads it.</summary>
internal sealed class RunProgress
{
    private readonly ConcurrentQueue<string> _warnings = new();
    private long _rows;
    private long _rejected;
    private long _bytes;
    private long _stageStarted = Stopwatch.GetTimestamp();

    /// <summary>What the run is doing, in a word or two.</summary>
    public string Stage { get; set; } = "";

    /// <summary>How long this stage has taken so far.</summary>
    public TimeSpan StageElapsed => Stopwatch.GetElapsedTime(Interlocked.Read(ref _stageStarted));

    /// <summary>By source, what was asked of APIs, once that is over, well or badly; empty when nothing was.</summary>
    public IReadOnlyDictionary<string, RunRequests> Asked { get; set; } = new Dictionary<string, RunRequests>();

    /// <summary>Rows read so far in this stage.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Rows set aside so far.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Bytes read so far in this stage, and how many there are, if that is known.</summary>
    public Func<(long Done, long? Total)> Bytes { get; set; } = () => (0, null);

    /// <summary>Pages fetched so far, and how many there are, if that is known; null in a stage that fetches none.</summary>
    public Func<(long Done, long? Total)>? Pages { get; private set; }

    /// <summary>Bytes that were added to this stage, when it counts them so.</summary>
    public long BytesDone => Interlocked.Read(ref _bytes);

    /// <summary>Adds bytes.</summary>
    public void AddBytes(long bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>What people are to know, though the run goes on.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    /// <summary>Notes something that people are to know, once: two tables may be made of one damaged file.</summary>
    public void Warn(string warning)
    {
        if (!_warnings.Contains(warning))
        {
            _warnings.Enqueue(warning);
        }
    }

    /// <summary>Says at once what people are to know now, such as what a run waits for.</summary>
    public Action<string> Notify { get; init; } = _ => { };

    /// <summary>Begins to count what is set aside anew: the rows to come are the same as before.</summary>
    public void ForgetRejected() => Interlocked.Exchange(ref _rejected, 0);

    /// <summary>Begins a stage.</summary>
    public void Begin(string stage, Func<(long Done, long? Total)> bytes)
    {
        Interlocked.Exchange(ref _rows, 0);
        Interlocked.Exchange(ref _bytes, 0);
        Interlocked.Exchange(ref _stageStarted, Stopwatch.GetTimestamp());
        Bytes = bytes;
        Pages = null;
        Stage = stage;
    }

    /// <summary>Begins a stage that fetches pages, whose bytes nobody knows beforehand.</summary>
    public void BeginFetch(string stage, Func<(long Done, long? Total)> pages)
    {
        Begin(stage, () => (BytesDone, null));
        Pages = pages;
    }

    /// <summary>Adds a block's rows.</summary>
    public void Add(long rows, long rejected)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _rejected, rejected);
    }
}
