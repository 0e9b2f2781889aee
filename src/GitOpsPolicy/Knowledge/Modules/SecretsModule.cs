using GitOpsPolicy.Knowledge.Secrets;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Knowledge.Modules;

/// <summary>
/// <c>gitops-policy/secrets</c>: secrets in clear, and what encrypted files look like. No value ever comes out in clear.
/// </summary>
internal static class SecretsModule
{
    /// <summary>Makes the module.</summary>
    public static NativeModule Create() => new("gitops-policy/secrets", new Dictionary<string, Value>(StringComparer.Ordinal)
    {
        ["findSecrets"] = NativeFunction.Create("findSecrets", FindSecrets),
        ["secretValues"] = NativeFunction.Create("secretValues", SecretValues),
        ["sopsState"] = NativeFunction.Create("sopsState", SopsState),
        ["sealedProblems"] = NativeFunction.Create("sealedProblems", SealedProblems),
        ["isPlaceholder"] = NativeFunction.Create("isPlaceholder", IsPlaceholder),
        ["isSecretName"] = NativeFunction.Create("isSecretName", IsSecretName),
    });

    // findSecrets(change) or findSecrets(object): every secret in clear, the surest first within a value.
    private static Value FindSecrets(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var (node, id) = ModuleArguments.ObjectOf(arguments[0]);
        if (node is null && ValueReader.TryGetNode(arguments[0], out var scalar)) node = scalar;
        if (node is { Detections: not null }) run.Charge(1);
        else ModuleArguments.ChargeFor(run, node, Effort.Detecting);
        var secrets = SecretFinder.Find(node, SecretFinder.NameOf(id));
        ModuleArguments.ChargeForAnswer(run, secrets.Count);
        return ScriptValues.Array(secrets.Select(secret => Value.Of(new FoundSecretValue(secret))));
    }

    // secretValues(object): the values of a Secret, each { key, where, kind: plain | configuration | harmless }.
    private static Value SecretValues(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var (node, _) = ModuleArguments.ObjectOf(arguments[0]);
        ModuleArguments.ChargeFor(run, node, Effort.Detecting);
        var values = SecretManifest.Values(node);
        ModuleArguments.ChargeForAnswer(run, values.Count);
        return ScriptValues.Array(values.Select(value => ScriptValues.Object(
            ("key", Value.Of(value.Key)),
            ("where", FoundSecretValue.Masked(value.Node)),
            ("kind", Value.Of(value.Kind.ToString().ToLowerInvariant())))));
    }

    // sopsState(object): { present, encrypted, plain: [{ where, pointer }], problems: [{ where, problem }] }.
    private static Value SopsState(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var (node, _) = ModuleArguments.ObjectOf(arguments[0]);
        ModuleArguments.ChargeFor(run, node, node.At("sops") is null ? Effort.Looking : Effort.Detecting);
        run.Charge(SopsSelector.PatternSteps(node));
        var state = Sops.Check(node);
        ModuleArguments.ChargeForAnswer(run, 1 + state.Plain.Count + state.Problems.Count);
        return ScriptValues.Object(
            ("present", Value.Of(state.IsPresent)),
            ("encrypted", Value.Of(state.IsEncrypted)),
            ("plain",
                ScriptValues.Array(state.Plain.Select(leaf => ScriptValues.Object(
                    ("where", FoundSecretValue.Masked(leaf)), ("pointer", Value.Of(leaf.Pointer)))))),
            ("problems",
                ScriptValues.Array(state.Problems.Select(found => ScriptValues.Object(
                    ("where", FoundSecretValue.Masked(found.Node)), ("problem", Value.Of(found.Problem)))))));
    }

    // sealedProblems(object): values of a SealedSecret that are not sealed, each { key, where, problem }.
    private static Value SealedProblems(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var (node, _) = ModuleArguments.ObjectOf(arguments[0]);
        ModuleArguments.ChargeFor(run, node, Effort.Detecting);
        var problems = new List<Value>();
        foreach (ref readonly var entry in node.At("spec", "encryptedData").EntriesOf())
        {
            if (SealedSecrets.FindProblem(entry.Value) is not { } problem) continue;
            ModuleArguments.ChargeForAnswer(run, 1);
            problems.Add(ScriptValues.Object(
                ("key", Value.Of(entry.Key)), ("where", FoundSecretValue.Masked(entry.Value)), ("problem", Value.Of(problem))));
        }

        return ScriptValues.Array(problems);
    }

    // isPlaceholder(value): a reference that a tool resolves, ciphertext, or a word to be replaced. Guarded text may be asked
    // about.
    private static Value IsPlaceholder(ScriptRun run, Value thisValue, Arguments arguments)
    {
        var text = arguments[0].TryGetText(out var plain) ? plain : arguments[0].Origin.AsText();
        run.Charge(2);
        ModuleArguments.ChargeFor(run, text);
        return Value.Of(text is not null && Placeholders.IsPlaceholder(text));
    }

    // isSecretName(name): whether a value under this name is a secret by its name.
    private static Value IsSecretName(ScriptRun run, Value thisValue, Arguments arguments)
    {
        run.Charge(2);
        return Value.Of(arguments[0].TryGetText(out var name) && SecretNames.Classify(name) != NameClass.None);
    }
}
