using System.Collections.Immutable;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>
/// Reads modules, expressions and templates into resolved trees. Recursive descent; every construct of strict-mode ES2023 modules
/// is recognised, and those outside the supported subset become problems that say what to write instead. A problem in one
/// statement does not hide those of the next. Text of any content ends quickly: size, nodes and depth are bounded
/// (<see cref="SyntaxLimits"/>).
/// </summary>
internal sealed partial class Parser
{
    private readonly SourceFile file;
    private readonly string text;
    private readonly SourceMap map;
    private readonly Lexer lexer;
    private readonly List<Problem> problems = [];
    private readonly FunctionState module = new(null);
    private readonly Dialect dialect;
    private FunctionState enclosing;
    private Token current;
    private int previousEnd;
    private int depth;
    private int reach;
    private int nodes;
    private bool isCutShort;

    private Parser(SourceFile file, string text, TextOrigin origin, Dialect dialect = Dialect.Rule)
    {
        (this.file, this.text, this.dialect, enclosing) = (file, text, dialect, module);
        map = new SourceMap(text, origin);
        lexer = new Lexer(text);
    }

    /// <summary>Reads a whole module.</summary>
    /// <param name="file">The file that problems name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="globals">Names that the host offers everywhere.</param>
    /// <param name="dialect">What the text is read for.</param>
    public static Loaded<Module> ParseModule(
        SourceFile file, string text, IReadOnlySet<string> globals, Dialect dialect = Dialect.Rule)
    {
        var parser = new Parser(file, text, new SourcePosition(1, 1), dialect);
        return parser.Load(globals, parser.ModuleBody, (resolver, module) => resolver.Resolve(module));
    }

    /// <summary>Reads one expression that stands in another file, as the body of a function.</summary>
    /// <param name="file">The file that problems name.</param>
    /// <param name="text">The expression.</param>
    /// <param name="at">Where its first character stands in the file; its later lines are taken to start where the file's
    /// do.</param>
    /// <param name="parameters">The names of the function's parameters, in order.</param>
    /// <param name="names">Further names that the host offers, globals included. References to them have no binding.</param>
    public static Loaded<Function> ParseExpression(
        SourceFile file, string text, TextOrigin at, IReadOnlyList<string> parameters, IReadOnlySet<string> names)
    {
        var parser = new Parser(file, text, at);
        return parser.Load(
            names, () => parser.Whole(parser.Expression, parameters), (resolver, function) => resolver.Resolve(function));
    }

    /// <summary>
    /// Reads the inside of a template literal that stands in another file, as the body of a function. It ends with the text, and
    /// a backtick in it is an ordinary character. Parameters as for <see cref="ParseExpression"/>.
    /// </summary>
    public static Loaded<Function> ParseTemplate(
        SourceFile file, string text, TextOrigin at, IReadOnlyList<string> parameters, IReadOnlySet<string> names)
    {
        var parser = new Parser(file, text, at);
        return parser.Load(names, () => parser.WholeTemplate(parameters), (resolver, function) => resolver.Resolve(function));
    }

    private Loaded<T> Load<T>(IReadOnlySet<string> globals, Func<T> parse, Action<Resolver, T> resolve)
        where T : SyntaxNode
    {
        if (text.Length > SyntaxLimits.MaxSourceLength)
            return new Loaded<T>([new Problem(
                file.At(map.At(0)), $"the source is longer than {SyntaxLimits.MaxSourceLength} characters",
                "split it into modules")
            {
                IsUnsupported = true,
            }]);
        T? parsed = null;
        try
        {
            parsed = parse();
        }
        catch (SyntaxException e)
        {
            Report(e);
            isCutShort = true;
        }

        if (parsed is not null && !isCutShort) resolve(new Resolver(globals, Report, dialect), parsed);
        if (parsed is not null && problems.Count == 0) return new Loaded<T>(parsed);
        return new Loaded<T>([.. problems
            .OrderBy(problem => (problem.Location.Line, problem.Location.Column)).Distinct().Take(SyntaxLimits.MaxProblems)]);
    }

    // A whole text as a function whose value is that of the one expression in it.
    private Function Whole(Func<Expression> parse, IReadOnlyList<string> parameters)
    {
        Advance();
        var value = InFunction(new FunctionState(null) { IsArrow = true }, parse);
        if (current.Kind != TokenKind.End) throw Unexpected("the end of the expression");
        return Wrapped(value, parameters);
    }

    private Function WholeTemplate(IReadOnlyList<string> parameters) =>
        Wrapped(
            InFunction(new FunctionState(null) { IsArrow = true }, () => Template(0, 0, isTagged: false, untilEnd: true)),
            parameters);

    private static Function Wrapped(Expression value, IReadOnlyList<string> parameters)
    {
        var targets = parameters.Select(name => new PatternElement(new NameTarget(new Identifier(value.Start, name)), null));
        return new Function(value.Start, FunctionKind.Arrow, false, [.. targets], null, [new Return(value.Start, value)])
        {
            HasPlainParameters = true, Length = parameters.Count,
        };
    }

    private T InFunction<T>(FunctionState state, Func<T> parse)
    {
        var (outer, outerIn, outerCover, outerYield) = (enclosing, allowIn, cover, lastYield);
        (enclosing, allowIn, cover) = (state, true, null);
        try
        {
            return parse();
        }
        finally
        {
            (enclosing, allowIn, cover, lastYield) = (outer, outerIn, outerCover, outerYield);
        }
    }

    // ---- tokens

    private SourcePosition Here => map.At(current.Start);

    private void Advance()
    {
        previousEnd = current.End;
        current = lexer.Next();
    }

    private bool Take(TokenKind kind)
    {
        if (current.Kind != kind) return false;
        Advance();
        return true;
    }

    private bool TakeWord(string word)
    {
        if (!current.Is(word)) return false;
        Advance();
        return true;
    }

    private void Expect(TokenKind kind, string spelling)
    {
        if (!Take(kind)) throw Unexpected($"`{spelling}`");
    }

    private void ExpectWord(string word)
    {
        if (!TakeWord(word)) throw Unexpected($"`{word}`");
    }

    // Automatic semicolon insertion (ECMA-262, 12.10): before a closing brace, at the end, and after a line break.
    private void EndStatement()
    {
        if (Take(TokenKind.Semicolon) || current.Kind is TokenKind.RightBrace or TokenKind.End || current.AfterLineBreak) return;
        throw Unexpected("`;` or a new line");
    }

    private SyntaxException Unexpected(string? expected = null)
    {
        var found = current.Kind == TokenKind.End ? "the end" : $"`{Clip(text[current.Start..current.End])}`";
        if (current.Kind == TokenKind.Name && current.Is("await"))
            return new(
                current.Start, "`await` is not supported: rules run to their end without waiting", "call the function without it")
            {
                IsUnsupported = true,
            };
        return new(current.Start, expected is null ? $"unexpected {found}" : $"expected {expected} but found {found}");
    }

    private static string Clip(string words)
    {
        var line = words.AsSpan().IndexOfAny("\n\r\u2028\u2029");
        if (line >= 0) words = words[..line];
        return words.Length <= 40 ? words : words[..40] + "…";
    }

    // ---- problems and limits

    private void Report(SourcePosition at, string message, string? hint = null, bool isUnsupported = false)
    {
        if (problems.Count < 4 * SyntaxLimits.MaxProblems)
            problems.Add(new Problem(file.At(at), message, hint) { IsUnsupported = isUnsupported });
    }

    private void Report(SyntaxException mistake) =>
        Report(mistake.Position ?? map.At(mistake.Offset), mistake.Message, mistake.Hint, mistake.IsUnsupported);

    private void Report(int offset, string message, string? hint = null) => Report(map.At(offset), message, hint);

    // Goes one level deeper for `parse`, and counts a node.
    private T Deeper<T>(Func<T> parse)
    {
        Enter();
        var result = parse();
        depth--;
        return result;
    }

    private void Enter()
    {
        Count();
        reach = Math.Max(reach, ++depth);
        CheckReach();
    }

    private void Count()
    {
        if (++nodes > SyntaxLimits.MaxNodes)
            throw new LimitException(current.Start, "the source is too big", "split it into modules");
    }

    private void CheckReach()
    {
        if (reach > SyntaxLimits.MaxDepth)
            throw new LimitException(
                current.Start, $"this is nested more than {SyntaxLimits.MaxDepth} levels deep",
                "give parts of it names of their own");
    }
}

/// <summary>What the parser knows of the function it is in.</summary>
internal sealed class FunctionState(FunctionState? outer)
{
    /// <summary>The function around an arrow, whose <c>this</c> it shares; null for others.</summary>
    public FunctionState? Outer { get; } = outer;

    public bool IsFunction { get; init; }

    public bool IsArrow { get; init; }

    public bool IsGenerator { get; init; }

    public bool InParameters { get; set; }

    /// <summary><c>super.x</c> means something here.</summary>
    public bool AllowsSuper { get; init; }

    /// <summary><c>super()</c> means something here.</summary>
    public bool AllowsSuperCall { get; init; }

    /// <summary><c>new.target</c> means something here.</summary>
    public bool AllowsNewTarget { get; init; }

    public bool UsesThis { get; set; }

    /// <summary>The names that <c>var</c> declares in the function, wherever in it.</summary>
    public List<Identifier> Vars { get; } = [];

    /// <summary>The statements around that break and continue can name, inner ones last.</summary>
    public List<JumpTarget> Targets { get; } = [];

    /// <summary>Notes the use of <c>this</c>, <c>super</c> or <c>new.target</c> in every function that must keep it.</summary>
    public void NoteThis()
    {
        for (var at = this; at is { UsesThis: false }; at = at.Outer) at.UsesThis = true;
    }
}

/// <summary>A statement being parsed that jumps may name, with the jumps that do.</summary>
internal sealed class JumpTarget(ImmutableArray<string> labels, bool isLoop, bool isSwitch)
{
    public ImmutableArray<string> Labels { get; } = labels;

    public bool IsLoop { get; } = isLoop;

    public bool IsSwitch { get; } = isSwitch;

    public List<Break> Breaks { get; } = [];

    public List<Continue> Continues { get; } = [];
}
