using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Inputs.Terraform;

/// <summary>What is kept of a plan: a good half of its text, which repeats the rest, is passed over.</summary>
internal sealed class PlanContent
{
    /// <summary>Top-level keys, for saying what the text is when it is no plan.</summary>
    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

    public string? FormatVersion { get; private set; }

    public SourcePosition FormatVersionPosition { get; private set; }

    public bool? Errored { get; private set; }

    public bool? Complete { get; private set; }

    /// <summary>Entries that are planned.</summary>
    public List<PlanEntry> Changes { get; } = [];

    /// <summary>Entries that happened outside: before is what was applied, after what lives.</summary>
    public List<PlanEntry> Drift { get; } = [];

    /// <summary>Entries that this plan puts off until more is known.</summary>
    public List<PlanEntry> Deferred { get; } = [];

    /// <summary>Actions that this plan puts off.</summary>
    public int DeferredActions { get; private set; }

    /// <summary>Outputs of the root module; the name stands in <see cref="PlanEntry.Name"/>.</summary>
    public List<PlanEntry> Outputs { get; } = [];

    /// <summary>Values of root variables, by name.</summary>
    public Dictionary<string, Node> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of the root variables that the configuration declares sensitive.</summary>
    public HashSet<string> SensitiveVariables { get; } = new(StringComparer.Ordinal);

    /// <summary>What the configuration writes out.</summary>
    public List<PlanConstants> Constants { get; } = [];

    /// <summary>Data sources of the prior state in which a secret is found.</summary>
    public List<PlanEntry> PriorData { get; } = [];

    /// <summary>Entries of <c>relevant_attributes</c>.</summary>
    public List<Node> RelevantAttributes { get; } = [];

    /// <summary>Checks of the configuration that do not hold: address and status.</summary>
    public List<(string Check, string Status)> FailedChecks { get; } = [];

    /// <summary>Reads a whole plan.</summary>
    /// <exception cref="MalformedTextException">The text is no JSON.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static PlanContent Read(JsonStreamReader reader, SourceFile file, CancellationToken cancellation)
    {
        var content = new PlanContent();
        var entries = new PlanEntryReader(reader, file);
        reader.Read();
        foreach (var key in reader.Properties())
        {
            content.Keys.Add(key);
            content.ReadSection(key, reader, entries, file, cancellation);
        }

        reader.Read();   // anything behind the plan is an error of the text
        return content;
    }

    private void ReadSection(
        string key, JsonStreamReader reader, PlanEntryReader entries, SourceFile file, CancellationToken cancellation)
    {
        switch (key)
        {
            case "format_version":
                (FormatVersion, FormatVersionPosition) = reader.TextAndPosition("");
                break;
            case "errored":
                Errored = reader.Flag();
                break;
            case "complete":
                Complete = reader.Flag();
                break;
            case "resource_changes":
                ReadEntries(Changes, reader, entries, cancellation);
                break;
            case "resource_drift":
                ReadEntries(Drift, reader, entries, cancellation);
                break;
            case "deferred_changes":
                ReadDeferred(reader, entries);
                break;
            case "deferred_action_invocations":
                ReadDeferredActions(reader);
                break;
            case "output_changes":
                ReadOutputs(reader, entries);
                break;
            case "variables":
                ReadVariables(reader);
                break;
            case "configuration":
                ReadConfiguration(reader, file);
                break;
            case "prior_state":
                ReadPriorState(reader, file);
                break;
            case "relevant_attributes":
                foreach (var _ in reader.Items()) RelevantAttributes.Add(reader.ReadValue());
                break;
            case "checks":
                ReadChecks(reader);
                break;
            default:
                reader.SkipValue();
                break;
        }
    }

    private void ReadDeferredActions(JsonStreamReader reader)
    {
        foreach (var _ in reader.Items())
        {
            reader.SkipValue();
            DeferredActions++;
        }
    }

    private static void ReadEntries(
        List<PlanEntry> into, JsonStreamReader reader, PlanEntryReader entries, CancellationToken cancellation)
    {
        foreach (var _ in reader.Items())
        {
            cancellation.ThrowIfCancellationRequested();
            into.Add(entries.Read());
        }
    }

    // [{"reason": "…", "resource_change": {…}}]
    private void ReadDeferred(JsonStreamReader reader, PlanEntryReader entries)
    {
        foreach (var _ in reader.Items())
        {
            foreach (var key in reader.Properties())
            {
                if (key == "resource_change") Deferred.Add(entries.Read());
                else reader.SkipValue();
            }
        }
    }

    private void ReadOutputs(JsonStreamReader reader, PlanEntryReader entries)
    {
        foreach (var name in reader.Properties()) Outputs.Add(entries.ReadOutput(name));
    }

    // {"name": {"value": …}}
    private void ReadVariables(JsonStreamReader reader)
    {
        foreach (var name in reader.Properties())
        {
            foreach (var key in reader.Properties())
            {
                if (key == "value") Variables[name] = reader.ReadValue();
                else reader.SkipValue();
            }
        }
    }

    private void ReadConfiguration(JsonStreamReader reader, SourceFile file)
    {
        var configuration = new PlanConfigurationReader(reader, file);
        configuration.Read();
        Constants.AddRange(configuration.Constants);
        SensitiveVariables.UnionWith(configuration.SensitiveVariables);
    }

    private void ReadPriorState(JsonStreamReader reader, SourceFile file)
    {
        var state = new PriorStateReader(reader, file);
        state.Read();
        PriorData.AddRange(state.Data);
    }

    // [{"address": {"to_display": "check.c"}, "status": "fail"}]
    private void ReadChecks(JsonStreamReader reader)
    {
        foreach (var _ in reader.Items())
        {
            if (reader.ReadValue() is not MappingNode check
                || check["status"] is not ScalarNode { Text: "fail" or "error" } status)
                continue;
            var address = (check["address"] as MappingNode)?["to_display"] as ScalarNode;
            FailedChecks.Add((address?.Text ?? "?", status.Text));
        }
    }
}
