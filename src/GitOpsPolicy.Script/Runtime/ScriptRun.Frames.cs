using GitOpsPolicy.Documents;
using GitOpsPolicy.Script.Compilation;

namespace GitOpsPolicy.Script.Runtime;

public sealed partial class ScriptRun
{
    /// <summary>Estimated bytes of walking a generator's body from one <c>yield</c> to the next.</summary>
    private const int WalkBytes = 192;

    private Frame[] frames = new Frame[2];
    private int frameDepth;

    /// <summary>The place in the rule that is being run; nowhere when nothing is.</summary>
    public SourceLocation Location => frameDepth > 0 ? frames[frameDepth - 1].Location : default;

    /// <summary>Frames in use: to go back to when an error is caught.</summary>
    internal int FrameDepth => frameDepth;

    /// <summary>A frame for a call, above those in use.</summary>
    internal Frame PushFrame(FunctionCode code, HeapScope? scope)
    {
        if (frameDepth == frames.Length) Array.Resize(ref frames, frames.Length * 2);
        var frame = frames[frameDepth++] ??= new Frame(this);
        frame.Prepare(code, scope);
        return frame;
    }

    /// <summary>Runs the top level of a module.</summary>
    internal void RunTopLevel(FunctionCode code, HeapScope scope)
    {
        Guarded(() =>
        {
            var frame = PushFrame(code, scope);
            frame.This = Value.Undefined;
            code.Entry.Enter(frame);
            return code.Run(frame);
        });
    }

    /// <summary>Runs a generator up to its next <c>yield</c>; false when it has ended.</summary>
    internal bool StepGenerator(Frame frame, IEnumerator<Value> body)
    {
        var (calls, depth) = (callDepth, frameDepth);
        Charge(1);
        Allocate(WalkBytes);
        Descend();
        if (frameDepth == frames.Length) Array.Resize(ref frames, frames.Length * 2);
        var pooled = frames[depth];
        frames[frameDepth++] = frame;
        try
        {
            return body.MoveNext();
        }
        finally
        {
            frames[depth] = pooled;
            (callDepth, frameDepth) = (calls, depth);
        }
    }

    /// <summary>The topmost frame is no longer in use.</summary>
    internal void PopFrame() => frameDepth--;
}
