namespace GitOpsPolicy.Test262;

/// <summary>What came of a test.</summary>
internal enum Outcome
{
    /// <summary>It did what it has to.</summary>
    Passed,

    /// <summary>It did something else: the evaluator is wrong.</summary>
    Failed,

    /// <summary>
    /// It was not decided: it asks for something that rules do without, or for a way of running that does not exist here.
    /// </summary>
    Refused,
}

/// <summary>What came of a test, and why when it did not pass.</summary>
/// <param name="Path">The test's path below <c>test/</c>.</param>
/// <param name="Clause">The folder it is counted under.</param>
/// <param name="Reason">Why it failed or was refused; empty for a test that passed.</param>
internal sealed record Result(string Path, string Clause, Outcome Outcome, string Reason);
