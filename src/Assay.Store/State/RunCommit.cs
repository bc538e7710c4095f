namespace Assay.Store;

/// <summary>All that a run changes, written as one: either the whole of it holds, or nothing.</summary>
public sealed record RunCommit
{
    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Its batch, from <see cref="StateDatabase.NextBatch"/>.</summary>
    public required long Batch { get; init; }

    /// <summary>Where its rows came from. A refresh takes the place of all files and books before it.</summary>
    public required BatchKind Kind { get; init; }

    /// <summary>The time of the commit.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The files it loaded, in the order it read them; a refresh lists all of them.</summary>
    public IReadOnlyList<LoadedFile> Files { get; init; } = [];

    /// <summary>What became of the rows, and corrections to what earlier runs booked.</summary>
    public IReadOnlyList<BooksEntry> Books { get; init; } = [];

    /// <summary>The rules of all the pipeline's tables, which take the place of those noted before; none leaves these as they are.</summary>
    public IReadOnlyList<TableRule> Rules { get; init; } = [];

    /// <summary>What the checks found.</summary>
    public IReadOnlyList<CheckOutcome> Checks { get; init; } = [];

    /// <summary>The score of the data, when there is one.</summary>
    public decimal? Score { get; init; }

    /// <summary>The extracts whose pages it loaded: they end, and their watermarks move, with the commit.</summary>
    public IReadOnlyList<FinishedExtract> Extracts { get; init; } = [];

    /// <summary>The bases whose pages silver has nothing of any more: what is known of them is forgotten.</summary>
    public IReadOnlyList<string> ForgottenBases { get; init; } = [];

    /// <summary>What is to be renamed and then removed once the commit holds, see <see cref="PendingChange.Of"/>.</summary>
    public IReadOnlyList<PendingChange> Changes { get; init; } = [];
}
