using System.Globalization;
using Assay.App.Pipelines;
using Assay.Data;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>
/// Refuses a replay after which silver would not be what a rebuild makes of the same files. A record that one table
/// set aside may be good in another, and is in silver there: it must stay good, under its key, since nothing takes a
/// row out of silver. And records that disagree with one another go together, as each of them alone would count.
/// </summary>
internal sealed class ReplayChecks(
    AssayHome home, TimeZoneInfo zone, SourceDefinition source, SourceFile file, RecordTexts texts, CancellationToken cancellationToken)
{
    private IReadOnlyList<string?[]>? _edited;

    /// <summary>The rows of the replay, as texts.</summary>
    private IReadOnlyList<string?[]> Edited => _edited ??= ReadEdited();

    /// <summary>Requires that of records which disagree all are replayed, or none.</summary>
    /// <param name="plan">The table.</param>
    /// <param name="targets">The replayed records of a run that the table had set aside.</param>
    /// <param name="held">The run's quarantine: its files' conflicting rows among them.</param>
    /// <exception cref="RunException">Some are, and others are not.</exception>
    public void RequireWhole(CleaningPlan plan, IReadOnlyList<ReplayTarget> targets, IReadOnlyDictionary<(string File, long Row), string> held)
    {
        string conflicting = FaultCode.Conflicting.Name();
        foreach (IGrouping<string, ReplayTarget> ofFile in targets.Where(target => held[(target.Name, target.Record.Row)] == conflicting)
            .GroupBy(target => target.Name, StringComparer.Ordinal))
        {
            long[] rows = [.. held.Where(row => row.Key.File == ofFile.Key && row.Value == conflicting).Select(row => row.Key.Row)];
            IReadOnlyList<string?> keys = RefinedTexts.Keys(plan.Table, zone, texts.Fields, Originals(ofFile.First().File, rows));
            HashSet<long> replayed = [.. ofFile.Select(target => target.Record.Row)];
            foreach (IGrouping<string?, long> ofKey in rows.Zip(keys).Where(row => row.Second is not null).GroupBy(row => row.Second, row => row.First))
            {
                long[] left = [.. ofKey.Where(row => !replayed.Contains(row)).Order()];
                if (left.Length > 0 && left.Length < ofKey.Count())
                {
                    throw new RunException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{file.Name} has record {ofKey.First(replayed.Contains)} of `{ofFile.Key}`, but not record {string.Join(", ", left)}, which disagree{(left.Length == 1 ? "s" : "")} with it; "
                        + $"records of one {Key(plan)} are replayed together. Make them agree; one that should not be there can be made equal to another, and counts once"));
                }
            }
        }
    }

    /// <summary>Requires that records which a table has taken in stay good.</summary>
    /// <param name="plan">The table.</param>
    /// <param name="targets">The replayed records that it had not set aside.</param>
    /// <returns>Those of them that it leaves out.</returns>
    /// <exception cref="RunException">One would not be what it was.</exception>
    public IReadOnlyList<ReplayTarget> RequireGood(CleaningPlan plan, IReadOnlyList<ReplayTarget> targets)
    {
        if (targets.Count == 0)
        {
            return [];
        }

        IReadOnlyList<string?[]> originals = Originals(targets);
        var before = RefinedTexts.Of(plan, texts.Fields, originals);
        int[] taken = [.. Enumerable.Range(0, targets.Count).Where(i => !before.IsFiltered(i))];
        if (taken.Length > 0)
        {
            RequireGood(plan, targets, taken, RefinedTexts.Keys(plan.Table, zone, texts.Fields, originals));
        }

        return [.. targets.Where((_, i) => before.IsFiltered(i))];
    }

    private static string Key(CleaningPlan plan) => string.Join(", ", plan.Table.Key.Select(column => $"`{column}`"));

    private void RequireGood(CleaningPlan plan, IReadOnlyList<ReplayTarget> targets, int[] taken, IReadOnlyList<string?> keysBefore)
    {
        string table = plan.Table.Name;
        var after = RefinedTexts.Of(plan, texts.Fields, Edited);
        IReadOnlyList<string?> keys = RefinedTexts.Keys(plan.Table, zone, texts.Fields, Edited);
        foreach (int i in taken)
        {
            long number = targets[i].Row;
            int row = (int)number - 1;
            if (plan.Table.Key.Count == 0)
            {
                throw Refuse(number, $"its record is in `{table}` already, which has no `key`, so it would be there twice; give the table a key");
            }

            if (after.Fault(row) is { } fault)
            {
                throw Refuse(number, $"its record is good in `{table}` as it was, and would not be any more: {fault}");
            }

            if (after.IsFiltered(row))
            {
                throw Refuse(number, $"its record is in `{table}` as it was, and `where` would leave it out; keep what `where` looks at");
            }

            if (keys[row] != keysBefore[i])
            {
                throw Refuse(number, $"it changes {Key(plan)}, under which its record is in `{table}` already and would stay; keep it as it was");
            }
        }

        if (plan.Table.MustAgree)
        {
            HashSet<string?> affected = [.. taken.Select(i => keys[(int)targets[i].Row - 1])];
            RequireAgreement(plan, after, keys, affected);
        }
    }

    /// <summary>Rows of one key in the replay's file would all be set aside if they disagreed, also those that were in silver.</summary>
    private void RequireAgreement(CleaningPlan plan, RefinedTexts after, IReadOnlyList<string?> keys, HashSet<string?> affected)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < keys.Count; row++)
        {
            if (after.Row(row) is { } content && keys[row] is { } key && affected.Contains(key) && !first.TryAdd(key, row) && after.Row(first[key]) != content)
            {
                throw Refuse(row + 1, string.Create(
                    CultureInfo.InvariantCulture, $"it has the {Key(plan)} of row {first[key] + 1} and disagrees with it in `{plan.Table.Name}`; make them agree"));
            }
        }
    }

    private RunException Refuse(long row, string why) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{file.Name}, row {row}: {why}. Nothing was changed"));

    private IReadOnlyList<string?[]> Originals(IReadOnlyList<ReplayTarget> targets)
    {
        var read = targets.GroupBy(target => target.Record.Sha256, StringComparer.Ordinal).ToDictionary(
            ofFile => ofFile.Key,
            ofFile => Texts(ofFile.First().File, [.. ofFile.Select(target => target.Record.Row)]),
            StringComparer.Ordinal);
        return [.. targets.Select(target => read[target.Record.Sha256][target.Record.Row])];
    }

    private IReadOnlyList<string?[]> Originals(LoadedFile of, long[] rows)
    {
        IReadOnlyDictionary<long, string?[]> read = Texts(of, rows);
        return [.. rows.Select(row => read[row])];
    }

    private IReadOnlyDictionary<long, string?[]> Texts(LoadedFile of, IReadOnlyCollection<long> rows) =>
        texts.Read(Path.Combine(home.Root, of.BronzePath!), of.Format ?? source.Format, rows, cancellationToken);

    private IReadOnlyList<string?[]> ReadEdited()
    {
        int count = ReplayFile.Rows(file.Path, file.Name, cancellationToken).Count;
        IReadOnlyDictionary<long, string?[]> read = texts.Read(
            file.Path, ReplayFile.Format, [.. Enumerable.Range(1, count).Select(row => (long)row)], cancellationToken);
        return [.. Enumerable.Range(1, count).Select(row => read[row])];
    }
}
