using System.CommandLine;
using System.Globalization;
using Assay.App.MockApi;

namespace Assay.App.Cli;

/// <summary>The options that say how much a made-up API serves, and what goes wrong with it.</summary>
internal sealed class MockApiOptions
{
    private readonly Option<string[]> _records;
    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "What records and faults are drawn from. A fault depends on it, the address, and how often that was asked for, so a run repeats whatever its concurrency.",
        HelpName = "S",
        DefaultValueFactory = _ => 42,
        CustomParser = OptionValue.Parser("--seed", "a number from 0", (string text, out ulong value) =>
            ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)),
    };

    private readonly Option<double> _fail = Rate("--fail-rate", "The share of requests answered with 500 or 503. No address gives a fault of one kind more than twice in a row, nor more than three faults in a row: who tries four times gets through.");
    private readonly Option<double> _rateLimit = Rate("--rate-limit-rate", "The share answered with 429 and Retry-After, in seconds or as a date.");
    private readonly Option<double> _reset = Rate("--reset-rate", "The share whose connection is reset before an answer.");
    private readonly Option<double> _truncate = Rate("--truncate-rate", "The share whose body breaks off.");
    private readonly Option<double> _malformed = Rate("--malformed-rate", "The share whose body is no JSON, with status 200.");
    private readonly Option<double> _duplicate = Rate("--duplicate-rate", "The share of records listed, and counted, twice.");
    private readonly Option<double> _missing = Rate("--missing-rate", "The share of records that are counted in totals, but not listed.");
    private readonly Option<TimeSpan> _delay = new("--delay")
    {
        Description = "How long each answer takes, such as 20ms or 1.5s.",
        HelpName = "TIME",
        CustomParser = OptionValue.Parser<TimeSpan>("--delay", "a time such as 20ms or 1.5s, up to 10 minutes", TryTime),
    };

    private readonly Option<int?> _schemaChange = new("--schema-change-after")
    {
        Description = $"After this page, 0 for the first on, records have a field more: {PageWriter.AddedField}.",
        HelpName = "PAGE",
        CustomParser = OptionValue.Parser<int?>("--schema-change-after", "a number of pages from 0", (string text, out int? value) => TryWhole(text, 0, out value)),
    };

    private readonly Option<int?> _perSecond = new("--requests-per-second")
    {
        Description = "How many requests of any second are let in; others are answered with 429.",
        HelpName = "N",
        CustomParser = OptionValue.Parser<int?>("--requests-per-second", "a number from 1", (string text, out int? value) => TryWhole(text, 1, out value)),
    };

    private readonly Option<string?> _log = new("--request-log")
    {
        Description = "A file that gets a line for each request: time, method, address, status (0 when reset) and fault.",
        HelpName = "FILE",
    };

    /// <summary>Makes the options.</summary>
    public MockApiOptions()
    {
        _records = new Option<string[]>("--records")
        {
            Description = "How many records are made, or NAME=N of one of several datasets. [default: as generate.yaml says]",
            HelpName = "N",
            AllowMultipleArgumentsPerToken = false,
        };
        _records.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => !TryRecords(text, out _, out _)))
            {
                result.AddError($"--records takes a number from 0, or NAME=N; `{text}` is none");
            }
        });
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All =>
        [_records, _seed, _fail, _rateLimit, _reset, _truncate, _malformed, _duplicate, _missing, _delay, _schemaChange, _perSecond, _log];

    /// <summary>Adds them to a command that serves an API only when it is asked to.</summary>
    /// <param name="command">The command.</param>
    /// <param name="simulate">What asks it to.</param>
    public void AddTo(Command command, Option<bool> simulate)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (!result.GetValue(simulate) && All.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } given)
            {
                result.AddError($"{given.Name} is for an API that is made up; it needs {simulate.Name}");
            }
        });
    }

    /// <summary>What they say.</summary>
    public MockApiSettings Read(ParseResult parsed)
    {
        var records = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string text in parsed.GetValue(_records) ?? [])
        {
            TryRecords(text, out string name, out long count);
            records[name] = count;
        }

        return new MockApiSettings
        {
            Records = records,
            Seed = parsed.GetValue(_seed),
            FailRate = parsed.GetValue(_fail),
            RateLimitRate = parsed.GetValue(_rateLimit),
            ResetRate = parsed.GetValue(_reset),
            TruncateRate = parsed.GetValue(_truncate),
            MalformedRate = parsed.GetValue(_malformed),
            DuplicateRate = parsed.GetValue(_duplicate),
            MissingRate = parsed.GetValue(_missing),
            Delay = parsed.GetValue(_delay),
            SchemaChangeAfter = parsed.GetValue(_schemaChange),
            RequestsPerSecond = parsed.GetValue(_perSecond),
            LogFile = parsed.GetValue(_log),
        };
    }

    private static Option<double> Rate(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "R",
        CustomParser = OptionValue.Parser(name, "a number from 0 to 1", (string text, out double value) =>
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= 1),
    };

    private static bool TryTime(string text, out TimeSpan value)
    {
        double unit = text.EndsWith("ms", StringComparison.Ordinal) ? 1 : 1000;
        string number = text.EndsWith("ms", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('s') ? text[..^1] : "";
        bool isTime = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount)
            && amount * unit <= 600_000;
        value = isTime ? TimeSpan.FromMilliseconds(amount * unit) : default;
        return isTime;
    }

    private static bool TryWhole(string text, int least, out int? value)
    {
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least;
        value = number;
        return isNumber;
    }

    private static bool TryRecords(string text, out string name, out long count)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        name = equals < 0 ? "" : text[..equals];
        return long.TryParse(text[(equals + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out count) && equals != 0;
    }
}
