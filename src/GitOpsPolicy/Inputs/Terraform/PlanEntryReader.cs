using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>
/// Reads entries of <c>resource_changes</c> from the stream. Each value that is kept becomes a document of its own, so that
/// nothing else of the entry stays in memory and pointers start at the attributes.
/// </summary>
internal sealed class PlanEntryReader(JsonStreamReader reader, SourceFile file)
{
    private int documents;

    /// <summary>Reads the entry that starts at the token.</summary>
    public PlanEntry Read()
    {
        var entry = new PlanEntry { Position = reader.Position };
        foreach (var key in reader.Properties())
        {
            switch (key)
            {
                case "previous_address":
                    entry.PreviousAddress = reader.Text();
                    break;
                case "module_address":
                    entry.Module = reader.Text() ?? "";
                    break;
                case "index":
                    entry.Index = reader.Text();
                    break;
                case "index_unknown":
                    if (reader.Flag() == true) entry.Index = "*";
                    break;
                case "deposed":
                    entry.Deposed = reader.Text();
                    break;
                case "action_reason":
                    entry.Reason = reader.Text();
                    break;
                case "change":
                    ReadChange(entry);
                    break;
                default:
                    if (!PlanIdentity.TryRead(reader, key, entry)) reader.SkipValue();
                    break;
            }
        }

        Settle(entry);
        return entry;
    }

    /// <summary>Reads the change of the output whose name the token is. It has the shape of any <c>change</c>.</summary>
    public PlanEntry ReadOutput(string name)
    {
        var entry = new PlanEntry { Name = name, Position = reader.Position };
        ReadChange(entry);
        var isNoOp = ReferenceEquals(entry.Before, entry.After);
        entry.Before = PlanOutputs.State(entry.Before);
        entry.After = isNoOp ? entry.Before : PlanOutputs.State(entry.After);
        Settle(entry);
        return entry;
    }

    private void ReadChange(PlanEntry entry)
    {
        Node? unknown = null, sensitiveBefore = null, sensitiveAfter = null;
        foreach (var key in reader.Properties())
        {
            switch (key)
            {
                case "actions":
                    entry.Actions = [.. Items(
                        reader.ReadValue()).Select(action =>
                            action is ScalarNode { Kind: NodeKind.String } word ? word.Text : "?")];
                    break;
                case "before":
                    entry.Before = reader.ReadValue();
                    break;
                case "after" when entry.IsNoOp:
                    reader.SkipValue();
                    break;
                case "after":
                    entry.After = reader.ReadValue();
                    break;
                case "after_unknown":
                    unknown = reader.ReadValue();
                    break;
                case "before_sensitive":
                    sensitiveBefore = reader.ReadValue();
                    break;
                case "after_sensitive":
                    sensitiveAfter = reader.ReadValue();
                    break;
                case "importing":
                    entry.Imports = reader.ReadValue() is MappingNode;
                    break;
                case "replace_paths":
                    entry.ReplacePaths = [.. Items(reader.ReadValue()).Select(
                        path => JsonPointer.Format(Items(path).OfType<ScalarNode>().Select(step => step.Text)))];
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }

        ApplyMasks(entry, unknown, sensitiveBefore, sensitiveAfter);
    }

    private static void ApplyMasks(PlanEntry entry, Node? unknown, Node? sensitiveBefore, Node? sensitiveAfter)
    {
        entry.Before = Masked(entry.Before, unknown: null, sensitiveBefore);
        if (entry.IsNoOp) entry.After = entry.Before = Masked(entry.Before, unknown: null, sensitiveAfter);
        else entry.After = Masked(entry.After, unknown, sensitiveAfter);
    }

    // Most masks name nothing, and then the value needs no copy. A value that is left out may still be unknown.
    private static Node? Masked(Node? value, Node? unknown, Node? sensitive) =>
        MaskOverlay.Applies(unknown) || MaskOverlay.Applies(sensitive)
            ? MaskOverlay.Apply(value ?? ScalarNode.Null(), unknown, sensitive)
            : value;

    // What does not change is one document, before as after.
    private void Settle(PlanEntry entry)
    {
        var isNoOp = ReferenceEquals(entry.Before, entry.After);
        entry.Before = Settle(entry.Before);
        entry.After = isNoOp ? entry.Before : Settle(entry.After);
    }

    // In a plan null means that the whole resource is not there. An unknown value is there.
    private Node? Settle(Node? value) =>
        value is null or { Kind: NodeKind.Null, IsUnknown: false } ? null : new Document(file, documents++, value).Root;

    private static ImmutableArray<Node> Items(Node node) => node is SequenceNode sequence ? [.. sequence.Items] : [];
}
