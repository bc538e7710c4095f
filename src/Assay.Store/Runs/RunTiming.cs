namespace Assay.Store;

/// <summary>How long a part of a run took.</summary>
/// <param name="Stage">The part.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
public sealed record RunTiming(string Stage, double Seconds);
