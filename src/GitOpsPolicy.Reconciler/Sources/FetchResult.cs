namespace GitOpsPolicy.Reconciler.Sources;

/// <summary>How a commit stands to the one that was applied.</summary>
public enum Relation
{
    /// <summary>None was applied yet.</summary>
    First,

    /// <summary>It is the same.</summary>
    Same,

    /// <summary>It came after it.</summary>
    Descendant,

    /// <summary>It came before it: somebody went back.</summary>
    Behind,

    /// <summary>Neither, or the mirror does not know the one that was applied: history was written anew.</summary>
    Unrelated,
}

/// <summary>Why Git gave no commit that may be used.</summary>
public enum FetchFault
{
    /// <summary>The host does not let the address be asked.</summary>
    Refused,

    /// <summary>The server, or the way to it, does not answer.</summary>
    Unreachable,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>The server wants other credentials.</summary>
    Unauthorized,

    /// <summary>The server is not the one whose key is known.</summary>
    UnknownServer,

    /// <summary>The server sends elsewhere.</summary>
    Redirected,

    /// <summary>There is no repository at the address.</summary>
    RepositoryMissing,

    /// <summary>A branch that was there is gone.</summary>
    BranchDeleted,

    /// <summary>A tag that was there is gone.</summary>
    TagDeleted,

    /// <summary>There is no such branch, tag or commit.</summary>
    RefMissing,

    /// <summary>The transfer broke off.</summary>
    Interrupted,

    /// <summary>The server sent objects that break Git's rules, or too many.</summary>
    Unacceptable,

    /// <summary>The repository is larger than a mirror may be.</summary>
    TooLarge,

    /// <summary>The cache folder cannot be written.</summary>
    CacheUnusable,

    /// <summary>The signature of the commit is missing, bad, or of a key that is not named.</summary>
    Unsigned,

    /// <summary>Anything else that Git says.</summary>
    Other,
}

/// <summary>What came of asking Git.</summary>
public abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <summary>A commit, all of whose files the mirror has.</summary>
    /// <param name="Commit">Its id.</param>
    /// <param name="Relation">How it stands to the commit that was applied.</param>
    public sealed record Fetched(string Commit, Relation Relation) : FetchResult
    {
        /// <summary>The tag that is followed named the applied commit, and names another one now.</summary>
        public bool IsTagMoved { get; init; }

        /// <summary>The name of the key that signed it; null when none was asked for.</summary>
        public string? SignedBy { get; init; }
    }

    /// <summary>
    /// No commit that may be used. Nothing follows for what was applied before: what cannot be read is not gone.
    /// </summary>
    /// <param name="Fault">Why.</param>
    /// <param name="Message">The same in one sentence, with what to do.</param>
    public sealed record Failed(FetchFault Fault, string Message) : FetchResult
    {
        /// <summary>The stage of a <see cref="Status.SourceTrouble"/>.</summary>
        public string Stage => Fault switch
        {
            FetchFault.Unsigned => "verify",
            FetchFault.BranchDeleted or FetchFault.TagDeleted => "history",
            _ => "fetch",
        };
    }
}
