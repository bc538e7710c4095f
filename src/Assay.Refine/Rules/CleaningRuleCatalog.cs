using Assay.Data;

namespace Assay.Refine;

/// <summary>The cleaning rules there are, by the names under which pipelines ask for them.</summary>
public sealed class CleaningRuleCatalog
{
    private readonly Dictionary<string, Func<RuleReader, CleaningRule>> _rules;

    private CleaningRuleCatalog(Dictionary<string, Func<RuleReader, CleaningRule>> rules) => _rules = rules;

    /// <summary>The rules that Assay brings.</summary>
    public static CleaningRuleCatalog Default { get; } = new(new Dictionary<string, Func<RuleReader, CleaningRule>>(StringComparer.Ordinal)
    {
        ["trim"] = reader => Bare(reader, new TrimRule()),
        ["collapse_spaces"] = reader => Bare(reader, new CollapseSpacesRule()),
        ["lower"] = reader => Bare(reader, new LetterCaseRule(upper: false)),
        ["upper"] = reader => Bare(reader, new LetterCaseRule(upper: true)),
        ["title_case"] = reader => Bare(reader, new TitleCaseRule()),
        ["map"] = reader => new MapRule(reader.Map()),
        ["digits"] = reader => Bare(reader, new DigitsRule()),
        ["currency"] = reader => new CurrencyRule(reader.Texts("for example `{ currency: [$, USD] }`", optional: true)),
        ["unit"] = reader => new UnitRule(reader.Texts("for example `{ unit: [unit, units] }`") ?? []),
        ["number"] = Number,
        ["thousands"] = reader => Bare(reader, new ThousandsRule()),
        ["email"] = Email,
        ["phone"] = Phone,
        ["phone_in"] = IndianPhone,
        ["default"] = reader => new DefaultRule(reader.OneText("for example `{ default: unknown }`")),
        ["null_if"] = reader => new NullIfRule(reader.Texts("for example `{ null_if: [N/A, none] }`") ?? []),
    });

    /// <summary>The names of the rules.</summary>
    public IReadOnlyCollection<string> Names => _rules.Keys;

    /// <summary>A catalog with one rule more.</summary>
    /// <param name="name">Its name: a small letter, then small letters, digits and <c>_</c>.</param>
    /// <param name="clean">Gives the cleaner text of a value that is there, <c>default</c> when it means that the value is missing, or
    /// <see cref="CleanText.Refused"/>. It is called from several threads at once, and not for every row: the same text must
    /// always give the same.</param>
    /// <param name="expectation">What it expects of a value, in words, for the quarantine and reports.</param>
    /// <returns>The catalog; this one is not changed.</returns>
    /// <exception cref="ArgumentException">There is a rule of that name, or the name is none.</exception>
    public CleaningRuleCatalog With(string name, Func<string, CleanText> clean, string expectation)
    {
        if (name.Length == 0 || !char.IsAsciiLetterLower(name[0]) || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new ArgumentException($"`{name}` cannot name a cleaning rule: use a-z, 0-9 and `_`, a letter first.", nameof(name));
        }

        if (_rules.ContainsKey(name))
        {
            throw new ArgumentException($"There is a cleaning rule `{name}` already: take another name.", nameof(name));
        }

        var rule = new RegisteredRule(name, clean, expectation);
        return new CleaningRuleCatalog(new Dictionary<string, Func<RuleReader, CleaningRule>>(_rules, StringComparer.Ordinal)
        {
            [name] = reader => Bare(reader, rule),
        });
    }

    /// <summary>Makes a rule.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="argument">What the pipeline gives to it.</param>
    /// <param name="maps">The pipeline's maps by name: spelling to the name that is meant.</param>
    /// <param name="problem">What is wrong with the name or the argument; null when a rule is given.</param>
    /// <returns>The rule, or null when something is wrong.</returns>
    public CleaningRule? Create(
        string name,
        RuleArgument argument,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> maps,
        out RuleProblem? problem)
    {
        if (!_rules.TryGetValue(name, out Func<RuleReader, CleaningRule>? make))
        {
            problem = new RuleProblem(
                $"unknown cleaning rule `{name}`",
                DidYouMean.Hint(name, _rules.Keys) ?? $"the rules are {string.Join(", ", _rules.Keys)}");
            return null;
        }

        var reader = new RuleReader(name, argument, maps);
        CleaningRule rule = make(reader);
        problem = reader.Problem;
        return problem is null ? rule : null;
    }

    private static CleaningRule Bare(RuleReader reader, CleaningRule rule)
    {
        reader.ExpectNothing();
        return rule;
    }

    private static EmailRule Email(RuleReader reader)
    {
        reader.Options("invalid");
        return new EmailRule(reader.InvalidIsMissing());
    }

    private static NumberRule Number(RuleReader reader)
    {
        reader.Options("decimal", "group", "indian");
        char point = reader.Mark("decimal", ".,") ?? '.';
        char? group = reader.Mark("group", "., '");
        bool indian = reader.Flag("indian");
        if (group == point)
        {
            reader.Fail(
                $"`{point}` cannot both group the digits and stand before the decimals",
                "for example `{ number: { decimal: \",\", group: \".\" } }`");
        }

        if (indian && group is null)
        {
            reader.Fail("`indian` says how digits are grouped, and there is no `group`", "for example `{ number: { group: \",\", indian: true } }`", "indian");
        }

        return new NumberRule(new NumberForm(point, group, indian));
    }

    private static PhoneRule Phone(RuleReader reader)
    {
        reader.Options("country", "digits", "first", "invalid");
        string? country = reader.Digits("country", most: 3);
        if (country is null)
        {
            reader.Fail("rule `phone` needs `country`, a calling code", "for example `{ phone: { country: \"91\", digits: 10, first: \"6-9\" } }`");
        }

        int digits = reader.Number("digits", least: 4, most: 14);
        return new PhoneRule(country ?? "", digits, reader.Digits("first", most: 10, range: true) ?? "0123456789", reader.InvalidIsMissing());
    }

    // The numbering plan of India: ten digits for a mobile number, the first of them 6 to 9.
    private static PhoneRule IndianPhone(RuleReader reader)
    {
        reader.Options("invalid");
        return new PhoneRule("91", 10, "6789", reader.InvalidIsMissing());
    }
}
