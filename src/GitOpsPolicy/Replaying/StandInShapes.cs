using GitOpsPolicy.Knowledge.Secrets;

namespace GitOpsPolicy.Replaying;

/// <summary>
/// The forms that a stand-in may take, likeliest first. Which of them is judged as the secret was is for the detectors to say.
/// </summary>
internal static class StandInShapes
{
    private const string Iv = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    /// <summary>Of a print alone a text of hexadecimal digits hardly varies.</summary>
    private const string HexDigits = "c1a7f30e5d9b2864";

    private const string Tag = "AAAAAAAAAAAAAAAAAAAAAA==";

    /// <summary>Texts that may be judged as wanted.</summary>
    /// <param name="wanted">How the secret is judged.</param>
    /// <param name="print">43 letters and digits that tell this secret from others.</param>
    public static List<string> For(in ValueProfile wanted, string print)
    {
        var shapes = new List<string>();
        if (wanted.Detector is { } detector) AddTokens(shapes, detector, print);
        if (wanted.UnderItsName is { } named) shapes.AddRange(Named(named, print));
        if (wanted.Embedded is { } embedded) AddEmbedded(shapes, embedded, print);
        if (wanted.LooksEncrypted) AddCiphertext(shapes, print);
        AddPlain(shapes, print);
        return shapes;
    }

    private static void AddTokens(List<string> shapes, string detector, string print)
    {
        shapes.Add($"-----BEGIN PRIVATE KEY-----\n{print}{print}\n-----END PRIVATE KEY-----\n");
        shapes.Add($"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzdGFuZC1pbiJ9.{print}");
        shapes.Add($"https://standin:{print}@standin.invalid/");
        shapes.AddRange(Structured(print));
        foreach (var known in DetectorTable.Tokens)
            if (known.Name == detector) shapes.AddRange(known.Literals.SelectMany(literal => known.Imitate(literal, print)));
    }

    // What is more than a prefix and a run of characters.
    private static string[] Structured(string print) =>
    [
        "https://standin:admin@standin.invalid/",
        $"-----BEGIN ENCRYPTED PRIVATE KEY-----\n{print}{print}\n-----END ENCRYPTED PRIVATE KEY-----\n",
        $"{{\"type\":\"service_account\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\n{print}{print}\\n-----END PRIVATE KEY-----\\n\"}}",
        $"PuTTY-User-Key-File-3: x\nPrivate-Lines: 1\n{print}{print}\n",
        $"{{\"kty\":\"OKP\",\"d\":\"{print}\"}}",
        $"Basic {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"standin:{print}"))}",
        $"Bearer {print}",
        $"Server=standin;User Id=standin;Password={print};",
        "Server=standin;User Id=standin;Password=admin;",
    ];

    private static IEnumerable<string> Named(string detector, string print) =>
        DetectorTable.Named.Where(known => known.Name == detector)
            .SelectMany(known => new[] { known.Value.Imitate(print), known.Value.Imitate(print + HexDigits) })
            .Append(Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"standin:{print}")));

    private static void AddEmbedded(List<string> shapes, NamedSecret embedded, string print)
    {
        foreach (var value in Named(embedded.Detector, print)) shapes.Add($"{embedded.Name}={value}");
        shapes.Add($"{embedded.Name}: {print[..20]}\nother: on\n");
        shapes.Add($"{{\"{embedded.Name}\":\"{print[..20]}\"}}");
        shapes.Add($"{embedded.Name}={print[..20]}");
        shapes.Add($"{embedded.Name}={Lower(print)}");
        shapes.Add($"{embedded.Name}: {Lower(print)}\nother: on\n");
        shapes.Add($"{{\"{embedded.Name}\":\"{Lower(print)}\"}}");
    }

    private static void AddCiphertext(List<string> shapes, string print)
    {
        foreach (var type in (string[])["str", "int", "float", "bytes", "bool", "comment"])
            shapes.Add($"ENC[AES256_GCM,data:{print[..40]},iv:{Iv},tag:{Tag},type:{type}]");
        shapes.Add($"ENC[AES256_GCM,{print}]");
    }

    private static void AddPlain(List<string> shapes, string print) => shapes.AddRange(
    [
        print,
        print[..10],
        Lower(print),
        Lower(print)[..6],
        $"{Lower(print)[..4]}1212121212121",
        $"{Lower(print)[..8]}-1",
        $"stand in {print}",
        $"/standin/{print}",
        $"standin-{Lower(print)}",
        $"standin.{Lower(print)}.invalid",
        $"STANDIN_{Lower(print).ToUpperInvariant()}",
        $"${{STANDIN_{print}}}",
        $"{print[..20]}${{STANDIN}}",
        $"changeme-{print[..8]}",
        $"changeme-{print[..30]}",
        "xxxxxxxx",
        $"changeme {print}, as a long text that holds such a word and is none",
        Digits(print),
        $"setting: {print[..8]}\nother: on\n",
        $"ssh-ed25519 {print}",
        $"-----BEGIN CERTIFICATE-----\n{print}\n-----END CERTIFICATE-----\n",
        $"{print[..2]}",
    ]);

    private static string Lower(string print) => string.Create(12, print, static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++) to[i] = (char)('a' + (from[i] % 26));
    });

    private static string Digits(string print) => string.Create(8, print, static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++) to[i] = (char)('0' + (from[i] % 10));
    });
}
