using GitOpsPolicy.Changes;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// Takes an address apart where a plan gives nothing but the address: <c>module.db["a.b"].aws_db_instance.main[0]</c>.
/// </summary>
internal static class PlanAddress
{
    /// <summary>
    /// The id that an address stands for. An address of an unexpected shape becomes the name of a resource without type.
    /// </summary>
    public static TerraformId Parse(string address, string provider)
    {
        var steps = Steps(address);
        var isData = false;
        var at = 0;
        while (at + 1 < steps.Count && steps[at] == "module") at += 2;
        if (at < steps.Count && steps[at] == "data") (isData, at) = (true, at + 1);
        if (steps.Count - at != 2) return new(address, "", address, provider);
        var module = string.Join('.', steps.Take(isData ? at - 1 : at));
        var bracket = steps[at + 1].IndexOf('[');
        return bracket < 0
            ? new(address, steps[at], steps[at + 1], provider, module, IsData: isData)
            : new(
                address, steps[at], steps[at + 1][..bracket], provider, module, Key(steps[at + 1][(bracket + 1)..].TrimEnd(']')),
                IsData: isData);
    }

    /// <summary>
    /// The address without the instance's own key: <c>module.db["a"].aws_db_instance.main</c> for each of its instances.
    /// </summary>
    public static string OfAllInstances(TerraformId id)
    {
        var resource = id.IsData ? $"data.{id.Type}.{id.Name}" : $"{id.Type}.{id.Name}";
        return id.Module.Length == 0 ? resource : $"{id.Module}.{resource}";
    }

    private static string Key(string spelt) =>
        spelt.Length >= 2 && spelt[0] == '"' ? spelt[1..^1].Replace("\\\"", "\"").Replace(@"\\", @"\") : spelt;

    // Dots count only outside of brackets, and brackets only outside of quotes.
    private static List<string> Steps(string address)
    {
        var steps = new List<string>();
        var start = 0;
        var (inQuotes, inBrackets) = (false, false);
        for (var i = 0; i < address.Length; i++)
        {
            switch (address[i])
            {
                case '\\' when inQuotes:
                    i++;
                    break;
                case '"':
                    inQuotes = !inQuotes;
                    break;
                case '[' or ']' when !inQuotes:
                    inBrackets = address[i] == '[';
                    break;
                case '.' when !inQuotes && !inBrackets:
                    steps.Add(address[start..i]);
                    start = i + 1;
                    break;
                default:
                    break;
            }
        }

        steps.Add(address[start..]);
        return steps;
    }
}
