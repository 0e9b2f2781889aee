using GitOpsPolicy.Changes;
using GitOpsPolicy.Policies;
using GitOpsPolicy.Script;
using GitOpsPolicy.Script.Instrumentation;
using GitOpsPolicy.Script.Runtime;

namespace GitOpsPolicy.Evaluation.Tracing;

/// <summary>Writes down what one rule does, judgement by judgement.</summary>
/// <param name="rule">Name of the rule.</param>
/// <threadsafety>One worker at a time.</threadsafety>
internal sealed class TraceObserver(string rule) : RuleObserver
{
    /// <summary>Of one judgement no more steps are told.</summary>
    public const int MostSteps = 200;

    /// <summary>Longer values are cut: they are there to be recognised.</summary>
    private const int MostShown = 120;

    private readonly HashSet<ScriptPlace> reports = [];
    private Judgement? current;

    /// <summary>Covers what may not be shown; has to be there before the rule runs.</summary>
    public Masking? Masking { get; set; }

    /// <summary>Every judgement of the rule, in order.</summary>
    public List<Judgement> Judgements { get; } = [];

    /// <summary>The messages that a rule of this file and its modules can produce.</summary>
    public IEnumerable<ScriptPlace> Reports => reports;

    /// <inheritdoc/>
    public override bool WantsReads => true;

    /// <inheritdoc/>
    public override void Found(ScriptPlace place)
    {
        if (place.Kind == PlaceKind.Report) reports.Add(place);
    }

    /// <inheritdoc/>
    public override void Judging(BoundRule bound, Change? change)
    {
        current = bound.Metadata.Name == rule ? new(change) : null;
        if (current is not null) Judgements.Add(current);
    }

    /// <inheritdoc/>
    public override void Judged(BoundRule bound, Change? change, IReadOnlyList<Reported> made, Exception? ending)
    {
        if (current is not null) (current.Made, current.Ending) = ([.. made], ending);
        current = null;
    }

    /// <inheritdoc/>
    public override void Reached(ScriptPlace place, int outcome)
    {
        if (current is not null && place.IsBranch)
            current.Add(new(place.Location, place.Construct, place.Outcomes[outcome], null, null, IsRead: false));
    }

    /// <inheritdoc/>
    public override void Read(in ScriptRead read)
    {
        if (current is null
            || read.Value.IsFunction
            || ValueReader.TryGetHost<HostObject>(read.Value, out var host) && host.Text is null)
            return;
        var node = read.Value.Origin is { Document: not null } origin ? origin : null;
        current.Add(new(read.At, Masking!.Cover(read.Path), Show(read.Value), node?.Location, node?.Pointer, IsRead: true));
    }

    // What a script made could run code of its own to be shown, so only its kind is.
    private string Show(Value value)
    {
        if (value.IsUndefined) return "nothing there";
        if (value.IsObject && !ValueReader.TryGetNode(value, out _) && !ValueReader.TryGetHost<HostObject>(value, out _))
            return ValueReader.IsArray(value) ? "a list" : "an object";
        var text = Masking!.Show(new ScriptRun(new ScriptBudget()), value);
        return text.Length <= MostShown ? text : text[..(MostShown - 1)] + "…";
    }

    /// <summary>One judgement as it goes on.</summary>
    /// <param name="change">The change; null for the set.</param>
    internal sealed class Judgement(Change? change)
    {
        private readonly HashSet<StepTrace> seen = [];

        public Change? Change => change;

        public List<StepTrace> Steps { get; } = [];

        public int LeftOut { get; private set; }

        public IReadOnlyList<Reported> Made { get; set; } = [];

        public Exception? Ending { get; set; }

        public void Add(StepTrace step)
        {
            if (seen.Count >= MostSteps && !seen.Contains(step)) LeftOut++;
            else if (seen.Add(step)) Steps.Add(step);
        }
    }
}
