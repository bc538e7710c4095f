namespace Assay.Refine;

/// <summary>How numbers are written in some place: the character before the decimals, and the one between groups of digits.</summary>
internal sealed class NumberForm
{
    private readonly char _point;
    private readonly string _groups;
    private readonly int _inner;

    /// <summary>Makes a form.</summary>
    /// <param name="point">The character before the decimals: <c>.</c> or <c>,</c>.</param>
    /// <param name="group">The character between groups, another than <paramref name="point"/>, or null for none. A space stands for
    /// those that do not break, too, and <c>'</c> for the typographic apostrophe.</param>
    /// <param name="indian">Whether groups are of two digits but for the last: <c>12,34,567</c>.</param>
    public NumberForm(char point, char? group, bool indian = false)
    {
        _point = point;
        _groups = group switch
        {
            null => "",
            ' ' => " \u00A0\u202F",
            '\'' => "'\u2019",
            { } other => other.ToString(),
        };
        _inner = indian ? 2 : 3;
    }

    /// <summary>Whether plain digits with at most one point mean the same here.</summary>
    public bool IsPlain => _point == '.';

    /// <summary>A number so written, for messages.</summary>
    /// <param name="whole">Whether it is to have no decimals.</param>
    /// <returns>For example <c>1.234,50</c>.</returns>
    public string Example(bool whole)
    {
        string group = _groups.Length == 0 ? "" : _groups[..1];
        return (_inner == 2 ? $"12{group}34{group}567" : $"1{group}234") + (whole ? "" : $"{_point}50");
    }

    /// <summary>Writes a number plainly: digits with at most one point, a minus before them when it is negative.</summary>
    /// <param name="text">A text that may be a number of this form. Its sign stands before it, or, a minus, behind it; parentheses make
    /// it negative, too.</param>
    /// <returns>The number, or null when the text is none.</returns>
    public string? Plain(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        bool negative = false;
        if (text is ['(', .., ')'])
        {
            negative = true;
            text = text[1..^1].Trim();
        }
        else if (text is [.., '-' or '\u2212'])
        {
            negative = true;
            text = text[..^1].TrimEnd();
        }
        else if (text is ['+' or '-' or '\u2212', ..])
        {
            negative = text[0] != '+';
            text = text[1..].TrimStart();
        }

        return Unsigned(text) is { } number ? (negative ? "-" : "") + number : null;
    }

    private string? Unsigned(ReadOnlySpan<char> text)
    {
        int e = text.IndexOfAny('e', 'E');
        ReadOnlySpan<char> power = e < 0 ? default : text[e..];
        text = e < 0 ? text : text[..e];
        int point = text.IndexOf(_point);
        ReadOnlySpan<char> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<char> decimals = point < 0 ? default : text[(point + 1)..];
        bool grouped = !NumberText.AreDigits(whole);
        if (whole.Length + decimals.Length == 0
            || !NumberText.AreDigits(decimals)
            || (e >= 0 && (grouped || !IsPower(power)))
            || (grouped && !IsGrouped(whole)))
        {
            return null;
        }

        return string.Concat(grouped ? Ungroup(whole) : whole, point < 0 ? "" : ".", decimals, power);
    }

    /// <summary>Whether digits stand in groups. A number that has any does not begin with 0: <c>0.500</c> is a half, written as elsewhere.</summary>
    private bool IsGrouped(ReadOnlySpan<char> whole)
    {
        const int Last = 3;
        int ahead = whole.Length - Last - 1;
        if (ahead < 1 || whole[0] == '0')
        {
            return false;
        }

        for (int i = 0; i < whole.Length; i++)
        {
            // Counted from the last group's separator backwards.
            bool separator = i <= ahead && (ahead - i) % (_inner + 1) == 0;
            if (separator ? i == 0 || !_groups.Contains(whole[i], StringComparison.Ordinal) : !char.IsAsciiDigit(whole[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static string Ungroup(ReadOnlySpan<char> whole)
    {
        Span<char> digits = whole.Length <= 64 ? stackalloc char[64] : new char[whole.Length];
        int count = 0;
        foreach (char c in whole)
        {
            if (char.IsAsciiDigit(c))
            {
                digits[count++] = c;
            }
        }

        return digits[..count].ToString();
    }

    private static bool IsPower(ReadOnlySpan<char> power)
    {
        ReadOnlySpan<char> digits = power is [_, '+' or '-', ..] ? power[2..] : power[1..];
        return digits.Length > 0 && NumberText.AreDigits(digits);
    }
}
