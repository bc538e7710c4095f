namespace Assay.Store;

/// <summary>Does what commits promised. Every step can be done again, so that a crash on the way does no harm.</summary>
internal static class PendingChanges
{
    /// <summary>Whether there is anything to do.</summary>
    public static bool Any(StateConnection connection) => connection.Number("SELECT EXISTS (SELECT 1 FROM pending)") != 0;

    /// <summary>Renames and removes all that is pending, and then forgets it. Other processes wait meanwhile.</summary>
    /// <param name="connection">The state.</param>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="isRebuilding">Whether changes whose files are lost are passed over.</param>
    /// <exception cref="StoreException">A file cannot be renamed or removed, or is lost.</exception>
    public static void Apply(StateConnection connection, AssayHome home, bool isRebuilding)
    {
        if (!Any(connection))
        {
            return;
        }

        connection.InTransaction(() =>
        {
            // None is left when another process did them meanwhile.
            List<(string From, string? To)> changes = connection.Query(
                "SELECT from_path, to_path FROM pending ORDER BY id",
                row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)));
            IEnumerable<SilverRename> renames = changes.Where(change => change.To is not null)
                .Select(change => new SilverRename(change.From, change.To!))
                .Where(rename => !isRebuilding || File.Exists(home.Full(rename.From)));
            SilverFiles.Apply(home, renames, changes.Where(change => change.To is null).Select(change => change.From));
            connection.Execute("DELETE FROM pending");
        });
    }

    /// <summary>Refuses a commit that promises what cannot be done.</summary>
    /// <exception cref="StoreException">A file that is to be renamed is missing.</exception>
    public static void RequireStaged(IReadOnlyList<PendingChange> changes, AssayHome home)
    {
        foreach (PendingChange change in changes.Where(change => change.To is not null))
        {
            string staged = home.Full(change.From);
            if (!File.Exists(staged))
            {
                throw new StoreException(staged, $"{staged} was removed while the run was under way; run again");
            }
        }
    }
}
