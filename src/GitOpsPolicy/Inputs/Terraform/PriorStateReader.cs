using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Secrets;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// Reads <c>prior_state</c> for its data sources in which a secret is found. What is managed stands in <c>resource_changes</c>
/// too, and is passed over.
/// </summary>
internal sealed class PriorStateReader(JsonStreamReader reader, SourceFile file)
{
    /// <summary>The data sources, their values in <see cref="PlanEntry.After"/>.</summary>
    public List<PlanEntry> Data { get; } = [];

    /// <summary>Reads the section whose name the token is.</summary>
    public void Read()
    {
        foreach (var section in reader.Properties())
        {
            if (section != "values") reader.SkipValue();
            else
                foreach (var part in reader.Properties()) ReadModuleAt(part == "root_module");
        }
    }

    private void ReadModuleAt(bool isModule)
    {
        if (!isModule)
        {
            reader.SkipValue();
            return;
        }

        foreach (var part in reader.Properties())
        {
            if (part == "resources") ReadResources();
            else if (part == "child_modules")
                foreach (var _ in reader.Items()) ReadModuleAt(true);
            else reader.SkipValue();
        }
    }

    private void ReadResources()
    {
        foreach (var _ in reader.Items())
        {
            var entry = ReadResource();
            if (entry is { Mode: "data", Address.Length: > 0, Type.Length: > 0, After: not null }
                && SecretFinder.Find(entry.After).Any(found => !found.Node.IsSensitive))
                Data.Add(entry);
        }
    }

    private PlanEntry ReadResource()
    {
        var entry = new PlanEntry { Position = reader.Position };
        Node? values = null, sensitive = null;
        foreach (var key in reader.Properties())
        {
            switch (key)
            {
                case "values" when entry.Mode == "data":
                    values = reader.ReadValue();
                    break;
                case "sensitive_values" when entry.Mode == "data":
                    sensitive = reader.ReadValue();
                    break;
                default:
                    if (!PlanIdentity.TryRead(reader, key, entry)) reader.SkipValue();
                    break;
            }
        }

        if (values is MappingNode) entry.After = new Document(file, Data.Count, MaskOverlay.Apply(values, null, sensitive)).Root;
        return entry;
    }
}
