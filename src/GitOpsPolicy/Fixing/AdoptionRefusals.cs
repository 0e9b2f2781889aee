using GitOpsPolicy.Changes;
using GitOpsPolicy.Knowledge.Drift;

namespace GitOpsPolicy.Fixing;

/// <summary>Everything that Git does not take over by a patch, and what to do about it.</summary>
internal static class AdoptionRefusals
{
    /// <summary>The object came out of a tool.</summary>
    public static readonly AdoptionRefusal Rendered = new(
        "a tool made the object of several files", "write it into the values or the patch that it comes from");

    /// <summary>With the edit nothing can be rendered.</summary>
    public static readonly AdoptionRefusal NotRendered = new(
        "the files cannot be rendered with the edit that was tried", Rendered.Advice);

    /// <summary>Rendering does not give the same twice.</summary>
    public static readonly AdoptionRefusal Unsteady = new(
        "the files give something else each time they are rendered, so that no edit can be proven", Rendered.Advice);

    /// <summary>With the edit objects come or go.</summary>
    public static readonly AdoptionRefusal OtherObjects = new(
        "with an edit there, objects would get other names, come or go", Rendered.Advice);

    /// <summary>There was a limit to what was tried.</summary>
    public static readonly AdoptionRefusal TooMany = new(
        "so many changes are not tried at once", "run this again once the patch is in Git");

    /// <summary>SOPS keeps the file.</summary>
    public static readonly AdoptionRefusal Encrypted = new(
        "SOPS has encrypted the file, and signs all of it", "edit it with `sops`");

    /// <summary>The object is not found as it was read, or the file is written in an unusual way.</summary>
    public static readonly AdoptionRefusal NotEditable = new(
        "the file is written in a way that is not edited", "edit it by hand");

    /// <summary>It must not be shown.</summary>
    public static readonly AdoptionRefusal Secret = new(
        "it is secret, and a patch would show it", "put it where you keep secrets, or take it back with `choice: revert`");

    /// <summary>Whoever reads the patch would not see what it says.</summary>
    public static readonly AdoptionRefusal Unseen = new(
        "it holds characters that are not seen, or turn others around", "look at it closely, and write what is meant");

    /// <summary>Git says something else now than what was applied.</summary>
    public static readonly AdoptionRefusal MovedOn = new(
        "Git has come to say something else there since it was applied", "decide which of the two it shall be, and write that");

    /// <summary>The edit does not give what was meant.</summary>
    public static readonly AdoptionRefusal NotExactly = new(
        "an edit would not make Git say exactly what lives", "edit it by hand");

    /// <summary>Two edits want one place.</summary>
    public static readonly AdoptionRefusal InTheWay = new(
        "another change of the patch is in its way", "run this again once the patch is in Git");

    /// <summary>No manager has it.</summary>
    public static readonly AdoptionRefusal Nobodys = new(
        "nobody's name is at it: the server may have filled it in", "write it into Git if it is meant");

    /// <summary>With the edit another place of an object would change as well.</summary>
    public static AdoptionRefusal Touches(KubernetesId id) =>
        new($"an edit there would change more than that in `{id}`, too", Rendered.Advice);

    /// <summary>Others are made of the same file.</summary>
    public static AdoptionRefusal Shared(string file, string other) => new(
        $"`{file}` says it, of which `{other}` is made, too",
        "write it into a patch of this folder, or there if it is meant for all");

    /// <summary>A controller has written it.</summary>
    public static AdoptionRefusal OfOther(string manager) => new(
        $"`{manager}` has written it, which is nobody at a keyboard",
        $"leave it out of Git, or say with `--manager {manager}` that it was a person");

    /// <summary>The place cannot be edited.</summary>
    public static AdoptionRefusal ByHand(string why) => new(why, "edit it by hand");

    /// <summary>Why nothing of an object can be taken over; null where something may.</summary>
    public static AdoptionRefusal? OfKind(Change change) => Drifting.KindOf(change) switch
    {
        DriftKind.Missing =>
            new("it was deleted by hand", "take its document out of Git, or have it made again with `choice: revert`"),
        DriftKind.Identity =>
            new("another object has taken its name", "decide in an acknowledgement which of the two it shall be"),
        DriftKind.Conflict => new("somebody else claims it", "leave it to one of the two"),
        DriftKind.Unknown => new("what lives is not known", "see why, and run this again"),
        _ => null,
    };
}
