using System.Diagnostics.Metrics;
using GitOpsPolicy.Webhook.Metrics;

namespace GitOpsPolicy.Webhook.Tests.Certificates;

/// <summary>Counts the requests that one webhook has judged.</summary>
internal sealed class EvaluationCount : IDisposable
{
    private readonly MeterListener listener = new();
    private long count;

    public EvaluationCount(WebhookMetrics metrics)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter)
                && instrument.Name.StartsWith("gitops_policy_admission_requests", StringComparison.Ordinal))
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref count, value));
        listener.Start();
    }

    public long Value => Interlocked.Read(ref count);

    public void Dispose() => listener.Dispose();
}
