namespace Assay.Data;

/// <summary>The value without its sign.</summary>
internal readonly struct AbsoluteMap : INumericMap
{
    public bool TryApply(long value, out long result)
    {
        result = value < 0 ? unchecked(-value) : value;
        return result >= 0;
    }

    public bool TryApply(Int128 value, out Int128 result)
    {
        result = value < 0 ? unchecked(-value) : value;
        return result >= 0;
    }
}

/// <summary>-1, 0 or 1.</summary>
internal readonly struct SignMap : INumericMap
{
    public bool TryApply(long value, out long result)
    {
        result = (value >> 63) | (long)((ulong)-value >> 63);
        return true;
    }

    public bool TryApply(Int128 value, out Int128 result)
    {
        result = Int128.Sign(value);
        return true;
    }
}

/// <summary>The value with fewer digits after the point, half to even.</summary>
internal readonly struct RoundMap(int digits) : INumericMap
{
    private readonly long _narrow = digits <= 18 ? (long)Decimals.PowerOfTen(digits) : 0;

    public bool TryApply(long value, out long result)
    {
        result = 0;
        if (_narrow == 0)
        {
            return false;
        }

        result = value / _narrow;
        long rest = Math.Abs(value - (result * _narrow));
        long over = rest - (_narrow - rest);
        if (over > 0 || (over == 0 && (result & 1) != 0))
        {
            result += value < 0 ? -1 : 1;
        }

        return true;
    }

    public bool TryApply(Int128 value, out Int128 result)
    {
        result = Decimals.Rescale(value, digits, 0);
        return true;
    }
}

/// <summary>The largest whole number that is not greater.</summary>
internal readonly struct FloorMap(int digits) : INumericMap
{
    private readonly long _narrow = digits <= 18 ? (long)Decimals.PowerOfTen(digits) : 0;

    public bool TryApply(long value, out long result)
    {
        result = _narrow == 0 ? 0 : value / _narrow;
        result -= value < result * _narrow ? 1 : 0;
        return _narrow != 0;
    }

    public bool TryApply(Int128 value, out Int128 result)
    {
        Int128 unit = Decimals.PowerOfTen(digits);
        result = value / unit;
        result -= value < result * unit ? 1 : 0;
        return true;
    }
}

/// <summary>The least whole number that is not smaller.</summary>
internal readonly struct CeilingMap(int digits) : INumericMap
{
    private readonly long _narrow = digits <= 18 ? (long)Decimals.PowerOfTen(digits) : 0;

    public bool TryApply(long value, out long result)
    {
        result = _narrow == 0 ? 0 : value / _narrow;
        result += value > result * _narrow ? 1 : 0;
        return _narrow != 0;
    }

    public bool TryApply(Int128 value, out Int128 result)
    {
        Int128 unit = Decimals.PowerOfTen(digits);
        result = value / unit;
        result += value > result * unit ? 1 : 0;
        return true;
    }
}

/// <summary>The value as it is, unless it has too many digits.</summary>
internal readonly struct LimitMap(int digits) : INumericMap
{
    private readonly Int128 _end = Decimals.PowerOfTen(digits);
    private readonly long _narrowEnd = digits <= 18 ? (long)Decimals.PowerOfTen(digits) : long.MaxValue;

    public bool TryApply(long value, out long result)
    {
        result = value;
        return value < _narrowEnd && value > -_narrowEnd;
    }

    public bool TryApply(Int128 value, out Int128 result)
    {
        result = value;
        return value < _end && value > -_end;
    }
}
