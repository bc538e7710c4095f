using System.Globalization;
using System.Text.RegularExpressions;
using Assay.App.Tests.House;

namespace Assay.Browser.Tests;

/// <summary>The colours of both themes, by the formula of WCAG 2.2, 1.4.3 and 1.4.11.</summary>
public sealed partial class ContrastTests
{
    private const double Text = 4.5;
    private const double Graphic = 3.0;

    private static readonly string Css = File.ReadAllText(Path.Combine(Repository.Root, "src/Assay.App/Server/www/assay.css"));

    /// <summary>Text: what is written in a colour, and on which.</summary>
    private static readonly (string Ink, string Ground, double Least)[] Pairs =
    [
        .. from ink in new[] { "ink", "soft", "accent" } from ground in new[] { "ground", "surface", "hover" } select (ink, ground, Text),
        .. from ink in new[] { "good", "bad", "warn", "live" } from ground in new[] { "surface", "ground" } select (ink, ground, Text),
        ("accent-ink", "accent", Text),
        ("ground", "ink", Text),
        .. from colour in Enumerable.Range(1, 8) select ($"c{colour}", "surface", Graphic),
    ];

    public static TheoryData<string> Themes => ["light", "dark"];

    [Theory]
    [MemberData(nameof(Themes))]
    public void Colours_WhenUsedTogether_ThenMeetAa(string theme)
    {
        Dictionary<string, string> colours = ColoursOf(theme);

        IEnumerable<string> tooFaint = Pairs
            .Select(pair => (pair.Ink, pair.Ground, pair.Least, Ratio: Contrast(colours[pair.Ink], colours[pair.Ground])))
            .Where(pair => pair.Ratio < pair.Least)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"--{pair.Ink} on --{pair.Ground}: {pair.Ratio:0.00}, not {pair.Least}"));

        Assert.Equal([], tooFaint);
    }

    [Fact]
    public void Colours_WhenTheThemeIsChosenOrTheSystems_ThenAreTheSame()
    {
        string[] dark = [.. Blocks().Matches(Css).Where(block => block.Groups["where"].Value != ":root").Select(block => block.Groups["body"].Value).Select(Normal).Where(body => body.Contains("--ground", StringComparison.Ordinal))];

        Assert.Equal(2, dark.Length);
        Assert.Equal(dark[0].Replace("color-scheme: dark;", "", StringComparison.Ordinal).Trim(), dark[1].Replace("color-scheme: dark;", "", StringComparison.Ordinal).Trim());
    }

    [Theory]
    [InlineData("#000000", "#ffffff", 21.0)]
    [InlineData("#767676", "#ffffff", 4.54)]
    public void Contrast_WhenOfKnownColours_ThenIsTheStandards(string one, string other, double expected) =>
        Assert.Equal(expected, Contrast(one, other), 2);

    private static string Normal(string body) => Spaces().Replace(body, " ").Trim();

    private static Dictionary<string, string> ColoursOf(string theme)
    {
        string where = theme == "light" ? ":root" : ":root[data-theme=\"dark\"]";
        string body = Blocks().Matches(Css).First(block => block.Groups["where"].Value == where).Groups["body"].Value;
        return Colour().Matches(body).ToDictionary(colour => colour.Groups["name"].Value, colour => colour.Groups["value"].Value, StringComparer.Ordinal);
    }

    private static double Contrast(string one, string other)
    {
        double[] both = [Luminance(one), Luminance(other)];
        return (both.Max() + 0.05) / (both.Min() + 0.05);
    }

    private static double Luminance(string colour) => (0.2126 * Linear(colour, 1)) + (0.7152 * Linear(colour, 3)) + (0.0722 * Linear(colour, 5));

    private static double Linear(string colour, int at)
    {
        double part = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex(@"(?<where>:root[^\s{]*)\s*\{(?<body>[^}]*)\}")]
    private static partial Regex Blocks();

    [GeneratedRegex(@"--(?<name>[\w-]+):\s*(?<value>#[0-9a-f]{6});")]
    private static partial Regex Colour();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
