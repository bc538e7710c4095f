using Assay.Sql;

namespace Assay.Store;

/// <summary>
/// Tables that take the place of others, in databases where making or removing a table ends the transaction. The new one is
/// filled under the name of its staging; the transaction promises the exchange in Assay's books, and right after its commit
/// all promised tables change their names at once. Should the run end between the two, the next session does it.
/// </summary>
internal static class EngineExchange
{
    private const string Part = "promised";

    /// <summary>What the old table is called for the moment before it goes.</summary>
    private const string Old = "assay_old" + EngineSession.StagingSuffix;

    /// <summary>Promises that a table's staging takes its place; within the transaction that fills it.</summary>
    public static void Promise(EngineSession session, string table, CancellationToken cancellationToken) => EngineParts.Write(
        session, table, new Dictionary<string, string>(StringComparer.Ordinal) { [Part] = table + EngineSession.StagingSuffix }, cancellationToken);

    /// <summary>Keeps what was promised; outside a transaction. Can be repeated.</summary>
    public static void Finish(EngineSession session, CancellationToken cancellationToken)
    {
        foreach (string table in OwnTables.Rows(session, OwnTables.Parts, ("part", Part), cancellationToken).Select(row => row[0].Text!))
        {
            session.Execute(new DropTable(Old), cancellationToken);
            if (session.ColumnsOf(table + EngineSession.StagingSuffix, cancellationToken).Count > 0)
            {
                session.Execute(new ExchangeTable(table, table + EngineSession.StagingSuffix, Old), cancellationToken);
                session.Execute(new DropTable(Old), cancellationToken);
            }

            EngineParts.Write(session, table, new Dictionary<string, string>(StringComparer.Ordinal), cancellationToken);
        }
    }
}
