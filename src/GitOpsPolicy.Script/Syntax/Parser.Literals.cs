using System.Collections.Immutable;
using System.Globalization;
using GitOpsPolicy.Documents;

namespace GitOpsPolicy.Script.Syntax;

/// <summary>Array and object literals. Either may turn out to be a pattern.</summary>
internal sealed partial class Parser
{
    private ArrayLiteral ArrayHere() => Inner(() =>
    {
        var start = Here;
        Advance();
        var items = ImmutableArray.CreateBuilder<Expression?>();
        while (current.Kind != TokenKind.RightBracket)
        {
            Count();
            var at = Here;
            if (current.Kind == TokenKind.Comma)
            {
                items.Add(null);
                Advance();
                continue;
            }

            var isSpread = Take(TokenKind.Ellipsis);
            var value = AssignmentOrPattern();
            var item = isSpread ? new Spread(at, value) : value;
            items.Add(item);
            if (current.Kind == TokenKind.RightBracket) break;
            if (isSpread && current.Kind == TokenKind.Comma) followedByComma.Add(item);
            Expect(TokenKind.Comma, ",");
        }

        Advance();
        return new ArrayLiteral(start, items.ToImmutable());
    });

    private ObjectLiteral ObjectHere() => Inner(() =>
    {
        var start = Here;
        Advance();
        var properties = ImmutableArray.CreateBuilder<PropertyDefinition>();
        while (current.Kind != TokenKind.RightBrace)
        {
            Count();
            var offset = current.Start;
            var property = Property();
            if (property.Kind == PropertyKind.Prototype && properties.Any(other => other.Kind == PropertyKind.Prototype))
                cover ??= new SyntaxException(offset, "`__proto__` is given twice");
            properties.Add(property);
            if (current.Kind == TokenKind.RightBrace) break;
            if (property.Kind == PropertyKind.Spread && current.Kind == TokenKind.Comma) followedByComma.Add(property);
            Expect(TokenKind.Comma, ",");
        }

        Advance();
        return new ObjectLiteral(start, properties.ToImmutable());
    });

    private PropertyDefinition Property()
    {
        var (start, token) = (Here, current);
        if (Take(TokenKind.Ellipsis)) return new PropertyDefinition(start, PropertyKind.Spread, null, AssignmentOrPattern());
        if (Take(TokenKind.Multiply))
        {
            var generator = Key();
            return Method(start, token.Start, PropertyKind.Method, generator, isGenerator: true);
        }

        if (Modifier() is { } modifier)
        {
            if (modifier == "async") throw Async(token.Start);
            var accessor = Key();
            return Method(
                start, token.Start, modifier == "get" ? PropertyKind.Get : PropertyKind.Set, accessor, isGenerator: false);
        }

        var key = Key();
        if (current.Kind == TokenKind.LeftParen) return Method(start, token.Start, PropertyKind.Method, key, isGenerator: false);
        if (!Take(TokenKind.Colon)) return Shorthand(token, key);
        var value = AssignmentOrPattern();
        var isPrototype = key.Name == "__proto__";
        if (!isPrototype && key.Name is not null) Name(value, key.Name);
        return new PropertyDefinition(start, isPrototype ? PropertyKind.Prototype : PropertyKind.Value, key, value);
    }

    // `get`, `set` or `async` when it modifies what follows; null, with nothing read, when it is the name of the member itself.
    private string? Modifier()
    {
        if (!current.Is("get") && !current.Is("set") && !current.Is("async")) return null;
        var next = Ahead();
        if (next.Kind is not (TokenKind.Name
            or TokenKind.PrivateName
            or TokenKind.String
            or TokenKind.Number
            or TokenKind.LeftBracket)
            && !(current.Is("async") && next.Kind == TokenKind.Multiply)) return null;
        if (current.Is("async") && next.AfterLineBreak) return null;
        var modifier = current.Text;
        if (modifier != "async") Advance();
        return modifier;
    }

    private PropertyDefinition Method(SourcePosition start, int from, PropertyKind kind, PropertyKey key, bool isGenerator)
    {
        var function = MethodFunction(
            start, from, FunctionKind.Method, isGenerator, MemberName(kind == PropertyKind.Get, kind == PropertyKind.Set, key));
        if (kind is PropertyKind.Get or PropertyKind.Set) CheckAccessor(function, kind == PropertyKind.Get);
        return new PropertyDefinition(start, kind, key, new FunctionExpression(start, function));
    }

    private static string MemberName(bool isGet, bool isSet, PropertyKey key)
    {
        if (key.Name is null) return "";
        var name = key.IsPrivate ? "#" + key.Name : key.Name;
        return isGet ? "get " + name : isSet ? "set " + name : name;
    }

    private void CheckAccessor(Function function, bool isGet)
    {
        var wanted = isGet ? 0 : 1;
        if (function.Parameters.Length != wanted || function.Rest is not null)
            Report(function.Start, isGet ? "a getter has no parameters" : "a setter has exactly one parameter");
    }

    private PropertyDefinition Shorthand(Token token, PropertyKey key)
    {
        if (token.Kind != TokenKind.Name) throw Unexpected("`:`");
        var name = new Identifier(key.Start, token.Text);
        CheckName(name, token.Start, "a name");
        if (current.Kind != TokenKind.Assign) return new PropertyDefinition(key.Start, PropertyKind.Value, key, name);
        cover ??= new SyntaxException(
            current.Start, "a default value stands only in a pattern", "write `:` to give the property a value");
        Advance();
        var target = new NameTarget(name);
        return new PropertyDefinition(
            key.Start, PropertyKind.Value, key, new Assignment(key.Start, target, Named(Assignment(), target)));
    }

    private PropertyKey Key()
    {
        Count();
        var (start, token) = (Here, current);
        switch (token.Kind)
        {
            case TokenKind.Name or TokenKind.String:
                Advance();
                return new PropertyKey(start, token.Text, null);
            case TokenKind.Number:
                Advance();
                return new PropertyKey(start, NumberName(token.Number), null);
            case TokenKind.LeftBracket:
                Advance();
                var computed = Inner(Assignment);
                Expect(TokenKind.RightBracket, "]");
                return new PropertyKey(start, null, computed);
            default:
                throw Unexpected("the name of a property");
        }
    }

    /// <summary>The name that a number has as a property key (ECMA-262, 6.1.6.1.20 for finite non-negative numbers).</summary>
    internal static string NumberName(double value)
    {
        if (double.IsPositiveInfinity(value)) return "Infinity";
        if (value == 0) return "0";
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var digits = shortest.Split('E')[0].Replace(".", "").TrimStart('0').TrimEnd('0');
        var exponent = Magnitude(shortest) + 1;
        if (exponent is > 0 and <= 21)
            return digits.Length <= exponent ? digits.PadRight(exponent, '0') : $"{digits[..exponent]}.{digits[exponent..]}";
        if (exponent is > -6 and <= 0) return "0." + new string('0', -exponent) + digits;
        var power = exponent - 1 < 0 ? $"e-{1 - exponent}" : $"e+{exponent - 1}";
        return digits.Length == 1 ? digits + power : $"{digits[0]}.{digits[1..]}{power}";
    }

    // The power of ten of the first digit that is not zero.
    private static int Magnitude(string shortest)
    {
        var e = shortest.IndexOf('E');
        if (e >= 0) return int.Parse(shortest[(e + 1)..], CultureInfo.InvariantCulture);
        var point = shortest.IndexOf('.') is >= 0 and var at ? at : shortest.Length;
        return shortest[0] != '0' ? point - 1 : -shortest.AsSpan(point + 1).IndexOfAnyExcept('0') - 1;
    }
}
