using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>What the configuration writes out in one place.</summary>
/// <param name="Address">Whose arguments they are: <c>module.db.aws_db_instance.main</c>, <c>provider.aws</c>,
/// <c>module.db</c>.</param>
/// <param name="Values">The arguments that are constants.</param>
internal sealed record PlanConstants(string Address, Node Values);

/// <summary>
/// Reads <c>configuration</c>: what is written out in it, which is in Git too, whatever masks the values have elsewhere. Of an
/// expression only its <c>constant_value</c> is kept; what refers to something else is no constant.
/// </summary>
internal sealed class PlanConfigurationReader(JsonStreamReader reader, SourceFile file)
{
    /// <summary>Shorter texts are no secrets.</summary>
    private const int ShortestText = 6;

    /// <summary>Constants by place.</summary>
    public List<PlanConstants> Constants { get; } = [];

    /// <summary>Names of the root variables that are declared sensitive.</summary>
    public HashSet<string> SensitiveVariables { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the section whose name the token is.</summary>
    public void Read()
    {
        foreach (var section in reader.Properties())
        {
            if (section == "root_module") ReadModule("");
            else if (section == "provider_config") ReadProviders();
            else reader.SkipValue();
        }
    }

    private void ReadProviders()
    {
        foreach (var name in reader.Properties())
            if (reader.ReadValue() is MappingNode provider) Keep($"provider.{name}", provider["expressions"]);
    }

    private void ReadModule(string prefix)
    {
        foreach (var part in reader.Properties())
        {
            switch (part)
            {
                case "variables":
                    ReadVariables(prefix);
                    break;
                case "resources":
                    ReadResources(prefix);
                    break;
                case "module_calls":
                    ReadCalls(prefix);
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }
    }

    // The default of a root variable that is not sensitive is its value in the plan, or is not used.
    private void ReadVariables(string prefix)
    {
        foreach (var name in reader.Properties())
        {
            if (reader.ReadValue() is not MappingNode declaration) continue;
            var isSensitive = declaration["sensitive"] is ScalarNode { IsTrue: true };
            if (isSensitive && prefix.Length == 0) SensitiveVariables.Add(name);
            if ((isSensitive || prefix.Length > 0) && Constant(declaration["default"]) is { } value)
                Keep(
                    $"{prefix}var.{name}",
                    new MappingNode([new("constant_value", declaration.Position, value)], declaration.Position), name);
        }
    }

    private void ReadResources(string prefix)
    {
        foreach (var _ in reader.Items())
        {
            if (reader.ReadValue() is not MappingNode resource || resource["address"] is not ScalarNode address) continue;
            Keep(prefix + address.Text, resource["expressions"]);
            Keep(prefix + address.Text, resource["provisioners"], "provisioners");
        }
    }

    private void ReadCalls(string prefix)
    {
        foreach (var name in reader.Properties())
        {
            foreach (var key in reader.Properties())
            {
                if (key == "module") ReadModule($"{prefix}module.{name}.");
                else if (key == "expressions") Keep($"{prefix}module.{name}", reader.ReadValue());
                else reader.SkipValue();
            }
        }
    }

    private void Keep(string address, Node? expressions, string? name = null)
    {
        if (expressions is null || !HoldsText(expressions) || OnlyConstants(expressions) is not { } constants) return;
        var root = name is null ? constants : new MappingNode([new(name, constants.Position, constants)], constants.Position);
        Constants.Add(new(address, new Document(file, Constants.Count, root).Root));
    }

    private static bool HoldsText(Node node)
    {
        if (node is ScalarNode { Kind: NodeKind.String } scalar) return scalar.Text.Length >= ShortestText;
        foreach (var item in node.ItemsOf())
            if (HoldsText(item)) return true;
        foreach (ref readonly var entry in node.EntriesOf())
            if (entry.Key != "references" && HoldsText(entry.Value)) return true;
        return false;
    }

    // An expression is `{constant_value}` or `{references}`; a nested block is a mapping of expressions, or a list of those.
    private static Node? OnlyConstants(Node node)
    {
        switch (node)
        {
            case MappingNode mapping when mapping.TryGet("constant_value", out var value):
                return Constant(value);
            case MappingNode mapping:
                var entries = new List<MappingEntry>();
                foreach (ref readonly var entry in mapping.Entries)
                    if (entry.Key != "references" && OnlyConstants(entry.Value) is { } kept)
                        entries.Add(new(entry.Key, entry.Value.Position, kept));
                return entries.Count == 0 ? null : new MappingNode([.. entries], mapping.Position);
            case SequenceNode sequence:
                var items = sequence.Items.ToArray().Select(OnlyConstants).OfType<Node>().ToArray();
                return items.Length == 0 ? null : new SequenceNode([.. items], sequence.Position);
            case ScalarNode scalar:
                return scalar.CopyAt(scalar.Position, NodeFlags.None);
            default:
                return null;
        }
    }

    private static Node? Constant(Node? value) =>
        value is null or { Kind: NodeKind.Null } ? null : MaskOverlay.Apply(value, null, null);
}
