using Assay.Store;

namespace Assay.App.Server;

/// <summary>Who may use an endpoint; of several, the last counts.</summary>
/// <param name="Role">The role that is needed; null lets anybody.</param>
internal sealed record Access(ApiRole? Role);
