using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Read;
using Assay.Refine;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>Looks whether a file can be what its pipeline reads, before a job waits for it.</summary>
internal static class UploadCheck
{
    /// <summary>Refuses a file of another format by its name.</summary>
    /// <exception cref="UploadException">It is none.</exception>
    public static void Name(SourceDefinition source, string label)
    {
        if (source.Rest is not null)
        {
            throw new UploadException(
                StatusCodes.Status400BadRequest, "unsupported_file", $"`{source.Name}` is asked from an API, so no file can take its place; start the pipeline with /run-pipeline");
        }

        if (!label.EndsWith("." + source.Format, StringComparison.OrdinalIgnoreCase))
        {
            throw new UploadException(
                StatusCodes.Status400BadRequest, "unsupported_file", $"Only {source.Format.ToUpperInvariant()} files are supported");
        }
    }

    /// <summary>Refuses a CSV file without a header, or whose header lacks columns that the pipeline needs.</summary>
    /// <exception cref="UploadException">It is one.</exception>
    public static void Header(PipelineDefinition pipeline, SourceDefinition source, UploadedFile file)
    {
        if (source.Format != "csv")
        {
            return;
        }

        foreach (var table in pipeline.Tables.Where(table => table.From == source.Name))
        {
            try
            {
                IReadOnlyList<string> fields = CleaningPlan.Create(table, pipeline.TimeZone).Fields;
                using IRecordSource opened = SourceReader.Open(source, source.Format, [file.Path], [file.Label], fields, null);
            }
            catch (ReadException e)
            {
                throw new UploadException(StatusCodes.Status400BadRequest, "unreadable_file", e.Message.Replace(file.Path, file.Label, StringComparison.Ordinal));
            }
        }
    }
}
