namespace GitOpsPolicy.Webhook.Admission;

/// <summary>How much is let in, over all paths together.</summary>
/// <param name="Gate">How many requests are judged at once and how many wait.</param>
/// <param name="Bodies">How much memory their bodies take.</param>
internal sealed record Admittance(InFlightGate Gate, BodyBudget Bodies);
