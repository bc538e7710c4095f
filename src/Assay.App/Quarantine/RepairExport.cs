using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Data;
using Assay.Read;
using Assay.Refine;
using Assay.Store;

namespace Assay.App.Quarantine;

/// <summary>Makes a table of records that were set aside, with their raw values and what is wrong with them, for a person to edit.</summary>
internal sealed class RepairExport(AssayHome home, PipelineDefinition pipeline, CancellationToken cancellationToken)
{
    /// <summary>Makes the table.</summary>
    /// <param name="runs">What was set aside, by all tables.</param>
    /// <param name="source">The source whose records are wanted; null when there are only some of one.</param>
    /// <param name="table">The table that set the wanted records aside; null for any.</param>
    /// <returns>The table; null when there is no record that was not replayed.</returns>
    /// <exception cref="Read.ReadException">A file lacks a field.</exception>
    /// <exception cref="RunException">The fields of records cannot be told any more.</exception>
    /// <exception cref="UsageException">There are records of several sources, or no such source.</exception>
    /// <exception cref="StoreException">The quarantine or bronze cannot be read.</exception>
    public ResultTable? Make(IReadOnlyList<QuarantinedRun> runs, string? source, string? table)
    {
        if (source is not null && pipeline.Sources.All(known => known.Name != source))
        {
            throw new UsageException($"`{pipeline.Name}` has no source `{source}`; it has {string.Join(", ", pipeline.Sources.Select(known => known.Name))}");
        }

        RepairRecord[] records =
        [
            .. Collect(runs).Where(record => (source is null || record.Faults[0].Plan.Table.From == source)
                && (table is null || record.Faults.Exists(fault => fault.Plan.Table.Name == table))),
        ];
        return records.Length == 0 ? null : Make(SourceOf(records), records);
    }

    private ResultTable Make(SourceDefinition source, RepairRecord[] records)
    {
        IReadOnlyList<string> fields = SourceLoad.FieldsOf(pipeline.Tables.Where(table => table.From == source.Name).Select(PlanOf));
        if (fields.FirstOrDefault(ReplayFile.OwnColumns.Contains) is { } taken)
        {
            throw new RunException($"source `{source.Name}` has a field `{taken}`, which would be mistaken for the column of that name that says where a row is from");
        }

        var texts = new Dictionary<RepairRecord, string?[]>(ReferenceEqualityComparer.Instance);
        var names = new BronzeNames(home, source.Name);
        (BronzeFile? Kept, RepairRecord[] Records)[] files =
        [
            .. records.GroupBy(record => (record.RunId, record.Row.File)).Select(ofFile => (names.Find(ofFile.Key.RunId, ofFile.Key.File), ofFile.ToArray())),
        ];

        // The file stands for the records from then on: a column that is declared later is to be found in it, too.
        fields = [.. fields, .. files.SelectMany(file => Others(source, file.Kept, file.Records[0].Row.File)).Except(fields, StringComparer.Ordinal)];
        foreach ((BronzeFile? kept, RepairRecord[] some) in files)
        {
            foreach ((RepairRecord record, string?[] text) in some.Zip(Texts(source, fields, kept, some)))
            {
                texts[record] = text;
            }
        }

        Column[] columns =
        [
            .. fields.Select(field => new Column(field, ColumnType.String)),
            .. ReplayFile.OwnColumns.Select(name => new Column(name, name == ReplayFile.Row ? ColumnType.Integer : ColumnType.String)),
        ];
        return new ResultTable("repair", "Rows to repair", new Schema(columns), [.. records.Select(record => Cells(record, fields, texts[record]))]);
    }

    /// <summary>The columns of a CSV file that no table reads. Other formats name no columns before all is read, nor the same ones in each record.</summary>
    private static IEnumerable<string> Others(SourceDefinition source, BronzeFile? kept, string file)
    {
        string format = kept?.Manifest.Format ?? source.Format;
        string path = kept?.Path ?? file;
        if (format is not ("csv" or ReplayFile.Format) || !File.Exists(path))
        {
            return [];
        }

        using IRecordSource opened = SourceReader.Open(source, format, [path], [file], [], blockSize: null);
        return opened.ExtraColumns.Where(name => !ReplayFile.OwnColumns.Contains(name) && !name.StartsWith("(column ", StringComparison.Ordinal));
    }

    private static object?[] Cells(RepairRecord record, IReadOnlyList<string> fields, string?[] texts) =>
    [
        .. texts.Select(text => text is { Length: > 0 } ? text : null),
        RepairReason.Of(record, fields, texts), record.Row.File, (Int128)record.Row.Row, record.RunId, record.Faults[0].Plan.Table.Name,
    ];

    /// <summary>The records, each once: by run, then in the order of the input.</summary>
    private IReadOnlyList<RepairRecord> Collect(IReadOnlyList<QuarantinedRun> runs)
    {
        var records = new List<RepairRecord>();
        foreach (IGrouping<string, QuarantinedRun> ofRun in runs.GroupBy(run => run.RunId, StringComparer.Ordinal))
        {
            var known = new Dictionary<(string Source, string File, long Row), RepairRecord>();
            foreach (QuarantinedRun run in ofRun)
            {
                CleaningPlan plan = PlanOf(pipeline.Tables.First(table => table.Name == run.Table));
                foreach (QuarantineRow row in run.OpenRows)
                {
                    if (!known.TryGetValue((plan.Table.From, row.File, row.Row), out RepairRecord? record))
                    {
                        known[(plan.Table.From, row.File, row.Row)] = record = new RepairRecord(run.RunId, row);
                    }

                    record.Faults.Add((plan, row));
                }
            }

            List<string> files = [.. known.Keys.Select(key => key.File).Distinct(StringComparer.Ordinal)];
            records.AddRange(known.Values.GroupBy(record => record.Row.File, StringComparer.Ordinal)
                .OrderBy(ofFile => files.IndexOf(ofFile.Key)).SelectMany(ofFile => ofFile.OrderBy(record => record.Row.Row)));
        }

        return records;
    }

    private CleaningPlan PlanOf(TableDefinition table) => CleaningPlan.Create(table, pipeline.TimeZone);

    private SourceDefinition SourceOf(IReadOnlyList<RepairRecord> records)
    {
        string[] sources = [.. records.SelectMany(record => record.Faults).Select(fault => fault.Plan.Table.From).Distinct(StringComparer.Ordinal)];
        if (sources.Length == 1)
        {
            return pipeline.Sources.First(source => source.Name == sources[0]);
        }

        throw new UsageException(
            $"records of several sources are set aside, and each source has columns of its own; choose one: {string.Join(" or ", sources.Select(source => $"--source {source}"))}");
    }

    /// <summary>The raw texts of a file's records: from bronze, else from what the quarantine has of them.</summary>
    private IReadOnlyList<string?[]> Texts(SourceDefinition source, IReadOnlyList<string> fields, BronzeFile? kept, RepairRecord[] records)
    {
        string format = kept?.Manifest.Format ?? source.Format;
        string name = records[0].Row.File;
        QuarantineRow[] rows = [.. records.Select(record => record.Row)];
        if (kept is null)
        {
            return RecordParser.Create(source, format, name, name, fields).Parse(rows, cancellationToken);
        }

        IReadOnlyDictionary<long, string?[]> read =
            new RecordTexts(source, fields).Read(kept.Path, format, [.. rows.Select(row => row.Row)], cancellationToken);
        string?[][] texts = [.. rows.Select(row => read[row.Row])];

        // A reader gives no fields of a record that it cannot take apart; some of them may be told all the same.
        int[] blank = [.. Enumerable.Range(0, rows.Length).Where(i => rows[i].Record.Length > 0 && Array.TrueForAll(texts[i], text => text is null))];
        if (blank.Length > 0)
        {
            IReadOnlyList<string?[]> parsed = RecordParser.Create(source, format, kept.Path, name, fields).Parse([.. blank.Select(i => rows[i])], cancellationToken);
            foreach ((int i, string?[] text) in blank.Zip(parsed))
            {
                texts[i] = text;
            }
        }

        return texts;
    }
}
