using GitOpsPolicy.Inputs.Admission;

namespace GitOpsPolicy.Webhook.Admission;

/// <summary>Answers reviews of one path: by rules, or as the guard of a label.</summary>
internal interface IJudge
{
    /// <summary>There is something to judge by.</summary>
    bool IsReady { get; }

    /// <summary>Reviews are used after they have been answered, so that what they were read from must stay as it is.</summary>
    bool KeepsReviews => false;

    /// <summary>Answers a review; every failure is an answer too.</summary>
    /// <param name="review">The request.</param>
    /// <param name="deadline">Cancelled when the server no longer waits.</param>
    Answer Judge(AdmissionReview review, CancellationToken deadline);
}
