namespace Assay.App.Engines;

/// <summary>What people are told of the database that a run was computed by.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Version">Its product and version.</param>
/// <param name="Loads">What was written, by table.</param>
/// <param name="Orphans">The references without a row to refer to, those that have none left out.</param>
internal sealed record DatabaseNotes(
    EngineChoice Engine, string Version, IReadOnlyList<TableLoadNote> Loads, IReadOnlyList<OrphanNote> Orphans);
