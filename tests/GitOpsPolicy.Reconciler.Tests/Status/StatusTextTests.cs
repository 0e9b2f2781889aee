using GitOpsPolicy.Reconciler.Status;
using Xunit;

namespace GitOpsPolicy.Reconciler.Tests.Status;

public sealed class StatusTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private static UnitStatus With(params ReadOnlySpan<DriftEntry> drift) => new()
    {
        Unit = new("shop", "web"),
        Phase = UnitPhase.Held,
        Message = "something drifted",
        Drift = [.. drift],
    };

    private static DriftEntry Drifted(string resource, string message, string of = "alert") =>
        new(resource, "changed", of, message, Noon, "");

    [Fact]
    public void Objects_of_which_the_same_is_to_be_said_are_told_together() =>
        Assert.Equal(
            """
            shop/web: held: something drifted
              drift     alert     ConfigMap shop/a
                                  ConfigMap shop/c
                                  it is claimed by others
              drift     alert     ConfigMap shop/b
                                  `data.x`
              drift     freeze    ConfigMap shop/d
                                  it is claimed by others
            """,
            string.Join('\n', StatusText.Lines(With(
                Drifted("ConfigMap shop/a", "it is claimed by others"),
                Drifted("ConfigMap shop/b", "`data.x`"),
                Drifted("ConfigMap shop/c", "it is claimed by others"),
                Drifted("ConfigMap shop/d", "it is claimed by others", "freeze")))));

    [Fact]
    public void What_others_wrote_moves_no_cursor() =>
        Assert.DoesNotContain('\u001b', string.Concat(StatusText.Lines(With(Drifted("ConfigMap shop/a", "`data.\u001b[2J`")))));
}
