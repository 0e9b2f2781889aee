using GitOpsPolicy.Kubernetes.Http;
using Xunit;

namespace GitOpsPolicy.Kubernetes.Tests.Http;

public sealed class RequestPaceTests
{
    private readonly Clock clock = new();

    [Fact]
    public void As_many_as_the_burst_go_at_once_and_the_rest_take_turns()
    {
        var pace = new RequestPace(10, 3, clock);
        Assert.Equal([0, 0, 0, 100, 200], Enumerable.Range(0, 5).Select(_ => pace.Take().TotalMilliseconds));
    }

    [Fact]
    public void After_a_rest_there_is_a_burst_again_and_no_larger_one()
    {
        var pace = new RequestPace(10, 2, clock);
        for (var i = 0; i < 5; i++) pace.Take();
        clock.Now += TimeSpan.FromHours(1).Ticks;
        Assert.Equal([0, 0, 100], Enumerable.Range(0, 3).Select(_ => pace.Take().TotalMilliseconds));
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
