using Assay.Data;
using Assay.Refine.Dedup;

namespace Assay.Refine.Tests.Dedup;

/// <summary>In whatever blocks and order rows come in, the index says what looking at all of them at once says.</summary>
public sealed class KeyIndexPropertyTests
{
    [Theory]
    [InlineData(1, true, false)]
    [InlineData(2, true, true)]
    [InlineData(3, false, false)]
    [InlineData(4, false, true)]
    [InlineData(5, true, false)]
    [InlineData(6, true, true)]
    public void Complete_WhenBlocksComeInAnyOrder_ThenTheOutcomeIsThatOfAllRowsAtOnce(int seed, bool mustAgree, bool hasNewest)
    {
        var random = new Random(seed);
        for (int round = 0; round < 40; round++)
        {
            LoadRow[] rows = [.. RandomRows(random)];
            string expected = Slowly(rows, mustAgree, hasNewest);

            for (int order = 0; order < 3; order++)
            {
                (List<LoadRow[]> blocks, int threads) = (Blocks(rows, random), order == 2 ? 3 : 1);
                Assert.Equal(expected, Run(blocks, mustAgree, hasNewest, threads, random.Next()));
            }
        }
    }

    /// <summary>The survivors and conflicts, straight from the rules.</summary>
    private static string Slowly(LoadRow[] rows, bool mustAgree, bool hasNewest)
    {
        var conflicts = new List<string>();
        var good = new List<LoadRow>();
        foreach (IGrouping<(string Id, long Line, int File), LoadRow> group in rows.GroupBy(row => (row.Id, row.Line, Sequences.File(row.Sequence))).OrderBy(group => group.Min(row => row.Sequence)))
        {
            LoadRow[] same = [.. group.OrderBy(row => row.Sequence)];
            LoadRow? other = mustAgree ? same.FirstOrDefault(row => row with { Sequence = 0 } != same[0] with { Sequence = 0 }) : null;
            if (other is null)
            {
                good.AddRange(mustAgree ? same[..1] : same);
                continue;
            }

            (string column, string? first, string? second) = same[0].Amount != other.Amount ? ("amount", Amount(same[0]), Amount(other))
                : same[0].Note != other.Note ? ("note", Note(same[0]), Note(other))
                : ("changed", Moment(same[0]), Moment(other));
            conflicts.Add(Loads.Text(new KeyConflict([.. same.Select(row => row.Sequence)], column, first, second)));
        }

        IEnumerable<long> kept = good.GroupBy(row => (row.Id, row.Line))
            .Select(group => group.OrderBy(row => hasNewest ? row.Changed : 0).ThenBy(row => row.Sequence).Last().Sequence);
        return Describe(kept, conflicts, rows.Length);
    }

    private static string Run(List<LoadRow[]> blocks, bool mustAgree, bool hasNewest, int threads, int seed)
    {
        KeyIndex index = Loads.Index(mustAgree, hasNewest ? "changed" : null);
        var kept = new HashSet<long>();
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            var random = new Random(seed + thread);
            var texts = new TextPool();
            foreach (LoadRow[] block in blocks.Where((_, i) => i % threads == thread))
            {
                texts.Intern($"pools differ {random.Next()}");
                bool[] keep = index.Add(block, texts, raw: random.Next(2) == 0);
                lock (kept)
                {
                    kept.UnionWith(block.Where((_, i) => keep[i]).Select(row => row.Sequence));
                }
            }
        });
        KeyOutcome outcome = index.Complete();
        Assert.Equal(outcome.Superseded.Order(), outcome.Superseded);
        Assert.Superset(outcome.Superseded.ToHashSet(), kept);
        kept.ExceptWith(outcome.Superseded);
        kept.ExceptWith(outcome.Conflicts.SelectMany(conflict => conflict.Sequences));
        Assert.Equal(outcome.Kept, kept.Count);
        Assert.Equal(outcome.Conflicting, outcome.Conflicts.Sum(conflict => conflict.Sequences.Count));
        Assert.Equal(outcome.Rows, outcome.Kept + outcome.Deduplicated + outcome.Conflicting);
        return Describe(kept, outcome.Conflicts.Select(Loads.Text), outcome.Rows);
    }

    private static string Describe(IEnumerable<long> kept, IEnumerable<string> conflicts, long rows) =>
        $"{rows} rows\nkept {string.Join(' ', kept.Order().Select(Loads.Place))}\n{string.Join('\n', conflicts)}";

    private static string? Amount(LoadRow row) => row.Amount is { } amount ? Decimals.Format(amount, 2) : null;

    private static string? Note(LoadRow row) => row.Note?.Length > 24 ? row.Note[..16] + "…" : row.Note;

    private static string Moment(LoadRow row) => "1970-01-01 00:00:00" + (row.Changed == 0 ? "" : $".00000{row.Changed}");

    private static IEnumerable<LoadRow> RandomRows(Random random)
    {
        int files = random.Next(1, 4);
        int keys = random.Next(1, 40);
        int faults = random.Next(2) == 0 ? 1000 : 12;
        for (int file = 0; file < files; file++)
        {
            long row = 1;
            for (int orders = random.Next(0, 60); orders > 0; orders--)
            {
                int key = random.Next(keys);
                for (int lines = random.Next(1, 5); lines > 0; lines--)
                {
                    bool isOdd = random.Next(faults) == 0;
                    long? amount = isOdd && random.Next(2) == 0 ? random.Next(3) == 0 ? null : 7 : 100 + file;
                    string? note = isOdd && random.Next(2) == 0 ? null : key % 5 == 0 ? "a note that is longer than most" : "n";
                    yield return new LoadRow(
                        Sequences.Of(file, row), $"o{key / 2}", key % 2, amount, note, isOdd ? 9 : (key + file) % 4);
                    row += random.Next(10) == 0 ? 2 : 1;
                }
            }
        }
    }

    /// <summary>Cuts the rows into blocks that each ascend, and shuffles these.</summary>
    private static List<LoadRow[]> Blocks(LoadRow[] rows, Random random)
    {
        var blocks = new List<LoadRow[]>();
        for (int from = 0; from < rows.Length;)
        {
            int count = Math.Min(random.Next(1, 30), rows.Length - from);
            blocks.Add(rows[from..(from + count)]);
            from += count;
        }

        LoadRow[][] shuffled = [.. blocks];
        random.Shuffle(shuffled);
        return [.. shuffled];
    }
}
