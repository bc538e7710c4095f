using System.CommandLine;
using System.Globalization;
using Assay.App.Pipelines;
using Assay.App.Runs;

namespace Assay.App.Cli;

/// <summary>The options of a run that matter to pipelines which keep bronze and silver.</summary>
internal sealed class LayerOptions
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd"];
    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    private readonly Option<Layer?> _until = new("--until")
    {
        Description = "The last layer to change: bronze keeps the new files' bytes, silver loads them, gold computes the results; gold unless given.",
        HelpName = "bronze|silver|gold",
        CustomParser = OptionValue.Parser("--until", "bronze, silver or gold", (string text, out Layer? value) =>
        {
            bool isLayer = Enum.TryParse(text, ignoreCase: true, out Layer layer) && Enum.IsDefined(layer) && !char.IsAsciiDigit(text[0]);
            value = layer;
            return isLayer;
        }),
    };

    private readonly Option<string?> _asOf = new("--as-of")
    {
        Description = "The moment that windows such as the last 30 days look back from, in the pipeline's time zone: 2025-11-06 (its end) or 2025-11-06T12:00. The newest row's, unless given.",
        HelpName = "TIME",
    };

    private readonly Option<bool> _fullRefresh = new("--full-refresh") { Description = "Rebuild silver and gold from bronze, by the rules of today." };

    private readonly Option<bool> _allowPartial = new("--allow-partial") { Description = "Of a document that breaks off, take what comes before the fault." };

    private readonly Option<string?> _maxMemory = new("--max-memory")
    {
        Description = "What merging may hold in memory before it goes on on the disk, such as 512MiB; a quarter of the machine's unless given.",
        HelpName = "SIZE",
    };

    public LayerOptions()
    {
        _asOf.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && ParseMoment(text, TimeZoneInfo.Utc) is null)
            {
                result.AddError($"--as-of takes a date such as 2025-11-06 or a time such as 2025-11-06T12:00; `{text}` is none");
            }
        });
        _maxMemory.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && (!ByteSize.TryParse(text, out long bytes) || bytes < 64 << 20))
            {
                result.AddError($"--max-memory takes a size from 64MiB, such as 512MiB; `{text}` is none");
            }
        });
    }

    /// <summary>Adds those to a command that say what is to be done.</summary>
    public void AddGoalsTo(Command command)
    {
        command.Add(_until);
        command.Add(_asOf);
        command.Add(_fullRefresh);
    }

    /// <summary>Adds the moment that windows look back from, alone, to a command.</summary>
    public void AddAsOfTo(Command command) => command.Add(_asOf);

    /// <summary>The moment that windows look back from, or null when none was given.</summary>
    public DateTime? AsOf(ParseResult parsed, PipelineDefinition pipeline) =>
        parsed.GetValue(_asOf) is { } text ? ParseMoment(text, pipeline.TimeZone) : null;

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        AddGoalsTo(command);
        command.Add(_allowPartial);
        command.Add(_maxMemory);
    }

    /// <summary>Completes a run's options.</summary>
    /// <exception cref="DefinitionException">One of them asks for a layer that the pipeline does not keep.</exception>
    public RunOptions Apply(ParseResult parsed, PipelineDefinition pipeline, RunOptions options)
    {
        Layer until = parsed.GetValue(_until) ?? Layer.Gold;
        bool fullRefresh = parsed.GetValue(_fullRefresh);
        if ((until != Layer.Gold || fullRefresh) && !pipeline.KeepsSilver)
        {
            throw new DefinitionException([new DefinitionError(
                pipeline.File,
                0,
                0,
                $"`{pipeline.Name}` keeps no silver, so {(fullRefresh ? "--full-refresh has nothing to rebuild" : "--until has nothing to stop at")}",
                "write `layers: [bronze, silver, gold]` in the pipeline")]);
        }

        return options with
        {
            Until = until,
            FullRefresh = fullRefresh,
            AllowPartial = parsed.GetValue(_allowPartial),
            AsOf = AsOf(parsed, pipeline),
            MaxMemory = parsed.GetValue(_maxMemory) is { } size && ByteSize.TryParse(size, out long bytes) ? bytes : null,
        };
    }

    /// <summary>Reads a moment: a day means its last microsecond, a time with an offset is brought to the zone.</summary>
    /// <returns>The moment, local to the zone; null when it is none.</returns>
    internal static DateTime? ParseMoment(string text, TimeZoneInfo zone)
    {
        if (DateTime.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day))
        {
            return day.AddDays(1).AddMicroseconds(-1);
        }

        if (DateTime.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
        {
            return time;
        }

        string[] zoned = [.. TimeFormats.Select(format => format + "zzz"), .. TimeFormats.Select(format => format + "'Z'")];
        return DateTimeOffset.TryParseExact(text, zoned, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? TimeZoneInfo.ConvertTime(moment, zone).DateTime
            : null;
    }
}
