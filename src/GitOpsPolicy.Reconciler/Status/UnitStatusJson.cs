using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitOpsPolicy.Reconciler.Status;

/// <summary>
/// A unit's status as JSON: in the cluster, where it is kept from pass to pass, and for programs that ask the dashboard. Compact,
/// one order of members, times as ISO 8601; what is not known is left out.
/// </summary>
public static class UnitStatusJson
{
    /// <summary>Bytes that a status may take. A ConfigMap holds 1 MiB, and the inventory stands beside it.</summary>
    public const int MaxBytes = 256 << 10;

    private static readonly TimeSpan MostBehind = TimeSpan.FromHours(1);

    /// <summary>
    /// Entries of a list, and characters of a text, that stay: the first pair with which the status fits. The last one always
    /// does, whatever is in it.
    /// </summary>
    private static readonly ImmutableArray<(int Entries, int Characters)> Sizes =
        [(500, 1_024), (200, 1_024), (100, 512), (50, 512), (20, 256), (5, 128), (1, 128)];

    /// <summary>
    /// Writes a status that takes less than <see cref="MaxBytes"/>: long lists end early, and <see cref="UnitStatus.Omitted"/>
    /// says how much is missing.
    /// </summary>
    public static byte[] Write(UnitStatus status)
    {
        foreach (var (entries, characters) in Sizes)
            if (TryWrite(StatusCut.To(status, entries, characters)) is { } bytes) return bytes;
        throw new InvalidOperationException($"the status of {status.Unit} is too large to be kept");
    }

    /// <summary>
    /// Reads a status. Members that this version does not know are passed over, and those that are missing are as if nothing was
    /// known.
    /// </summary>
    /// <returns>Null when the text is no status.</returns>
    public static UnitStatus? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(
                json, StatusJsonContext.Default.UnitStatus) is { Unit: { Namespace: not null, Name: not null } } read
                ? StatusWhole.Of(read)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// A status says what is kept already, but for when passes ran: that is kept with the next one that says something else, and
    /// every hour, so that a process that takes over is not far off when it tells how long ago a unit was well.
    /// </summary>
    /// <param name="now">The status.</param>
    /// <param name="kept">The one that is kept.</param>
    public static bool TellTheSame(UnitStatus now, UnitStatus kept) =>
        !IsBehind(kept.LastSuccess, now.LastSuccess)
            && Write(now with { LastAttempt = kept.LastAttempt, LastSuccess = kept.LastSuccess }).AsSpan()
                .SequenceEqual(Write(kept));

    /// <summary>What is kept of when a unit was last well is too old to be left so.</summary>
    internal static bool IsBehind(DateTimeOffset? kept, DateTimeOffset? now) =>
        now is { } success && (kept is not { } known || success - known >= MostBehind);

    private static byte[]? TryWrite(UnitStatus status)
    {
        var room = new StatusBuffer(MaxBytes);
        try
        {
            using var writer = new Utf8JsonWriter(room);
            JsonSerializer.Serialize(writer, status, StatusJsonContext.Default.UnitStatus);
        }
        catch (StatusBuffer.FullException)
        {
            return null;
        }

        return room.Written.Length < MaxBytes ? room.Written.ToArray() : null;
    }
}

/// <summary>What the compiler writes for <see cref="UnitStatusJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UnitPhaseConverter)])]
[JsonSerializable(typeof(UnitStatus))]
internal sealed partial class StatusJsonContext : JsonSerializerContext;

/// <summary>A phase as its word; one that this version does not know counts as <see cref="UnitPhase.Pending"/>.</summary>
internal sealed class UnitPhaseConverter : JsonConverter<UnitPhase>
{
    /// <inheritdoc/>
    public override UnitPhase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("a phase is a word");
        return UnitPhases.Parse(reader.GetString()!) ?? UnitPhase.Pending;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, UnitPhase value, JsonSerializerOptions options) =>
        writer.WriteStringValue(UnitPhases.Word(value));
}
