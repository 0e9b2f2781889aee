using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Policies.Patterns;

/// <summary>A shape that a value fits or not.</summary>
internal abstract class Pattern
{
    /// <summary>A pattern for one value, so that a list it meets is judged element by element.</summary>
    protected virtual bool IsForOne => false;

    /// <summary>Holds the pattern against a value.</summary>
    /// <param name="subject">The value.</param>
    /// <param name="trace">Where evidence goes: misses when the answer is no, hits when it is yes.</param>
    public Fit Test(Subject subject, Trace trace)
    {
        if (subject.Value is { IsUnknown: true } unknown)
        {
            trace.Unknowns.Add(unknown);
            return Fit.Unknown;
        }

        return subject.Value is SequenceNode list && IsForOne
            ? OverList(this, list, subject, trace.Every, trace)
            : TestKnown(subject, trace);
    }

    /// <summary>Holds the pattern against a value that is known, or missing.</summary>
    protected abstract Fit TestKnown(Subject subject, Trace trace);

    /// <summary>No beats unknown, unknown beats yes.</summary>
    protected static Fit And(Fit a, Fit b) => (a, b) switch
    {
        (Fit.No, _) or (_, Fit.No) => Fit.No,
        (Fit.Unknown, _) or (_, Fit.Unknown) => Fit.Unknown,
        _ => Fit.Yes,
    };

    /// <summary>Yes beats unknown, unknown beats no.</summary>
    protected static Fit Or(Fit a, Fit b) => (a, b) switch
    {
        (Fit.Yes, _) or (_, Fit.Yes) => Fit.Yes,
        (Fit.Unknown, _) or (_, Fit.Unknown) => Fit.Unknown,
        _ => Fit.No,
    };

    /// <summary>Holds a pattern against every element, or any.</summary>
    protected static Fit OverList(Pattern pattern, SequenceNode list, Subject subject, bool every, Trace trace)
    {
        var aside = trace.Aside(trace.Every);
        var fit = every ? Fit.Yes : Fit.No;
        for (var i = 0; i < list.Count; i++)
        {
            var element = pattern.Test(subject.At(list, i), aside);
            fit = every ? And(fit, element) : Or(fit, element);
        }

        if (fit == Fit.Yes) trace.Hits.AddRange(aside.Hits);
        else if (fit == Fit.No && aside.Misses.Count > 0 && every) trace.Misses.AddRange(aside.Misses);
        else if (fit == Fit.No) trace.Misses.Add(new(subject, "have a fitting element", Negated: false));
        return fit;
    }
}

/// <summary>Fits a mapping each of whose named fields fits.</summary>
internal sealed class FieldsPattern(ImmutableArray<(string Name, Pattern Pattern)> fields) : Pattern
{
    /// <inheritdoc/>
    protected override bool IsForOne => true;

    /// <inheritdoc/>
    protected override Fit TestKnown(Subject subject, Trace trace)
    {
        var aside = trace.Aside(trace.Every);
        var fit = Fit.Yes;
        foreach (var (name, pattern) in fields)
        {
            aside.Hits.Clear();
            fit = And(fit, pattern.Test(subject.Under(name), aside));
        }

        if (fit == Fit.Yes) trace.Hits.AddRange(aside.Hits);
        if (fit == Fit.No) trace.Misses.AddRange(aside.Misses);
        return fit;
    }
}

/// <summary>Fits a list in which each of several patterns fits some element.</summary>
internal sealed class ElementsPattern(ImmutableArray<Pattern> elements) : Pattern
{
    /// <inheritdoc/>
    protected override Fit TestKnown(Subject subject, Trace trace)
    {
        if (subject.Value is not SequenceNode list)
        {
            trace.Misses.Add(new(subject, "be a list", Negated: false));
            return Fit.No;
        }

        return elements.Aggregate(Fit.Yes, (fit, element) => And(fit, OverList(element, list, subject, every: false, trace)));
    }
}

/// <summary>Fits a list of which every element fits, or any.</summary>
internal sealed class QuantifiedPattern(Pattern element, bool every) : Pattern
{
    /// <inheritdoc/>
    protected override Fit TestKnown(Subject subject, Trace trace)
    {
        if (subject.Value is SequenceNode list) return OverList(element, list, subject, every, trace);
        if (every && subject.IsMissing)
        {
            trace.Hits.Add(new(subject, "have an element that does not fit", Negated: true));
            return Fit.Yes;
        }

        trace.Misses.Add(new(subject, "be a list", Negated: false));
        return Fit.No;
    }
}

/// <summary>Fits what all of several patterns fit.</summary>
internal sealed class AllOfPattern(ImmutableArray<Pattern> patterns) : Pattern
{
    /// <inheritdoc/>
    protected override Fit TestKnown(Subject subject, Trace trace)
    {
        var aside = trace.Aside(trace.Every);
        var fit = patterns.Aggregate(Fit.Yes, (sum, pattern) => And(sum, pattern.Test(subject, aside)));
        if (fit == Fit.Yes) trace.Hits.AddRange(aside.Hits.Take(1));
        if (fit == Fit.No) trace.Misses.AddRange(aside.Misses);
        return fit;
    }
}

/// <summary>Fits what one of several patterns fits.</summary>
internal sealed class AnyOfPattern(ImmutableArray<Pattern> patterns) : Pattern
{
    /// <inheritdoc/>
    protected override Fit TestKnown(Subject subject, Trace trace)
    {
        var aside = trace.Aside(trace.Every);
        var fit = patterns.Aggregate(Fit.No, (sum, pattern) => Or(sum, pattern.Test(subject, aside)));
        if (fit == Fit.Yes) trace.Hits.AddRange(aside.Hits);
        if (fit != Fit.No) return fit;

        // One sentence for a value judged by several operators; else only that none of the shapes fits.
        var same = aside.Misses.TrueForAll(m => m.Subject == subject && !m.Negated);
        trace.Misses.Add(new(
            subject, same ? string.Join(" or ", aside.Misses.Select(m => m.Expectation)) : "fit one of the alternatives",
            Negated: false));
        return fit;
    }
}

/// <summary>Fits what another pattern does not fit.</summary>
internal sealed class NotPattern(Pattern pattern) : Pattern
{
    /// <inheritdoc/>
    protected override Fit TestKnown(Subject subject, Trace trace)
    {
        var aside = trace.Aside(!trace.Every);
        var fit = pattern.Test(subject, aside);
        trace.Misses.AddRange(aside.Hits.Select(Flip));
        trace.Hits.AddRange(aside.Misses.Select(Flip));
        return fit switch { Fit.Yes => Fit.No, Fit.No => Fit.Yes, _ => Fit.Unknown };
    }

    private static Evidence Flip(Evidence evidence) => evidence with { Negated = !evidence.Negated };
}
