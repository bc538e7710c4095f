namespace Assay.Store.Tests.Engines;

/// <summary>Tests of this class that are <see cref="EngineFactAttribute"/> or <see cref="EngineTheoryAttribute"/> need a server; they are reported as
/// skipped where there is none, and fail where CI is set.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsServerAttribute(EngineKind kind) : Attribute
{
    public EngineKind Kind { get; } = kind;
}
