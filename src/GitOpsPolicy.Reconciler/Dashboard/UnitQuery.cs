using System.Collections.Immutable;
using System.Globalization;
using GitOpsPolicy.Reconciler.Status;
using Microsoft.AspNetCore.Http;

namespace GitOpsPolicy.Reconciler.Dashboard;

/// <summary>Which units are shown, as the address says. What makes no sense is as if it were not there.</summary>
internal sealed record UnitQuery
{
    /// <summary>Units on one page.</summary>
    public const int PageSize = 25;

    /// <summary>Instead of a phase: every unit that needs somebody.</summary>
    public const string NeedsSomebody = "attention";

    private const int MaxText = 100;
    private const int MaxPage = 1_000_000;

    /// <summary>A phase's word, or <see cref="NeedsSomebody"/>; empty for all.</summary>
    public string Phase { get; init; } = "";

    /// <summary>The namespace; empty for all.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>What stands in the name, message, source or environment; empty for anything.</summary>
    public string Text { get; init; } = "";

    /// <summary>Which page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>The page loads itself again from time to time.</summary>
    public bool Refreshes { get; init; } = true;

    /// <summary>Only some units are asked for.</summary>
    public bool IsFiltered => Phase.Length + Namespace.Length + Text.Length > 0;

    /// <summary>Reads it from the address.</summary>
    public static UnitQuery Of(IQueryCollection query) => new()
    {
        Phase = Value(query, "phase") is var phase && UnitPhases.Parse(phase) is { } known ? UnitPhases.Word(known)
            : phase == NeedsSomebody ? NeedsSomebody
            : "",
        Namespace = Value(query, "namespace"),
        Text = Value(query, "q"),
        Page = int.TryParse(Value(query, "page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page)
                && page is > 0 and < MaxPage
            ? page
            : 1,
        Refreshes = Value(query, "refresh") != "off",
    };

    /// <summary>The units that are asked for, those first that need somebody.</summary>
    public ImmutableArray<UnitStatus> Choose(ImmutableArray<UnitStatus> units, Attention attention) =>
        [.. units.Where(unit => Fits(unit, attention))
            .OrderBy(attention.RankOf)
            .ThenBy(static unit => unit.Unit.Namespace, StringComparer.Ordinal)
            .ThenBy(static unit => unit.Unit.Name, StringComparer.Ordinal)];

    /// <summary>The address with it, from the question mark on; empty when there is nothing to say.</summary>
    public override string ToString()
    {
        (string Name, string Value)[] parts =
        [
            ("phase", Phase), ("namespace", Namespace), ("q", Text),
            ("page", Page == 1 ? "" : Page.ToString(CultureInfo.InvariantCulture)), ("refresh", Refreshes ? "" : "off"),
        ];
        var said = string.Join(
            '&',
            parts.Where(static part => part.Value.Length > 0)
                .Select(static part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
        return said.Length == 0 ? "" : "?" + said;
    }

    private bool Fits(UnitStatus unit, Attention attention) =>
        (Phase.Length == 0 || (Phase == NeedsSomebody ? attention.IsNeededBy(unit) : Phase == UnitPhases.Word(unit.Phase)))
        && (Namespace.Length == 0 || Namespace == unit.Unit.Namespace)
        && (Text.Length == 0
            || Has(unit.Unit.ToString())
            || Has(unit.Message)
            || Has(unit.Source)
            || Has(unit.Environment ?? ""));

    private bool Has(string text) => text.Contains(Text, StringComparison.OrdinalIgnoreCase);

    private static string Value(IQueryCollection query, string name)
    {
        var value = query[name].ToString().Trim();
        return value.Length <= MaxText ? value : value[..MaxText];
    }
}
