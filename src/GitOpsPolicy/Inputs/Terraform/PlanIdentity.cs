using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>What names a resource: the same fields in <c>resource_changes</c> and in a state.</summary>
internal static class PlanIdentity
{
    /// <summary>
    /// Reads the value at the token into the entry where the key is one of these fields; reads nothing where it is not.
    /// </summary>
    public static bool TryRead(JsonStreamReader reader, string key, PlanEntry entry)
    {
        switch (key)
        {
            case "address":
                (entry.Address, entry.Position) = reader.TextAndPosition(entry.Address);
                return true;
            case "mode":
                entry.Mode = reader.Text() ?? "";
                return true;
            case "type":
                entry.Type = reader.Text() ?? "";
                return true;
            case "name":
                entry.Name = reader.Text() ?? "";
                return true;
            case "provider_name":
                entry.Provider = reader.Text() ?? "";
                return true;
            default:
                return false;
        }
    }
}
