using GitOpsPolicy.Changes;
using GitOpsPolicy.Documents;
using GitOpsPolicy.Knowledge.Freezes;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation;

/// <summary>A change, as rules see it. Nothing is copied: the objects before and after are views of their documents.</summary>
/// <param name="change">The change.</param>
/// <param name="set">The set it belongs to.</param>
/// <param name="isAcknowledged">An acknowledgement names this very deletion.</param>
/// <param name="index">Where it stands in the set.</param>
internal sealed class ChangeView(Change change, ChangeSetView set, bool isAcknowledged, int index) : HostObject
{
    private static readonly string[] Names =
    [
        "operation", "surface", "origin", "cause", "actor", "environment", "before", "after", "object", "reason",
        "replacePaths", "file", "acknowledged", "pairedWith", "resource", "previous", "subresource",
    ];

    private ResourceView? resource;

    /// <summary>The change.</summary>
    public Change Change { get; } = change;

    /// <summary>The set it belongs to.</summary>
    public ChangeSetView Set => set;

    /// <summary>It is a tool's file that changes, no resource.</summary>
    public bool IsFile => Change.Resource is FileId;

    /// <summary>Where it stands in the set.</summary>
    public int Index => index;

    /// <summary>An acknowledgement names this very deletion.</summary>
    public bool IsAcknowledged { get; } = isAcknowledged;

    /// <inheritdoc/>
    public override IReadOnlyList<string> MemberNames => Names;

    /// <inheritdoc/>
    public override Value? Text => Value.Of($"{Words<Operation>.Of(Change.Operation)} {Change.Resource}");

    /// <summary>The change that a value stands for; null when it stands for none.</summary>
    public static Change? From(Value value) => ValueReader.TryGetHost<ChangeView>(value, out var view) ? view.Change : null;

    /// <inheritdoc/>
    public override bool TryGetMember(string name, out Value value)
    {
        value = name switch
        {
            "operation" => Value.Of(Words<Operation>.Of(Change.Operation)),
            "before" => OrNull(Change.Before),
            "after" => OrNull(Change.After),
            "object" => OrNull(Change.After ?? Change.Before),
            "resource" => Value.Of(resource ??= new(Change.Resource)),
            "previous" => Change.Previous is null ? Value.Null : Value.Of(new ResourceView(Change.Previous)),
            "surface" => Value.Of(Words<Surface>.Of(Change.Surface)),
            "origin" => Value.Of(Words<ChangeOrigin>.Of(Change.Origin)),
            "cause" => Value.Of(Words<ChangeCause>.Of(Change.Cause)),
            "actor" => OrNull(Change.Actor),
            "environment" => OrNull(Change.Environment),
            "reason" => OrNull(Change.Reason),
            "file" => OrNull(Change.File),
            "subresource" => Value.Of(Change.Subresource),
            "acknowledged" => Value.Of(IsAcknowledged),
            "replacePaths" => ScriptValues.Array(Change.ReplacePaths.Select(Steps)),
            "pairedWith" => Change.PairedWith is { } other ? set.ViewOf(other) : Value.Null,
            _ => Value.Undefined,
        };
        return !value.IsUndefined;
    }

    private static Value OrNull(Node? node) => node is null ? Value.Null : Value.Of(node);

    private static Value OrNull(string? text) => text is null ? Value.Null : Value.Of(text);

    private static Value Steps(string pointer) => ScriptValues.Array(JsonPointer.Parse(pointer).Select(step => Value.Of(step)));
}

/// <summary>A change set, as rules see it.</summary>
internal sealed class ChangeSetView : HostObject
{
    private static readonly string[] Names = ["changes", "files", "countBefore", "incomplete", "count"];

    private readonly ChangeView[] views;
    private Boxed? changes;
    private Boxed? files;
    private Boxed? count;

    /// <summary>Makes the view.</summary>
    /// <param name="changeSet">The set.</param>
    /// <param name="isAcknowledged">Tells of the change at an index whether its deletion is acknowledged.</param>
    public ChangeSetView(ChangeSet changeSet, Func<int, bool> isAcknowledged)
    {
        ChangeSet = changeSet;
        views = new ChangeView[changeSet.Changes.Length];
        for (var i = 0; i < views.Length; i++) views[i] = new(changeSet.Changes[i], this, isAcknowledged(i), i);
    }

    /// <summary>The set.</summary>
    public ChangeSet ChangeSet { get; }

    /// <summary>What is going on around drift in it.</summary>
    public DriftContext Around { get; init; } = DriftContext.None;

    /// <summary>The freeze windows of the configuration.</summary>
    public FreezeWindows FreezeWindows { get; init; } = FreezeWindows.None;

    /// <summary>Views of the changes, in the order of the set.</summary>
    public IReadOnlyList<ChangeView> Changes => views;

    /// <inheritdoc/>
    public override IReadOnlyList<string> MemberNames => Names;

    /// <summary>The view of the change at an index.</summary>
    public Value ViewOf(int index) => Value.Of(views[index]);

    /// <inheritdoc/>
    public override bool TryGetMember(string name, out Value value)
    {
        value = name switch
        {
            "changes" => (changes ??= new(ScriptValues.Array(views.Where(v => !v.IsFile).Select(v => Value.Of(v))))).Value,
            "files" => (files ??= new(ScriptValues.Array(views.Where(v => v.IsFile).Select(v => Value.Of(v))))).Value,
            "countBefore" => ChangeSet.CountBefore is { } before ? Value.Of(before) : Value.Null,
            "incomplete" => ScriptValues.Array(ChangeSet.Incomplete.Select(reason => Value.Of(reason))),
            "count" => CountFunction(),
            _ => Value.Undefined,
        };
        return !value.IsUndefined;
    }

    // Workers share the view and must all get the same function.
    private Value CountFunction()
    {
        if (count is null) Interlocked.CompareExchange(ref count, new(NativeFunction.Create("count", Count)), null);
        return count.Value;
    }

    // set.count("delete", "replace"): how many changes there are of these operations; of all when none is named.
    private Value Count(ScriptRun run, Value thisValue, Arguments arguments)
    {
        run.Charge(views.Length);
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (ref readonly var argument in arguments.All)
            if (argument.TryGetText(out var word)) words.Add(word);
        return Value.Of(views.Count(v =>
            !v.IsFile && (words.Count == 0 || words.Contains(Words<Operation>.Of(v.Change.Operation)))));
    }

    // A reference is written at once, a value of several words is not, and workers share the view.
    private sealed record Boxed(Value Value);
}
