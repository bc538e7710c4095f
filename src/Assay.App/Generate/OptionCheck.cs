namespace Assay.App.Generate;

/// <summary>Checks what a run is asked for against what the plan can do.</summary>
internal static class OptionCheck
{
    /// <summary>Checks the options.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="target">The dataset that is generated.</param>
    /// <param name="options">The options.</param>
    /// <returns>How many rows each dataset of the plan has.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    /// <exception cref="GenerateException">The options do not fit the plan.</exception>
    public static long[] Rows(GeneratePlan plan, GenerateDataset target, GenerateOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1, "threads");
        if (options.ErrorRate is { } rate && !(rate >= 0 && rate <= 1))
        {
            throw new ArgumentOutOfRangeException("error-rate", rate, "The error rate must lie between 0 and 1.");
        }

        foreach (string name in options.DatasetRows.Keys)
        {
            plan.Dataset(name);
        }

        long[] rows = [.. plan.Datasets.Select(dataset =>
            (dataset == target ? options.Rows : null)
            ?? (options.DatasetRows.TryGetValue(dataset.Name, out long count) ? count : dataset.Rows ?? GenerateOptions.DefaultRows))];
        foreach (long count in rows)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, "rows");
        }

        CheckRows(plan.Datasets, target, rows);
        CheckStart(target, options.Start ?? plan.Start);
        CheckPart(target, options.Part);
        return rows;
    }

    private static void CheckRows(IReadOnlyList<GenerateDataset> datasets, GenerateDataset target, long[] rows)
    {
        foreach (int index in target.Program.References.Append(target.Index))
        {
            GenerateDataset dataset = datasets[index];
            if (rows[index] > dataset.MostRows)
            {
                throw new GenerateException(
                    $"`{dataset.Name}` can have {dataset.MostRows} rows at most: it has no more unique values");
            }

            if (rows[index] == 0 && rows[target.Index] > 0)
            {
                throw new GenerateException($"`{target.Name}` refers to rows of `{dataset.Name}`, which has none; give it one at least");
            }
        }

        // The numbers of lines are made of the rows' numbers.
        if (target.HasLines && rows[target.Index] > long.MaxValue / LineSlots.MostLines)
        {
            throw new GenerateException($"`{target.Name}` can have {long.MaxValue / LineSlots.MostLines} rows at most");
        }
    }

    private static void CheckStart(GenerateDataset target, DateOnly start)
    {
        long seconds = start.DayNumber * TimestampStep.SecondsPerDay;
        long last = ((DateOnly.MaxValue.DayNumber + 1) * TimestampStep.SecondsPerDay) - 1;
        if (seconds + target.Program.TimeSpan.Earliest < 0 || seconds + target.Program.TimeSpan.Latest > last)
        {
            throw new GenerateException($"with the start {start:yyyy-MM-dd} timestamps would leave the years 1 to 9999");
        }
    }

    private static void CheckPart(GenerateDataset target, GeneratePart? part)
    {
        if (part is not ({ } index, { } count))
        {
            return;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, "parts");
        ArgumentOutOfRangeException.ThrowIfNegative(index, "part");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count, "part");
        if (count > target.SplitDays)
        {
            throw new GenerateException(target.SplitDays == 0
                ? $"`{target.Name}` cannot be split: its description has no `split`"
                : $"`{target.Name}` can be split into {target.SplitDays} parts at most, one a day");
        }
    }
}
