using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Images;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary><c>gitops-policy/images</c>: the images of a resource, and whether they come from where they may.</summary>
internal static class ImagesModule
{
    /// <summary>Makes the module.</summary>
    public static NativeModule Create() => new("gitops-policy/images", new Dictionary<string, Value>(StringComparer.Ordinal)
    {
        ["images"] = NativeFunction.Create("images", Images),
        ["imagesBefore"] = NativeFunction.Create("imagesBefore", ImagesBefore),
        ["parseImage"] = NativeFunction.Create("parseImage", ParseImage),
        ["inRegistry"] = NativeFunction.Create("inRegistry", InRegistry),
    });

    // images(change) or images(object): every image it names.
    private static Value Images(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var (node, id) = ModuleArguments.ObjectOf(arguments[0]);
        return Find(run, node, id);
    }

    // imagesBefore(change): every image that it named before the change.
    private static Value ImagesBefore(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var change = ModuleArguments.ChangeOf(run, arguments[0], "imagesBefore").Change;
        return Find(run, change.Before, change.Resource);
    }

    private static Value Find(ScriptRun run, Node? node, ResourceId? id)
    {
        ModuleArguments.ChargeFor(run, node, ImageFinder.ReadsTexts(node, id) ? Effort.Parsing : Effort.Looking);
        var found = ImageFinder.Find(node, id);
        ModuleArguments.ChargeForAnswer(run, found.Count);
        return ScriptValues.Array(found.Select(image => Value.Of(new ImageValue(image))));
    }

    // parseImage(text): the same for one reference.
    private static Value ParseImage(ScriptRun run, Value thisValue, Arguments arguments)
    {
        run.Charge(8);
        if (arguments[0].IsUnknown && ValueReader.TryGetNode(arguments[0], out var unknown))
            return Value.Of(new ImageValue(new FoundImage(unknown, "", ImageRole.Field, null)));
        if (!arguments[0].TryGetText(out var text)) throw run.WrongArgument("`parseImage` takes a string that is not sensitive");
        ModuleArguments.ChargeFor(run, text);
        var node = arguments[0].Origin ?? ScalarNode.String(text);
        return Value.Of(new ImageValue(new FoundImage(node, text, ImageRole.Field, null)));
    }

    // inRegistry(image, entries): whether one of the entries covers it; an unknown image gives an unknown answer.
    private static Value InRegistry(ScriptRun run, Value thisValue, Arguments arguments)
    {
        if (!ValueReader.TryGetHost<ImageValue>(arguments[0], out var image))
            throw run.WrongArgument("`inRegistry` takes an image, as `images` and `parseImage` give it");
        if (image.Image.Node.IsUnknown) return Value.Of(image.Image.Node);
        if (image.Image.Reference is not { } reference) return Value.Of(false);
        if (arguments[1].TryGetText(out var single)) return Value.Of(Covers(run, single, reference));
        foreach (var entry in ValueReader.Elements(run, arguments[1]))
            if (entry.TryGetText(out var text) && Covers(run, text, reference)) return Value.Of(true);
        return Value.Of(false);
    }

    // Both are split into their labels and segments, which are looked for one by one.
    private static bool Covers(ScriptRun run, string entry, ImageReference reference)
    {
        run.Charge(4 + ((entry.Length + reference.Registry.Length + reference.Path.Length) / 4));
        return Registries.Covers(entry, reference);
    }
}
