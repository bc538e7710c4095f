using System.Text;
using System.Text.Json;
using Assay.App.Generate;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>What a completed job is told to have come to: <c>results</c>, and <c>generation_stats</c> when its input was generated.</summary>
internal static class JobResults
{
    /// <summary>Writes it.</summary>
    /// <returns>A JSON object with both.</returns>
    public static string Write(
        JobEntry job,
        JobRequest request,
        RunOutcome outcome,
        JobFolder folder,
        PipelineSetting setting,
        IReadOnlyList<KeyValuePair<string, long>> counts,
        GeneratedInput? generated,
        IReadOnlyList<string> warnings)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("results");
            writer.WriteString("pipeline_status", "completed");
            writer.WriteString("input_file", InputOf(request, generated, folder));
            writer.WriteString("output_directory", folder.Told(folder.Output));
            SavedFiles(writer, folder, setting);
            writer.WriteStartObject("processing_stats");
            writer.WriteNumber("records_processed", outcome.Books.Accepted);
            foreach ((string name, long value) in counts)
            {
                writer.WriteNumber(name, value);
            }

            writer.WriteNumber("chunk_size", request.ChunkSize);
            writer.WriteNumber("input_file_size", generated?.Bytes ?? request.FileSize ?? outcome.Bytes);
            writer.WriteEndObject();
            Quality(writer, outcome.Books);
            writer.WriteString("pipeline", job.Pipeline);
            writer.WriteString("run_id", outcome.RunId);
            writer.WriteNumber("quality_score", outcome.ResultScore.Value);
            Books(writer, outcome);
            Timings(writer, outcome);
            writer.WriteStartArray("warnings");
            foreach (string warning in warnings)
            {
                writer.WriteStringValue(warning);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            if (generated is not null)
            {
                Generation(writer, generated);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>The input of a job as it is told; empty when it is the pipeline's own.</summary>
    public static string InputOf(JobRequest request, GeneratedInput? generated, JobFolder folder) =>
        (generated?.Files ?? request.Files).Values.FirstOrDefault() is { } file ? folder.Told(Path.Combine(folder.Input, file)) : "";

    private static void SavedFiles(Utf8JsonWriter writer, JobFolder folder, PipelineSetting setting)
    {
        writer.WriteStartObject("saved_files");
        foreach (FileSetting file in setting.Files.Where(file => File.Exists(Path.Combine(folder.Output, file.Name))))
        {
            writer.WriteString(file.Type, folder.Told(Path.Combine(folder.Output, file.Name)));
        }

        writer.WriteEndObject();
    }

    private static void Quality(Utf8JsonWriter writer, RunBooks books)
    {
        writer.WriteStartObject("data_quality_stats");
        writer.WriteNumber("records_processed", books.Read);
        writer.WriteNumber("records_dropped", books.Read - books.Accepted);
        writer.WriteNumber("records_cleaned", books.Accepted);
        writer.WriteNumber("success_rate", books.Read == 0 ? 0 : books.Accepted * 100.0 / books.Read);
        writer.WriteEndObject();
    }

    private static void Books(Utf8JsonWriter writer, RunOutcome outcome)
    {
        writer.WriteStartObject("books");
        foreach (TableOutcome table in outcome.Tables)
        {
            writer.WriteStartObject(table.Quality.Table);
            writer.WriteBooks(table.Books);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Timings(Utf8JsonWriter writer, RunOutcome outcome)
    {
        writer.WriteStartObject("timings");
        foreach (RunTiming timing in outcome.Timings)
        {
            writer.WriteNumber(timing.Stage, timing.Seconds);
        }

        writer.WriteNumber("total", Math.Round(outcome.Elapsed.TotalSeconds, 3));
        writer.WriteEndObject();
        writer.WriteNumber("rows_per_second", Math.Round(outcome.RowsPerSecond));
    }

    private static void Generation(Utf8JsonWriter writer, GeneratedInput generated)
    {
        long rows = generated.Results.Sum(one => one.Result.Rows);
        long wrong = generated.Results.Sum(one => one.Result.RowsWithErrors);
        double rate = rows == 0 ? 0 : Math.Round((double)wrong / rows, 4);
        writer.WriteStartObject("generation_stats");
        writer.WriteNumber("total_rows", rows);
        writer.WriteNumber("error_rate", rate);
        writer.WriteString("start_date", generated.Results[0].Plan.Start.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteNumber("records_with_errors", wrong);
        writer.WriteStartObject("error_types");
        foreach (IGrouping<string, ErrorCount> kind in generated.Results.SelectMany(one => one.Result.Errors).GroupBy(error => error.Kind, StringComparer.Ordinal))
        {
            writer.WriteNumber(kind.Key, kind.Sum(error => error.Rows));
        }

        writer.WriteEndObject();
        writer.WriteNumber("error_rate_actual", rate);
        writer.WriteEndObject();
    }
}
