using System.Text;
using System.Text.Json;
using Assay.App.Runs;
using Assay.Measure;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>Puts a job's outputs into its folder: what its run published, and what the server writes itself. The folder
/// appears whole or not at all.</summary>
internal static class JobOutputs
{
    private const string Quality = "quality.json";

    /// <summary>Writes the outputs.</summary>
    /// <param name="outcome">What the run came to.</param>
    /// <param name="home">The home it ran on.</param>
    /// <param name="folder">The job's folder.</param>
    /// <param name="setting">Which files there are beside the published ones.</param>
    /// <param name="counts">The job's figures.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    public static void Write(
        RunOutcome outcome, AssayHome home, JobFolder folder, PipelineSetting setting, IReadOnlyList<KeyValuePair<string, long>> counts)
    {
        string making = folder.Output + ".new";
        if (Directory.Exists(making))
        {
            Directory.Delete(making, recursive: true);
        }

        Directory.CreateDirectory(making);
        foreach (string file in Directory.EnumerateFiles(outcome.GoldFolder ?? throw new RunException("the run published nothing")))
        {
            File.Copy(file, Path.Combine(making, Path.GetFileName(file)));
        }

        // The quality report of a run with layers lies with the run.
        string ofRun = Path.Combine(home.Run(outcome.RunId), Quality);
        if (!File.Exists(Path.Combine(making, Quality)) && File.Exists(ofRun))
        {
            File.Copy(ofRun, Path.Combine(making, Quality));
        }

        foreach (FileSetting file in setting.Files.Where(file => file.Content != FileContent.Published))
        {
            string path = Path.Combine(making, file.Name);
            File.WriteAllBytes(path, file.Content == FileContent.Counts ? Counts(outcome, counts) : Encoding.UTF8.GetBytes(Dictionary(outcome, setting)));
        }

        DurableFolder.Move(making, folder.Output);
    }

    private static byte[] Counts(RunOutcome outcome, IReadOnlyList<KeyValuePair<string, long>> counts)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, JsonTable.Layout))
        {
            writer.WriteStartObject();
            writer.WriteNumber("records_processed", outcome.Books.Accepted);
            foreach ((string name, long value) in counts)
            {
                writer.WriteNumber(name, value);
            }

            writer.WriteEndObject();
        }

        return output.ToArray();
    }

    /// <summary>Describes the files: each KPI with its columns.</summary>
    private static string Dictionary(RunOutcome outcome, PipelineSetting setting)
    {
        var text = new StringBuilder();
        text.Append("# Data Dictionary\n\nWhat is in the files of this job: CSV in UTF-8 with a header; an empty cell is a missing value.\n");
        foreach (FileSetting file in setting.Files)
        {
            text.Append("\n## ").Append(file.Name).Append("\n\n");
            string kpi = Path.GetFileNameWithoutExtension(file.Name);
            if (file.Content == FileContent.Published && outcome.Results.FirstOrDefault(result => result.Definition.Name == kpi) is { } result)
            {
                Describe(text, result);
            }
            else
            {
                text.Append(file.Content switch
                {
                    FileContent.Counts => "The records that were accepted, and how many rows or values the results have.\n",
                    FileContent.Dictionary => "This description.\n",
                    _ => "A report of the run.\n",
                });
            }
        }

        return text.ToString();
    }

    private static void Describe(StringBuilder text, KpiResult result)
    {
        text.Append(result.Definition.Title).Append(".\n\n| Column | Type |\n|--------|------|\n");
        foreach (var column in result.Table.Schema.Columns)
        {
            text.Append("| ").Append(column.Name).Append(" | ").Append(column.Type).Append(" |\n");
        }
    }
}
