using System.Collections.Immutable;
using System.Globalization;

namespace GitOpsPolicy.Kubernetes.Http;

/// <summary>How far a request came before it failed.</summary>
public enum FailureStage
{
    /// <summary>The caller's credential could not be had.</summary>
    Credential,

    /// <summary>No connection came about, so the server never saw the request.</summary>
    Connecting,

    /// <summary>The server could not prove who it is, or TLS failed otherwise. Trying again does not help.</summary>
    Securing,

    /// <summary>
    /// The connection broke or the time ran out after the request was sent: the server may or may not have acted on it.
    /// </summary>
    Waiting,

    /// <summary>The server said no.</summary>
    Refused,

    /// <summary>The server's answer cannot be understood.</summary>
    Reading,
}

/// <summary>One reason of a failure, as the API server lists them.</summary>
/// <param name="Reason">The kind of mistake, such as <c>FieldValueInvalid</c>; empty for none.</param>
/// <param name="Field">The field it is about, such as <c>.spec.replicas</c>; empty for none.</param>
/// <param name="Message">For a person.</param>
public sealed record FailureCause(string Reason, string Field, string Message);

/// <summary>
/// Why a request failed. For a refusal it carries the server's <c>Status</c> object.
/// Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/.
/// </summary>
public sealed record ApiFailure
{
    /// <summary>How far it came.</summary>
    public required FailureStage Stage { get; init; }

    /// <summary>The request: method and path, without its query.</summary>
    public required string Request { get; init; }

    /// <summary>For a person, on one line.</summary>
    public required string Message { get; init; }

    /// <summary>HTTP status code; 0 when there was no answer.</summary>
    public int Code { get; init; }

    /// <summary>The server's one-word reason, such as <c>NotFound</c>; empty for none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What exactly is wrong.</summary>
    public ImmutableArray<FailureCause> Causes { get; init; } = [];

    /// <summary>How long the server wants to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where a list that took too long can be continued, though from a newer state; null for none.</summary>
    internal string? Continue { get; init; }

    /// <summary>The object that the server names; empty where it names none.</summary>
    public string ObjectName { get; init; } = "";

    /// <summary>There is no such object, or the server does not serve such objects at all.</summary>
    public bool IsNotFound => Code == 404;

    /// <summary>The server serves such objects, but has none of this name.</summary>
    public bool IsObjectMissing => Code == 404 && Reason == "NotFound" && ObjectName.Length > 0;

    /// <summary>The object changed meanwhile, is there already, or another manager owns a field of it.</summary>
    public bool IsConflict => Code == 409;

    /// <summary>The object is there already.</summary>
    public bool IsAlreadyExists => Code == 409 && Reason == "AlreadyExists";

    /// <summary>The server no longer knows the resource version or continue token asked about.</summary>
    public bool IsExpired => Code == 410;

    /// <summary>The caller is known, but may not do this.</summary>
    public bool IsForbidden => Code == 403;

    /// <summary>The caller is not known.</summary>
    public bool IsUnauthorized => Code == 401;

    /// <summary><c>GET /api/v1/pods: forbidden (403): …</c>.</summary>
    public override string ToString() => Stage == FailureStage.Refused
        ? $"{Request}: {(Reason.Length == 0 ? "refused" : Reason)} ({Code.ToString(CultureInfo.InvariantCulture)}): {Message}"
        : $"{Request}: {Message}";
}

/// <summary>A request to the API server failed.</summary>
public sealed class KubernetesException(ApiFailure failure, Exception? inner = null) : Exception(failure.ToString(), inner)
{
    /// <summary>Why.</summary>
    public ApiFailure Failure { get; } = failure;
}
