using Assay.App.Pipelines;
using Assay.Read;
using Assay.Refine;
using Assay.Refine.Quality;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Reads and refines one table of a pipeline that keeps no rows of its own, and hands its clean rows on.</summary>
internal sealed class TableRun(PipelineDefinition pipeline, RunOptions options, RunProgress progress, string runId)
{
    /// <summary>Runs it.</summary>
    /// <param name="plan">The table.</param>
    /// <param name="mayNeedSecondPass">Whether the source must be one that can be read again.</param>
    /// <param name="target">Takes the rows of a pass, from 1; null when there are enough passes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What became of the rows, and the bytes read once.</returns>
    /// <exception cref="ReadException">The source cannot be read.</exception>
    /// <exception cref="StoreException">The quarantine cannot be written.</exception>
    /// <exception cref="RunException">A file breaks off, the books do not balance, or the source changed meanwhile.</exception>
    public (TableOutcome Table, long Bytes) Run(CleaningPlan plan, bool mayNeedSecondPass, Func<int, IRowTarget?> target, CancellationToken cancellationToken)
    {
        SourceDefinition definition = pipeline.Sources.First(source => source.Name == plan.Table.From);
        using SourceInput input = SourceInput.Open(definition, SourceLoad.FieldsOf([plan]), mayNeedSecondPass, options, progress, cancellationToken);
        using QuarantineWriter? quarantine = options.DryRun
            ? null
            : QuarantineWriter.Open(options.Home, plan.Table.Name, runId, cancellationToken);

        TableQuality quality = Pass(1, input.Source, plan, target(1)!, quarantine, cancellationToken);
        IncompleteFiles.Require(input.Source, options.AllowPartial, progress);
        if (!quality.Balances)
        {
            throw new RunException($"the books of `{plan.Table.Name}` do not balance: read {quality.Read}, accounted for "
                + $"{quality.Accepted + quality.Quarantined + quality.Deduplicated + quality.Filtered}; this is a bug in Assay");
        }

        var met = new MetFields();
        met.Add(input.Source);
        AbsentFields.Require(definition, met, [plan], quality.Read);
        foreach (ColumnDefinition absent in plan.Table.Columns.Where(column => met.Lacks(column.Field)))
        {
            progress.Warn(AbsentFields.Warning(absent, plan.Table, met));
        }

        long bytes = input.Source.BytesRead;
        IReadOnlyList<UnknownField> unknown = SchemaDrift.Of(definition, input.Source);
        if (target(2) is { } second)
        {
            input.Source.Rewind();
            TableQuality again = Pass(2, input.Source, plan, second, null, cancellationToken);
            if (again.Read != quality.Read || again.Accepted != quality.Accepted)
            {
                throw new RunException(
                    $"the files of source `{definition.Name}` changed while they were read: {quality.Read} rows, {quality.Accepted} of them good, "
                    + $"then {again.Read} and {again.Accepted}; run again");
            }
        }

        string? rejects = quarantine?.Complete();
        return (new TableOutcome(quality, plan, input.Inputs, input.Source.ExtraColumns, [], rejects) { UnknownFields = unknown }, bytes);
    }

    private TableQuality Pass(
        int pass, IRecordSource source, CleaningPlan plan, IRowTarget target, QuarantineWriter? quarantine, CancellationToken cancellationToken)
    {
        progress.Begin(pass == 1 ? plan.Table.Name : $"{plan.Table.Name}, scoring", () => (source.BytesRead, source.TotalBytes));
        return new TablePass(source, plan, target, quarantine, progress, countsRejects: pass == 1).Run(options.Threads, cancellationToken);
    }
}
